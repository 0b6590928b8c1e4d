#!/usr/bin/env bash
# What the launcher does about missing packages; dpkg-query, apt-get and sudo are stand-ins that note how they were called.
set -euo pipefail
# shellcheck source=tests/support/command_test.sh
source "$MERIDIAN_SOURCE/tests/support/command_test.sh"
# shellcheck source=tests/commands/small_tree.sh
source "$MERIDIAN_SOURCE/tests/commands/small_tree.sh"

tree=$scratch/tree
tools=$scratch/tools
make_tree "$tree"
mkdir "$tools"
chmod -R a+rwX "$scratch"

stand_in() { # NAME, script on standard input
  { echo '#!/bin/bash'; cat; } >"$tools/$1"
  chmod a+rx "$tools/$1"
}
stand_in dpkg-query <<<"sed 's/^/ii /' $tools/installed"
stand_in apt-get <<X
echo "\$DEBIAN_FRONTEND apt-get \$*" >>$tools/calls
[[ \$1 == update ]] || printf '%s\n' "\${@:4}" >>$tools/installed
X

# as_nobody CMD...: without root, also where the tests run as root.
as_nobody() {
  if ((EUID == 0)); then setpriv --reuid=65534 --regid=65534 --clear-groups env HOME="$scratch" "$@"; else "$@"; fi
}
launch() { run as_nobody env PATH="$tools:$PATH" "$tree/meridian" "$@"; }

# Without root: names what is missing, changes nothing.
stand_in sudo <<<"exit 1"
: >"$tools/installed"
launch say hello
expect_code 2
expect_text "missing and installing them needs root: cmake."
expect_text MERIDIAN_SKIP_INSTALL=1
[[ ! -e $tools/calls ]] || complain "apt-get was called without root"

# The libraries may come from elsewhere.
run as_nobody env PATH="$tools:$PATH" MERIDIAN_SKIP_INSTALL=1 "$tree/meridian" say hello
expect_code 0
expect_lines 1 hello

# With sudo: list first, then what is missing and nothing else; the second call finds it.
stand_in sudo <<'X'
[[ $1 == -n ]] && shift
exec "$@"
X
echo g++ >"$tools/installed"
touch "$tools/calls"
chmod a+rw "$tools/calls" "$tools/installed"
launch say hello
expect_code 0
expect_lines 1 "installing cmake"
cp "$tools/calls" "$scratch/output"
expect_lines 2 apt-get
expect_lines 1 "apt-get update"
expect_lines 1 "noninteractive apt-get install -y --no-install-recommends cmake"
launch say hello
expect_no_text installing
cp "$tools/calls" "$scratch/output"
expect_lines 2 apt-get

# Tests need more; a failing apt-get ends with 2 and its own words.
stand_in apt-get <<<'echo "no network today" >&2; exit 100'
launch test
expect_code 2
expect_text "installing catch2"
expect_text "no network today"

# A built tree that may not be written runs as it is.
chmod -R a-w "$tree"
: >"$tools/installed"
launch say hello
expect_code 0
expect_lines 1 hello
chmod -R u+w "$tree"
finish
