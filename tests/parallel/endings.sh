#!/usr/bin/env bash
# How a parallel run ends: exit code, one message, no rank left hanging.  endings.sh PARALLEL_CHECKS
set -euo pipefail
# shellcheck source=tests/support/command_test.sh
source "$MERIDIAN_SOURCE/tests/support/command_test.sh"
checks=$1
read -ra launch <<<"$MERIDIAN_LAUNCH"

# with_ranks N ENDING: runs it; a hang is an error.
with_ranks() { run timeout 30 "${launch[@]}" "$1" "$checks" "$2"; }

for ranks in 1 2 3 5; do
  with_ranks "$ranks" all-fail
  expect_code 2
  expect_lines 1 "error: the same on every rank"

  with_ranks "$ranks" stopped
  expect_code 75
  expect_lines 1 "stopped: all units so far are kept"
done

with_ranks 3 late-root
expect_code 2
expect_lines 1 "the same on every rank"

with_ranks 3 one-fails
expect_code 3
expect_lines 1 "rank 2: error: only this rank"

with_ranks 5 one-throws
expect_code 70
expect_lines 1 "rank 4: error: not foreseen"
expect_lines 1 "This is a bug"

with_ranks 3 fails-while-counting
expect_code 2
expect_lines 1 "rank 2: error: inside the loop"

with_ranks 3 one-stopped
expect_code 75
expect_lines 1 "rank 2: stopped: the others were just done"

# USR1 to mpirun reaches all ranks; they stop together.
"${launch[@]}" 3 "$checks" until-signal >"$scratch/output" 2>&1 &
mpirun_pid=$!
wait_until "$mpirun_pid" grep -q "at work" "$scratch/output"
kill -USR1 "$mpirun_pid"
code=0
wait "$mpirun_pid" || code=$?
expect_code 75
expect_lines 1 "stopped: unit by unit, as asked"
finish
