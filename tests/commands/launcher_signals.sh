#!/usr/bin/env bash
# TERM, INT and HUP to the launcher reach the ranks as USR1: they end by themselves and their exit code 75 comes through.
set -euo pipefail
# shellcheck source=tests/support/command_test.sh
source "$MERIDIAN_SOURCE/tests/support/command_test.sh"
# shellcheck source=tests/commands/small_tree.sh
source "$MERIDIAN_SOURCE/tests/commands/small_tree.sh"
export MERIDIAN_SKIP_INSTALL=1

tree=$scratch/tree
make_tree "$tree"
run "$tree/meridian" say built
expect_code 0

ranks_are_ready() { (($(grep -c '^ready' "$scratch/output") == 2)); }
ranks_are_starting() { pgrep -f -P "$launcher" -- '-np 2 ' >/dev/null; }

# stopped_by SIGNAL MOMENT: a run of 2 ranks gets the signal when it is at the moment.
# --default-signal gives INT its default action back, which bash takes from what it starts in the background.
stopped_by() {
  env --default-signal=INT "$tree/meridian" --ranks 2 until-usr1 >"$scratch/output" 2>&1 &
  launcher=$!
  wait_until "$launcher" "$2"
  kill "-$1" "$launcher"
  last_command="$1 when $2" code=0
  wait "$launcher" || code=$?
  expect_code 75
}

for signal in TERM INT HUP USR1; do stopped_by "$signal" ranks_are_ready; done
stopped_by TERM ranks_are_starting # the request waits for them
finish
