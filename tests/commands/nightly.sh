#!/usr/bin/env bash
# slurm/nightly.sh over five nights: first, unchanged, a number that changed, old runs gone, a failed verification, answers that changed.
set -euo pipefail
# shellcheck source=tests/support/command_test.sh
source "$MERIDIAN_SOURCE/tests/support/command_test.sh"

"$MERIDIAN_EXE" simulate --out "$scratch/study" --surveys mfq2 --people-china 60 --people-usa 60 >"$scratch/output" 2>&1
night() { MERIDIAN_NIGHT=$1 run env MERIDIAN_RUN="$MERIDIAN_EXE" MERIDIAN_ALONE="${MERIDIAN_ALONE:-$MERIDIAN_EXE}" MERIDIAN_KEEP=2 \
  slurm/nightly.sh "$scratch/study" "$scratch/runs" jobs/mfq2-rq1.ini; }
export MERIDIAN_NIGHT

night 2026-01-01
expect_code 0
expect_text "2026-01-01: good"
night 2026-01-02
expect_code 0
expect_text "2026-01-02: good"
expect_same_files "$scratch/runs/2026-01-01/digest.txt" "$scratch/runs/2026-01-02/digest.txt"

# Last night's number was another one: shown as old, new, where.
file=$scratch/runs/2026-01-02/models/rq1/coefficients
python3 - "$file.json" <<'P'
import re, sys
text = open(sys.argv[1]).read()
open(sys.argv[1], "w").write(re.sub(r"0\.\d{4}", "0.9999", text, count=1))
P
cp "$file.json" "$scratch/changed"
night 2026-01-03
expect_code 3
expect_text "2026-01-03: changed"
cp "$scratch/runs/status.html" "$scratch/output"
expect_text "0.9999"
expect_text "coefficients"
[[ ! -e $scratch/runs/2026-01-01 && -e $scratch/runs/2026-01-03 ]] || complain "expected the last two runs to be kept"

# A verification that cannot be made is no success: these answers claim to be real, and no printed table can be read.
# shellcheck disable=SC2016  # the program expands them
printf '#!/bin/bash\nif [[ $1 == verify && $2 == --run ]]; then exit 2; fi\nexec "$MERIDIAN_EXE" "$@"\n' >"$scratch/unverified"
chmod +x "$scratch/unverified"
rm "$scratch/study/simulation.json"
export MERIDIAN_ALONE=$scratch/unverified
rm "$scratch/runs/inputs.sha256"
night 2026-01-04
expect_code 2
expect_text "2026-01-04: failed"
cp "$scratch/runs/status.html" "$scratch/output"
expect_text "exit code 2"

# Nor is one that cannot tell what there is to verify.
# shellcheck disable=SC2016
printf '#!/bin/bash\nif [[ $1 == info ]]; then exit 2; fi\nexec "$MERIDIAN_EXE" "$@"\n' >"$scratch/unverified"
night 2026-01-04b
expect_code 2
expect_text "2026-01-04b: failed"
unset MERIDIAN_ALONE

find "$scratch/study" -name '*.csv' | sort | head -n 1 | xargs sed -i '$ a\ '
night 2026-01-05
expect_code 2
expect_text "2026-01-05: failed"
[[ ! -e $scratch/runs/2026-01-05 ]] || complain "changed answers should not be replicated"
[[ $(python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))["inputs"])' "$scratch/runs/status.json") == changed ]] ||
  complain "status.json should say that the inputs changed"

# Without its answers a night has failed, on the page too; without a program or its words nothing is begun.
mv "$scratch/study" "$scratch/moved"
night 2026-01-06
expect_code 2
expect_text "2026-01-06: failed"
cp "$scratch/runs/status.html" "$scratch/output"
expect_text "NO INPUT FOLDER"
run slurm/nightly.sh
expect_code 2
expect_text "usage: slurm/nightly.sh DATA RUNS"
run env MERIDIAN_RUN="$scratch/nowhere/meridian" slurm/nightly.sh "$scratch/moved" "$scratch/runs"
expect_code 2
expect_text "no program $scratch/nowhere/meridian"

# From an installation, away from the tree: the program beside it.
mkdir -p "$scratch/prefix/bin" "$scratch/prefix/share/meridian"
cp "$MERIDIAN_EXE" "$scratch/prefix/bin/meridian"
cp -r slurm "$scratch/prefix/share/meridian"
ln -s "$PWD/data" "$PWD/jobs" "$scratch/prefix/share/meridian"
cd "$scratch"
run env -u MERIDIAN_ALONE MERIDIAN_RUN="$scratch/prefix/bin/meridian" MERIDIAN_NIGHT=first \
  "$scratch/prefix/share/meridian/slurm/nightly.sh" "$scratch/moved" "$scratch/installed" jobs/mfq2-rq1.ini
expect_text "first: "
[[ $(python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))["printed"])' "$scratch/installed/status.json") != none ]] ||
  complain "the printed numbers should have been looked for"
finish
