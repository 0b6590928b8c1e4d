#!/usr/bin/env bash
# The node loses its power in mid-run: Slurm notices, the job goes back to the queue, and goes on when the node is there again.
set -u
. tests/support/command_test.sh
. tests/slurm/cluster.sh
slurm_test 400

replicate_alone 4
job=$(send_run lost --)
freeze_run lost
lose_node
wait_for_node 'down\*?' 60 || complain "Slurm did not notice the lost node"
[[ $(job_field "$job" JobState) == PENDING ]] || complain "the job should wait for a node, found $(job_field "$job" JobState)"
return_node
expect_state COMPLETED "$(wait_for_job "$job" 120)"
(($(job_field "$job" Restarts) >= 1)) || complain "expected a restart"
expect_same_files "$scratch/alone/digest.txt" "$scratch/lost/digest.txt"
finish
