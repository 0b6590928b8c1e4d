#!/usr/bin/env bash
# The job that sends itself for the next night: two nights, the same numbers, and a third one that waits.
set -u
. tests/support/command_test.sh
. tests/slurm/cluster.sh
slurm_test 60

# All processors of the node: one night at a time.
export MERIDIAN_SBATCH_OPTIONS="--time=10 --ntasks=4 --mem-per-cpu=300M --output=$scratch/night.log" MERIDIAN_NIGHT_BEGIN=now+5
run slurm/submit.sh --begin=now slurm/nightly.sbatch "$scratch/study" "$scratch/runs" jobs/mfq2-rq1.ini
expect_code 0
first=$(<"$scratch/output")
expect_state COMPLETED "$(wait_for_job "$first" 120)"
expect_state COMPLETED "$(wait_for_job $((first + 1)) 120)"
[[ -n $(squeue -h --name=meridian-nightly) ]] || complain "the series should go on"
scancel --name=meridian-nightly
cp "$scratch/runs/history.json" "$scratch/output"
python3 - "$scratch/runs/history.json" <<'P' || complain "two good nights"
import json, sys
nights = json.load(open(sys.argv[1]))
assert [night["drift"] for night in nights[:2]] == ["none", "0"], nights
assert all(night["replicated"] == "0" and night["printed"] == "none" for night in nights[:2]), nights
P
finish
