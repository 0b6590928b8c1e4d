#!/usr/bin/env bash
# The node loses its power in mid-run: Slurm notices, the job goes back to the queue, and goes on when the node is there again.
set -u
. tests/support/command_test.sh
. tests/slurm/cluster.sh
slurm_test 400

settings=(--config jobs/mfq2-rq1.ini --data "$scratch/study" --set similarity.block=5)
run "$MERIDIAN_EXE" replicate "${settings[@]}" --out "$scratch/alone" --quiet
expect_code 0
job=$(slurm/submit.sh --output="$scratch/job.log" --time=10 --ntasks=2 --cpus-per-task=1 --mem-per-cpu=300M slurm/replicate.sbatch \
  "${settings[@]}" --out "$scratch/lost")
wait_for_blocks "$scratch/lost"
lose_node
[[ -e $scratch/lost/similarity && ! -e $scratch/lost/run.json ]] || complain "the run should have been cut off in the middle"
wait_for_node 'down\*?' 60 || complain "Slurm did not notice the lost node"
[[ $(job_field "$job" JobState) == PENDING ]] || complain "the job should wait for a node, found $(job_field "$job" JobState)"
return_node
expect_state COMPLETED "$(wait_for_job "$job" 120)"
(($(job_field "$job" Restarts) >= 1)) || complain "expected a restart"
expect_same_files "$scratch/alone/digest.txt" "$scratch/lost/digest.txt"
finish
