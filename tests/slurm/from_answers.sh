#!/usr/bin/env bash
# From models' raw answers to a report: a job imports them and sends the chain; the same bytes as without Slurm.
set -u
. tests/support/command_test.sh
. tests/slurm/cluster.sh
slurm_test 60

answers=$scratch/study/Data/MFQ2/llm_mfq_trials.csv
settings=(--config jobs/mfq2-rq1.ini --data "$scratch/study" --set similarity.block=16)
run "$MERIDIAN_EXE" import --store "$scratch/by-hand/trials" --mapping trials --items mfq2 "$answers"
expect_code 0
run "$MERIDIAN_EXE" replicate "${settings[@]}" --set models.models="$scratch/by-hand/trials" --out "$scratch/alone" --quiet
expect_code 0

run slurm/submit.sh --output="$scratch/import.log" --mem-per-cpu=500M slurm/import.sbatch --store "$scratch/by-job/trials" --mapping trials \
  --items mfq2 "$answers" -- "${settings[@]}" --set models.models="$scratch/by-job/trials" --out "$scratch/run" --array 2
expect_code 0
expect_state COMPLETED "$(wait_for_job "$(<"$scratch/output")" 60)"
mapfile -t sent < <(sed -n 's/^job \([0-9]*\) .*/\1/p' "$scratch/import.log")
((${#sent[@]} == 2)) || complain "two jobs should be sent: $(<"$scratch/import.log")"
expect_state COMPLETED "$(wait_for_job "${sent[1]}" 120)"
expect_same_files "$scratch/alone/digest.txt" "$scratch/run/digest.txt"

run slurm/submit.sh --output="$scratch/import.log" slurm/import.sbatch --store "$scratch/by-job/trials"
expect_state FAILED "$(wait_for_job "$(<"$scratch/output")" 60)"
run cat "$scratch/import.log"
expect_lines 1 "expected options of import"
finish
