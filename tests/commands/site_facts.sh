#!/usr/bin/env bash
# What a batch system says of a job beside what the job does: refused, adapted or told, each in one line; results stay the same.
set -euo pipefail
# shellcheck source=tests/support/command_test.sh
source "$MERIDIAN_SOURCE/tests/support/command_test.sh"
read -ra launch <<<"$MERIDIAN_LAUNCH"
unset "${!SLURM_@}" OMP_NUM_THREADS OMP_PROC_BIND OMP_THREAD_LIMIT

"$MERIDIAN_EXE" simulate --out "$scratch/study" --surveys mfq2 --people-china 60 --people-usa 60 >/dev/null 2>&1
replicate=("$MERIDIAN_EXE" replicate --config jobs/mfq2-rq1.ini --data "$scratch/study" --set similarity.block=10)
run "${replicate[@]}" --threads 1 --out "$scratch/alone"
expect_code 0
expect_no_text warning

# One copy in a job of four tasks, without a launcher: refused, unless one was asked for. What needs no ranks goes on.
run env SLURM_JOB_ID=7 SLURM_NTASKS=4 "${replicate[@]}" --out "$scratch/never"
expect_code 2
expect_lines 1 "has 4 tasks"
expect_text "srun --mpi=pmix"
[[ ! -e $scratch/never ]] || complain "a refused launch wrote something"
run env SLURM_JOB_ID=7 SLURM_NTASKS=4 "$MERIDIAN_EXE" info "$scratch/alone"
expect_code 0
expect_no_text tasks
run env SLURM_JOB_ID=7 SLURM_NTASKS=1 SLURM_STEP_NUM_TASKS=1 "${replicate[@]}" --threads 1 --out "$scratch/one"
expect_code 0
expect_no_text warning

# Fewer ranks than tasks, fewer threads than processors: told once, whatever the number of ranks.
run env SLURM_JOB_ID=7 SLURM_NTASKS=4 SLURM_CPUS_PER_TASK=3 OMP_NUM_THREADS=1 "${launch[@]}" 2 "${replicate[@]}" --out "$scratch/idle"
expect_code 0
expect_lines 1 "2 of 4 tasks that Slurm granted (SLURM_NTASKS) stay idle"
expect_lines 1 "1 thread of the 3 processors"
expect_same_files "$scratch/alone/digest.txt" "$scratch/idle/digest.txt"

# More than the processors: of the job on this node, and by OpenMP's binding.
run env SLURM_JOB_ID=7 SLURM_NTASKS=2 SLURM_CPUS_ON_NODE=1 "${launch[@]}" 2 "${replicate[@]}" --threads 1 --out "$scratch/crowded"
expect_code 0
expect_lines 1 "2 ranks with 1 thread each share 1 processor on this node"
if (($(nproc) > 1)); then # a rank with one processor of its own has nothing to share
  run env OMP_PROC_BIND=true "${replicate[@]}" --threads 2 --out "$scratch/bound-alone"
  expect_code 0
  expect_no_text warning
  run env OMP_PROC_BIND=true "${launch[@]}" 2 "${replicate[@]}" --threads 1 --out "$scratch/bound"
  expect_code 0
  expect_lines 1 "OMP_PROC_BIND=true puts the threads of all 2 ranks"
  run env OMP_THREAD_LIMIT=1 "${replicate[@]}" --threads 2 --out "$scratch/limited"
  expect_code 0
  expect_lines 1 "it takes 1"
  run env SLURM_JOB_ID=7 SLURM_CPUS_PER_TASK=1 "${replicate[@]}" --threads 2 --out "$scratch/granted"
  expect_code 0
  expect_lines 1 "it takes 1"
fi

# The job's end is near: what is finished is kept, and the next start goes on.
run env SLURM_JOB_ID=7 SLURM_JOB_END_TIME=$(($(date +%s) + 20)) "${launch[@]}" 2 "${replicate[@]}" --out "$scratch/ended"
expect_code 75
expect_lines 1 "stopped early"
compgen -G "$scratch/ended/similarity/block-*.h5" >/dev/null || complain "not one block was computed"
run env SLURM_JOB_ID=7 SLURM_JOB_END_TIME=$(($(date +%s) + 3600)) "${launch[@]}" 2 "${replicate[@]}" --out "$scratch/ended"
expect_code 0
expect_same_files "$scratch/alone/digest.txt" "$scratch/ended/digest.txt"
finish
