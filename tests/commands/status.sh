#!/usr/bin/env bash
# meridian status: before, during and after a run, for people and for programs.
set -u
. tests/support/command_test.sh

run "$MERIDIAN_EXE" status
expect_code 2
run "$MERIDIAN_EXE" status "$scratch/absent"
expect_code 2
expect_text "the folder of a run"

settings=(--set similarity.block=8 --quiet --out "$scratch/run")
"$MERIDIAN_EXE" replicate "${settings[@]}" >/dev/null 2>&1 &
worker=$!
wait_until "$worker" some_file "$scratch/run/*/similarity/block-*.h5"
kill -STOP "$worker" # however fast the machine is, it is still at work
run "$MERIDIAN_EXE" status "$scratch/run"
expect_code 0
expect_text "similarity"
kill -USR1 "$worker"
kill -CONT "$worker"
wait "$worker"
[[ $? == 75 ]] || complain "expected the run to stop early"
run "$MERIDIAN_EXE" status "$scratch/run"
expect_text "not complete: run the same command again to go on"

run "$MERIDIAN_EXE" replicate "${settings[@]}"
expect_code 0
run "$MERIDIAN_EXE" status "$scratch/run" --watch
expect_lines 2 "complete since"
expect_text "$(cut -d' ' -f1 "$scratch/run/mfq2/digest.txt")"
run "$MERIDIAN_EXE" status "$scratch/run/mfq2" --json
python3 -c 'import json,sys; s=json.load(open(sys.argv[1])); assert s["complete"] and not s["working"] and s["units"][0]["done"]==s["units"][0]["total"]>0' \
  "$scratch/output" || complain "expected a complete run in JSON"
finish
