#!/usr/bin/env bash
# The templates of slurm/ by hand: an array of four and what waits for it.
set -u
. tests/support/command_test.sh
. tests/slurm/cluster.sh
slurm_test 60

replicate_alone 16
home=$PWD
cd "$scratch" || exit 1 # the jobs' output
export MERIDIAN_SITE=$home/slurm/site.example
export MERIDIAN_SBATCH_OPTIONS="--time=10 --cpus-per-task=1 --mem-per-cpu=300M"
run env MERIDIAN_BLOCKS=5 "$home/slurm/array.sh" 4 "$scratch/array" "${settings[@]/#jobs/$home/jobs}"
expect_code 0
mapfile -t sent <"$scratch/output"
expect_state COMPLETED "$(wait_for_job "${sent[1]}" 120)"
expect_same_files "$scratch/alone/digest.txt" "$scratch/array/digest.txt"
[[ ! -e $scratch/array/parts/similarity ]] || complain "parts that were put together should be gone"
[[ $(wc -l <"$scratch/array/similarity/manifest.json") -gt 0 ]] || complain "no similarities"

# A task that fails takes the job that waits with it.
run "$home/slurm/array.sh" 2 "$scratch/broken" --config "$scratch/absent.ini" --data "$scratch/study"
mapfile -t sent <"$scratch/output"
expect_state CANCELLED "$(wait_for_job "${sent[1]}" 60)"
finish
