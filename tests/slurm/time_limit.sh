#!/usr/bin/env bash
# The real time limit, of one minute. A rank that is stuck cannot obey the warning before it: Slurm kills the job, which goes back
# to the queue all the same. scancel means what it says.
set -u
. tests/support/command_test.sh
. tests/slurm/cluster.sh
slurm_test 400

settings=(--config jobs/mfq2-rq1.ini --data "$scratch/study" --set similarity.block=5)
run "$MERIDIAN_EXE" replicate "${settings[@]}" --out "$scratch/alone" --quiet
expect_code 0
submit() { slurm/submit.sh --output="$scratch/$1.log" --time=1 --signal=B:USR1@1 --ntasks=2 --cpus-per-task=1 --mem-per-cpu=300M \
  slurm/replicate.sbatch "${settings[@]}" --out "$scratch/$1"; }

job=$(submit stuck)
wait_for_blocks "$scratch/stuck"
mapfile -t ranks < <(ranks_of_node)
((${#ranks[@]} == 2)) || complain "expected two ranks"
kill -STOP "${ranks[@]}"
expect_state COMPLETED "$(wait_for_job "$job" 240)"
(($(job_field "$job" Restarts) == 1)) || complain "expected one restart"
cp "$scratch/stuck.log" "$scratch/output"
expect_text "back to the queue"
expect_same_files "$scratch/alone/digest.txt" "$scratch/stuck/digest.txt"

job=$(submit cancelled)
wait_for_blocks "$scratch/cancelled"
scancel "$job"
expect_state CANCELLED "$(wait_for_job "$job" 30)"
finish
