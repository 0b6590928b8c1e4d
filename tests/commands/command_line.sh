#!/usr/bin/env bash
# Help, version and errors of the executable, alone and under mpirun.
set -euo pipefail
# shellcheck source=tests/support/command_test.sh
source "$MERIDIAN_SOURCE/tests/support/command_test.sh"
read -ra launch <<<"$MERIDIAN_LAUNCH"

run "$MERIDIAN_EXE" --version
expect_code 0
expect_text "meridian 0."
expect_text "Open MPI"

for words in help --help -h; do
  run "$MERIDIAN_EXE" "$words"
  expect_code 0
  for command in replicate simulate verify info; do expect_text "  $command "; done
done
for command in replicate simulate verify info; do
  run "$MERIDIAN_EXE" "$command" --help
  expect_code 0
  expect_text "usage: meridian $command"
  cp "$scratch/output" "$scratch/help"
  run "$MERIDIAN_EXE" help "$command"
  expect_same_files "$scratch/help" "$scratch/output"
done

# wrong TEXT WORDS...: exit 2 and one line that says what is wrong, whatever the number of ranks.
wrong() {
  local text=$1
  shift
  run "$MERIDIAN_EXE" "$@"
  expect_code 2
  expect_lines 1 "$text"
  run "${launch[@]}" 3 "$MERIDIAN_EXE" "$@"
  expect_code 2
  expect_lines 1 "$text"
}
wrong "subcommand is missing"
wrong "Did you mean 'replicate'?" replciate
wrong "unknown option '--no-such-option'" replicate --no-such-option
wrong "--ranks N" replicate --ranks 2
wrong "needs a PATH" info
wrong "'no/such/file'" info no/such/file

# A command that only rank 0 runs prints once; the launcher of another MPI is noticed.
run "${launch[@]}" 3 "$MERIDIAN_EXE" --version
expect_code 0
expect_lines 1 "commit"
SLURM_STEP_NUM_TASKS=4 SLURM_PROCID=0 run "$MERIDIAN_EXE" --version
expect_code 0
expect_lines 1 "4 copies were started"

# Copies that would each do all the work are refused; the first one says why.
SLURM_STEP_NUM_TASKS=4 SLURM_PROCID=0 run "$MERIDIAN_EXE" replicate --out "$scratch/never"
expect_code 2
expect_lines 1 "4 copies were started"
SLURM_STEP_NUM_TASKS=4 SLURM_PROCID=3 run "$MERIDIAN_EXE" replicate --out "$scratch/never"
expect_code 2
expect_no_text copies
[[ ! -e $scratch/never ]] || complain "a refused launch wrote something"
finish
