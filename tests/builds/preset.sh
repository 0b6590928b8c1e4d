#!/usr/bin/env bash
# One more build of the tree in build/PRESET: its tests or its commands, its selftest, and a small study whose results are
# compared with those of the build under test.  preset.sh clang|mpich|sanitize
set -euo pipefail
# shellcheck source=tests/support/command_test.sh
source "$MERIDIAN_SOURCE/tests/support/command_test.sh"
preset=$1
build=$MERIDIAN_SOURCE/build/$preset
program=$build/src/meridian

skip() { echo "skipped: $*"; exit 77; }
case $preset in
  clang) command -v clang++ >/dev/null || skip "clang is not installed" ;;
  mpich) command -v mpicxx.mpich >/dev/null || skip "libmpich-dev is not installed" ;;
esac

must() { run "$@"; expect_code 0; }

# replicate PROGRAM OUT [LAUNCHER WORDS]: the study's first job on synthetic answers.
replicate() {
  must "${@:3}" "$1" replicate --config jobs/mfq2-rq1.ini --data "$scratch/study" --out "$scratch/$2" --set similarity.block=64 --threads 1
}

# same_digest OUT [OTHER]
same_digest() { expect_same_files "$scratch/${2:-here}/digest.txt" "$scratch/$1/digest.txt"; }
same_numbers() { must "$MERIDIAN_EXE" report --compare "$scratch/here" "$scratch/$1" --threshold 1e-10; }

# What computes, at a small size; what a sanitizer finds ends the program with a code that is not 0.
each_command() {
  local data=tests/oracle/data run=$scratch/there
  must "$program" plan --config jobs/mfq2-rq1.ini --data "$scratch/study" --out "$scratch/plan"
  must "$program" bootstrap --run "$run" --analysis rq1 --scheme two-way --replicates 200 --bca
  must "$program" bootstrap --run "$run" --analysis rq1 --scheme parametric --replicates 100
  must "$program" permute --run "$run" --analysis rq1 --test nation --replicates 200
  must "$program" power --run "$run" --analysis rq1 --models 5,10 --people 50 --replicates 20 --out "$scratch/power"
  must "$program" fit --run "$run" --analysis rq1 --formula 'cosine ~ nation * origin + (nation | llm)' --out "$scratch/run-fit"
  must "$program" fit --table $data/public/sleepstudy.csv --formula 'Reaction ~ Days + (Days | Subject)' \
    --intervals profile --test-random --out "$scratch/fit"
  must "$program" fit --table $data/generalized/cbpp.csv --factor period --family binomial --trials size \
    --formula 'incidence ~ period + (1 | herd)' --out "$scratch/generalized"
  must "$program" audit --out "$scratch/audit"
  must "$program" rank --out "$scratch/rank"
  must "$program" report --run "$run"
}

warnings=(-D MERIDIAN_WERROR=ON)
if [[ $preset == sanitize ]]; then warnings=(); fi # g++ warns of what sanitizers put into the code
must cmake --preset "$preset" "${warnings[@]}"
must "$MERIDIAN_EXE" simulate --surveys mfq2 --people-china 200 --people-usa 200 --out "$scratch/study"
replicate "$MERIDIAN_EXE" here

case $preset in
  clang) # other code inside Eigen: numbers, not bytes (docs/architecture.md, determinism)
    must cmake --build "$build"
    must ctest --test-dir "$build" -L unit -j 2 --output-on-failure
    replicate "$program" there
    same_numbers there
    ;;
  mpich) # the same compiler: the same bytes
    must cmake --build "$build" --target meridian parallel_checks
    must ctest --test-dir "$build" -R '^parallel' --output-on-failure
    for ranks in 1 2 3; do
      replicate "$program" "there-$ranks" mpiexec.mpich --bind-to none -np "$ranks"
      same_digest "there-$ranks"
    done
    ;;
  sanitize)
    must cmake --build "$build" --target meridian
    replicate "$program" there
    same_numbers there
    # shellcheck disable=SC2086  # a launcher is words
    ASAN_OPTIONS=detect_leaks=0 replicate "$program" ranks $MERIDIAN_LAUNCH 2 # the leaks of Open MPI are not ours
    same_digest ranks there
    each_command
    ;;
esac
must "$program" selftest
expect_text "this installation works"
finish
