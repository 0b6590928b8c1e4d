#!/usr/bin/env bash
# meridian fit --run: the formula of an analysis gives the analysis's own files; another formula another model; wrong words one error.
set -u
. tests/support/command_test.sh

formula() { sed -n "/^\[$1\]/,/^\[/s/^formula *= *//p" jobs/mfq2.ini | head -n 1; }

"$MERIDIAN_EXE" simulate --out "$scratch/study" >/dev/null || complain "no study"
"$MERIDIAN_EXE" replicate --config jobs/mfq2.ini --data "$scratch/study" --out "$scratch/run" --quiet || complain "no run"
digest=$(cat "$scratch/run/digest.txt")

for analysis in rq1 rq3; do
  run "$MERIDIAN_EXE" fit --run "$scratch/run" --analysis $analysis --formula "$(formula $analysis)" --out "$scratch/$analysis"
  expect_code 0
  for file in coefficients.csv variance_components.csv random_effects.csv anova.csv fit_statistics.csv fit.json; do
    expect_same_files "$scratch/$analysis/$file" "$scratch/run/models/$analysis/$file"
  done
done

# Cells by their names, not by the values of centred codes.
grep -q 'nation = China, origin = USA' "$scratch/run/models/rq1/cell_means.csv" || complain "expected cells of nations"
expect_same_files "$scratch/rq1/contrasts.csv" "$scratch/run/models/rq1/contrasts.csv"
run "$MERIDIAN_EXE" fit --run "$scratch/run" --analysis rq1 --formula "cosine ~ nation * origin + (nation | llm)" --intervals profile --test-random --out "$scratch/asked"
expect_code 0
expect_text "residual standard deviation"
expect_text "nation in (1 + nation | llm)"
run "$MERIDIAN_EXE" fit --run "$scratch/run" --analysis rq1 --formula "cosine ~ nation * origin + (1 | llm)" --ml --out "$scratch/ml"
expect_code 0
expect_text "maximum likelihood"
expect_text "groups: llm, 20"
run "$MERIDIAN_EXE" fit --run "$scratch/run" --analysis rq1 --formula "cosine ~ nation" --out "$scratch/lm"
expect_code 0
expect_text "least squares"

refuse() { # what is said, the words of the command
  run "$MERIDIAN_EXE" fit --out "$scratch/refused" "${@:2}"
  expect_code 2
  expect_text "$1"
}
refuse "an analysis of the run: rq1" --run "$scratch/run" --analysis rq9 --formula "cosine ~ nation"
refuse "beside --run" --run "$scratch/run" --analysis rq1 --formula "cosine ~ nation" --weights w
refuse "beside --run" --run "$scratch/run" --analysis rq1 --formula "cosine ~ nation" --lrt
refuse "no random terms in" --run "$scratch/run" --analysis rq1 --formula "cosine ~ nation" --intervals wald
refuse "no --run" --analysis rq1 --formula "cosine ~ nation"
refuse "cosine ~ ..." --run "$scratch/run" --analysis rq1 --formula "log(cosine) ~ nation"
refuse "no finished run" --run "$scratch/study" --analysis rq1 --formula "cosine ~ nation"
refuse "--analysis: found an empty text" --analysis "" --run "$scratch/run"
[[ ! -e $scratch/refused ]] || complain "expected nothing written"

# A formula that cannot be pooled is known before the similarities are computed.
run "$MERIDIAN_EXE" replicate --config jobs/mfq2.ini --data "$scratch/study" --set "rq1.formula=cosine ~ participant" --out "$scratch/never"
expect_code 2
[[ ! -e $scratch/never/similarity ]] || complain "expected no similarities"

# Answers that are no longer those of the run.
printf '\n' >>"$(find "$scratch/study" -name human_mfq_responses.csv)"
refuse "have changed since the run" --run "$scratch/run" --analysis rq1 --formula "cosine ~ nation"
[[ $digest == "$(cat "$scratch/run/digest.txt")" ]] || complain "expected the run untouched"
finish
