#!/usr/bin/env bash
# slurm/ as a user of a cluster meets it: a real Slurm of one node, a job, one that is stopped and requeued, one that is wrong.
set -u
. tests/support/command_test.sh
. tests/slurm/cluster.sh
slurm_test 400

replicate_alone 4
job=$(send_run undisturbed --)
expect_state COMPLETED "$(wait_for_job "$job" 120)"
expect_same_files "$scratch/alone/digest.txt" "$scratch/undisturbed/digest.txt"

# The signal that Slurm sends before the time limit.
job=$(send_run signalled --)
freeze_run signalled
scancel --signal=USR1 --batch "$job"
thaw_after USR1
expect_state COMPLETED "$(wait_for_job "$job" 120)"
[[ $(job_field "$job" Restarts) == 1 ]] || complain "expected one restart after the signal"
expect_same_files "$scratch/alone/digest.txt" "$scratch/signalled/digest.txt"

# --max-time lets each of the two ranks finish one of the four blocks, and then ends with exit code 75: requeued until the work is done.
replicate_alone 400
job=$(send_run requeued -- --max-time 0.000001)
expect_state COMPLETED "$(wait_for_job "$job" 300)"
[[ $(job_field "$job" Restarts) == 2 ]] || complain "expected two restarts"
expect_same_files "$scratch/alone/digest.txt" "$scratch/requeued/digest.txt"

# A first start that hangs without writing anything is killed and goes back to the queue; the second one works.
cat >"$scratch/hangs_once" <<'S'
#!/bin/bash
if [[ -z ${SLURM_RESTART_COUNT:-} || $SLURM_RESTART_COUNT == 0 ]]; then exec sleep 300; fi
exec "$REAL_EXECUTABLE" "$@"
S
chmod +x "$scratch/hangs_once"
job=$(REAL_EXECUTABLE=$MERIDIAN_EXE MERIDIAN_EXECUTABLE=$scratch/hangs_once MERIDIAN_SILENT_SECONDS=8 send_run silent --)
expect_state COMPLETED "$(wait_for_job "$job" 120)"
[[ $(job_field "$job" Restarts) == 1 ]] || complain "expected one restart after silence"
expect_same_files "$scratch/alone/digest.txt" "$scratch/silent/digest.txt"

# Wrong input is not tried again.
settings=(--config jobs/absent.ini)
job=$(send_run wrong --)
expect_state FAILED "$(wait_for_job "$job" 60)"
[[ $(job_field "$job" ExitCode) == 2:0 ]] || complain "expected exit code 2, found $(job_field "$job" ExitCode)"

run slurm/submit.sh --ntasks=1
expect_code 2
expect_text "no .sbatch script"
finish
