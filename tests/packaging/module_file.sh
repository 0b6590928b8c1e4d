#!/usr/bin/env bash
# The module file of an installation, loaded by Environment Modules or Lmod, whichever is installed; staged with DESTDIR and
# put in place as packagers do; and an installation that was moved.  module_file.sh BUILD
set -euo pipefail
# shellcheck source=tests/support/command_test.sh
source "$MERIDIAN_SOURCE/tests/support/command_test.sh"
build=$1
unset MERIDIAN_SHARE

# with_modules INIT SCRIPT: a clean shell in which `module` works.
with_modules() { run env -i PATH=/usr/bin:/bin HOME="$scratch" TMPDIR="$scratch" bash -c "source $1; set -e; $2"; }

check_module() { # INIT
  with_modules "$1" "module use $prefix/share/meridian/modulefiles; module load meridian; command -v meridian;
    echo home=\$MERIDIAN_HOME; man -w meridian; meridian --version; module unload meridian; command -v meridian || echo gone"
  expect_code 0
  expect_lines 1 "$prefix/bin/meridian"
  expect_lines 1 "home=$prefix/share/meridian"
  expect_lines 1 "$prefix/share/man/man1/meridian.1"
  expect_lines 1 gone
  with_modules "$1" "module use $prefix/share/meridian/modulefiles; module help meridian; module whatis meridian"
  expect_text "meridian --help lists the commands"
  expect_text "people's survey answers"
}

# Staged: the files lie below DESTDIR, what they say is the prefix. Then they are put where they belong.
prefix="$scratch/software/meridian"
run env DESTDIR="$scratch/stage" cmake --install "$build" --prefix "$prefix"
expect_code 0
[[ ! -e $prefix ]] || complain "nothing should be at the prefix while it is staged"
if grep -rqF "$scratch/stage" "$scratch/stage$prefix/share"; then complain "the staging folder is named in an installed file"; fi
mkdir -p "${prefix%/*}"
mv "$scratch/stage$prefix" "$prefix"
checked=0
for init in /usr/share/modules/init/bash /usr/share/lmod/lmod/init/bash; do
  if [[ -f $init ]]; then
    check_module "$init"
    checked=1
  fi
done
((checked)) || complain "no module system is installed (environment-modules in packages.txt)"

# Moved without installing again: the program still finds its data.
mv "$prefix" "$scratch/elsewhere"
run env -i PATH=/usr/bin:/bin TMPDIR="$scratch" "$scratch/elsewhere/bin/meridian" selftest
expect_code 0
expect_text "data and jobs are in $scratch/elsewhere/share/meridian"
finish
