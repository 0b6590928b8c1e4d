#!/usr/bin/env bash
# The real time limit, of one minute. A rank that is stuck cannot obey the warning before it: Slurm kills the job, which goes back
# to the queue all the same. scancel means what it says.
set -u
. tests/support/command_test.sh
. tests/slurm/cluster.sh
slurm_test 400

replicate_alone 4
limited=(--time=1 --signal=B:USR1@1)
job=$(send_run stuck "${limited[@]}" --)
freeze_run stuck
expect_state COMPLETED "$(wait_for_job "$job" 240)"
[[ $(job_field "$job" Restarts) == 1 ]] || complain "expected one restart"
cp "$scratch/stuck.log" "$scratch/output"
expect_text "back to the queue"
expect_same_files "$scratch/alone/digest.txt" "$scratch/stuck/digest.txt"

job=$(send_run cancelled "${limited[@]}" --)
freeze_run cancelled
scancel "$job"
expect_state CANCELLED "$(wait_for_job "$job" 30)"
finish
