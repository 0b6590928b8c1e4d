#!/usr/bin/env bash
# One more build of the tree in build/PRESET, with warnings as errors: its tests, its selftest, and a small study whose
# results are compared with those of the build under test.  preset.sh clang|mpich
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

same_digest() { expect_same_files "$scratch/here/digest.txt" "$scratch/$1/digest.txt"; }

must cmake --preset "$preset" -D MERIDIAN_WERROR=ON
must "$MERIDIAN_EXE" simulate --surveys mfq2 --people-china 200 --people-usa 200 --out "$scratch/study"
replicate "$MERIDIAN_EXE" here

case $preset in
  clang) # other code inside Eigen: numbers, not bytes (docs/architecture.md, determinism)
    must cmake --build "$build"
    must ctest --test-dir "$build" -L unit -j 2 --output-on-failure
    replicate "$program" there
    must "$MERIDIAN_EXE" report --compare "$scratch/here" "$scratch/there" --threshold 1e-10
    ;;
  mpich) # the same compiler: the same bytes
    must cmake --build "$build" --target meridian parallel_checks
    must ctest --test-dir "$build" -R '^parallel' --output-on-failure
    for ranks in 1 2 3; do
      replicate "$program" "there-$ranks" mpiexec.mpich --bind-to none -np "$ranks"
      same_digest "there-$ranks"
    done
    ;;
esac
must "$program" selftest
expect_text "this installation works"
finish
