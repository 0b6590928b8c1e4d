#!/usr/bin/env bash
# Chains of jobs against a real Slurm of one node: planned and sent by meridian; a wrong launch.
set -u
. tests/support/command_test.sh
. tests/slurm/cluster.sh
slurm_test 120

cat >"$scratch/job.ini" <<'J'
[study]
title = A chain
survey = MFQ2
items = data/items/mfq2.csv
replicates = 400
[people]
format = mfq2
file = Data/MFQ2/human_mfq_responses.csv
[models]
models = Data/MFQ2/llm_mfq_responses.csv
[similarity]
block = 16
[rq1]
title = RQ1
pairing = own
personas = none
formula = cosine ~ nation*origin + (nation+1|llm) + (origin+1|participant)
bootstrap = people two-way
J
job=(--config "$scratch/job.ini" --data "$scratch/study")
run "$MERIDIAN_EXE" replicate "${job[@]}" --out "$scratch/alone" --quiet
expect_code 0

# Printing sends nothing.
run "$MERIDIAN_EXE" submit "${job[@]}" --out "$scratch/chain" --array 4 --dry-run
expect_code 0
expect_text "#SBATCH --array=0-3"
expect_text "afterok:<similarity>"
[[ ! -e $scratch/chain ]] || complain "--dry-run wrote something"

# Arrays of four, each put together by the job that waits for it.
run "$MERIDIAN_EXE" submit "${job[@]}" --out "$scratch/chain" --array 4
expect_code 0
expect_lines 4 "job "
last=$(sed -n 's/^job \([0-9]*\) report$/\1/p' "$scratch/output")
expect_state COMPLETED "$(wait_for_job "$last" 200)"
expect_same_files "$scratch/alone/digest.txt" "$scratch/chain/digest.txt"
[[ ! -e $scratch/chain/parts/similarity ]] || complain "parts that were put together should be gone"

# One job does the same.
run "$MERIDIAN_EXE" submit "${job[@]}" --out "$scratch/single" --tasks 2
expect_code 0
single=$(sed -n 's/^job \([0-9]*\) replicate$/\1/p' "$scratch/output")

# A link that fails takes the rest of its chain with it.
run "$MERIDIAN_EXE" submit "${job[@]}" --out "$scratch/broken" --array 2
expect_code 0
first=$(sed -n 's/^job \([0-9]*\) similarity$/\1/p' "$scratch/output")
last=$(sed -n 's/^job \([0-9]*\) report$/\1/p' "$scratch/output")
scancel "$first"
expect_state CANCELLED "$(wait_for_job "$last" 60)"
expect_state COMPLETED "$(wait_for_job "$single" 200)"
expect_same_files "$scratch/alone/digest.txt" "$scratch/single/digest.txt"

wide=(--config jobs/mfq2.ini --data "$scratch/study" --set similarity.block=8)
# Two copies that do not know of each other are refused and not tried again.
wrong=$(MERIDIAN_MPI=none slurm/submit.sh --output="$scratch/wrong.log" --time=10 --ntasks=2 \
  --cpus-per-task=1 --mem-per-cpu=300M slurm/replicate.sbatch "${wide[@]}" --out "$scratch/wrong")
expect_state FAILED "$(wait_for_job "$wrong" 60)"
[[ $(job_field "$wrong" ExitCode) == 2:0 ]] || complain "expected exit code 2, found $(job_field "$wrong" ExitCode)"
cp "$scratch/wrong.log" "$scratch/output"
expect_lines 1 "2 copies were started"
finish
