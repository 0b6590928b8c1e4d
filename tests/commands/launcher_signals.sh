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

# stopped_by SIGNAL DELAY: a run of 2 ranks gets the signal after DELAY seconds.
# --default-signal gives INT its default action back, which bash takes from what it starts in the background.
stopped_by() {
  env --default-signal=INT "$tree/meridian" --ranks 2 until-usr1 >"$scratch/output" 2>&1 &
  local launcher=$!
  sleep "$2"
  kill "-$1" "$launcher"
  last_command="$1 after $2 s" code=0
  wait "$launcher" || code=$?
  expect_code 75
}

stopped_by TERM 3
stopped_by INT 3
stopped_by HUP 3
stopped_by USR1 3
stopped_by TERM 0.5 # ranks are still starting: the request waits for them
finish
