#!/usr/bin/env bash
# Tasks of a job array compute blocks in folders of their own; put together they give the digest of a single run. Two runs are
# compared by their digests.
set -euo pipefail
# shellcheck source=tests/support/command_test.sh
source "$MERIDIAN_SOURCE/tests/support/command_test.sh"

"$MERIDIAN_EXE" simulate --out "$scratch/study" --surveys mfq2 --people-china 60 --people-usa 60 >/dev/null 2>&1
settings=(--config jobs/mfq2-rq1.ini --data "$scratch/study" --set similarity.block=16 --quiet)
run "$MERIDIAN_EXE" replicate "${settings[@]}" --out "$scratch/whole"
expect_code 0

for task in 0 1 2 3; do
  run "$MERIDIAN_EXE" replicate "${settings[@]}" --units $((task * 5)):$((task * 5 + 5)) --out "$scratch/parts/$task"
  expect_code 0
  [[ ! -e $scratch/parts/$task/run.json ]] || complain "a part claims to be a whole run"
done
run "$MERIDIAN_EXE" merge --into "$scratch/merged" "$scratch"/parts/{0,1}
expect_code 0
expect_text "meridian replicate computes the rest"
run "$MERIDIAN_EXE" merge --into "$scratch/merged" "$scratch"/parts/*
expect_code 0
expect_no_text "the rest"
run "$MERIDIAN_EXE" replicate "${settings[@]}" --out "$scratch/merged"
expect_code 0
expect_same_files "$scratch/whole/digest.txt" "$scratch/merged/digest.txt"

run "$MERIDIAN_EXE" verify --digest "$scratch/whole" "$scratch/merged"
expect_code 0
expect_text "0 changed, 0 missing, 0 new"
sed -i '2s/[0-9]/x/' "$scratch/merged/models/rq1/coefficients.csv"
run "$MERIDIAN_EXE" verify --digest "$scratch/whole" "$scratch/merged"
expect_code 3
expect_lines 1 "changed    models/rq1/coefficients.csv"
run "$MERIDIAN_EXE" verify --digest "$scratch/whole"
expect_code 2
expect_text "expected two finished runs"
run "$MERIDIAN_EXE" replicate "${settings[@]}" --units 5:5 --out "$scratch/never"
expect_code 2
expect_text "expected A:B"

run "$MERIDIAN_EXE" info "$scratch/whole"
expect_code 0
for entry in "digest = " "commit = " "hosts = " "threads_per_rank = " "libraries.HDF5 = " "request."; do expect_text "$entry"; done
finish
