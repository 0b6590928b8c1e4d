#!/usr/bin/env bash
# slurm/ as a user of a cluster meets it: a real Slurm of one node, a job, one that is stopped and requeued, one that is wrong.
set -u
. tests/support/command_test.sh
. tests/slurm/cluster.sh
slurm_test 400

submit() { slurm/submit.sh --output="$scratch/job.log" --time=10 --ntasks="$1" --cpus-per-task=1 --mem-per-cpu=300M "${@:2}"; }

settings=(--config jobs/mfq2-rq1.ini --data "$scratch/study" --set similarity.block=400)
run "$MERIDIAN_EXE" replicate "${settings[@]}" --out "$scratch/alone" --quiet
expect_code 0
many_blocks=(--config jobs/mfq2-rq1.ini --data "$scratch/study" --set similarity.block=4)
run "$MERIDIAN_EXE" replicate "${many_blocks[@]}" --out "$scratch/alone-many" --quiet
expect_code 0

job=$(submit 2 slurm/replicate.sbatch "${settings[@]}" --out "$scratch/undisturbed")
expect_state COMPLETED "$(wait_for_job "$job" 120)"
expect_same_files "$scratch/alone/digest.txt" "$scratch/undisturbed/digest.txt"

# --max-time makes every start stop after a second: exit code 75, requeued until the work is done.
job=$(submit 2 slurm/replicate.sbatch "${settings[@]}" --out "$scratch/requeued" --max-time 0.001)
expect_state COMPLETED "$(wait_for_job "$job" 300)"
(($(job_field "$job" Restarts) >= 1)) || complain "expected a restart"
expect_same_files "$scratch/alone/digest.txt" "$scratch/requeued/digest.txt"

# The signal that Slurm sends before the time limit.
job=$(submit 2 slurm/replicate.sbatch "${many_blocks[@]}" --out "$scratch/signalled")
wait_for_blocks "$scratch/signalled"
scancel --signal=USR1 --batch "$job"
expect_state COMPLETED "$(wait_for_job "$job" 120)"
(($(job_field "$job" Restarts) == 1)) || complain "expected one restart after the signal"
expect_same_files "$scratch/alone-many/digest.txt" "$scratch/signalled/digest.txt"

# A first start that hangs without writing anything is killed and goes back to the queue; the second one works.
cat >"$scratch/hangs_once" <<'S'
#!/bin/bash
if [[ -z ${SLURM_RESTART_COUNT:-} || $SLURM_RESTART_COUNT == 0 ]]; then exec sleep 300; fi
exec "$REAL_EXECUTABLE" "$@"
S
chmod +x "$scratch/hangs_once"
job=$(REAL_EXECUTABLE=$MERIDIAN_EXE MERIDIAN_EXECUTABLE=$scratch/hangs_once MERIDIAN_SILENT_SECONDS=4 \
  submit 2 slurm/replicate.sbatch "${settings[@]}" --out "$scratch/silent")
expect_state COMPLETED "$(wait_for_job "$job" 120)"
[[ $(job_field "$job" Restarts) == 1 ]] || complain "expected one restart after silence"
expect_same_files "$scratch/alone/digest.txt" "$scratch/silent/digest.txt"

# Wrong input is not tried again.
job=$(submit 1 slurm/replicate.sbatch --config jobs/absent.ini --out "$scratch/wrong")
expect_state FAILED "$(wait_for_job "$job" 60)"
[[ $(job_field "$job" ExitCode) == 2:0 ]] || complain "expected exit code 2, found $(job_field "$job" ExitCode)"

cp "$scratch/job.log" "$scratch/output"
run slurm/submit.sh --ntasks=1
expect_code 2
expect_text "no .sbatch script"
finish
