#!/usr/bin/env bash
# Installed into a prefix, meridian works from there: away from the source tree, with the prefix's own data.  installed.sh BUILD
set -euo pipefail
# shellcheck source=tests/support/command_test.sh
source "$MERIDIAN_SOURCE/tests/support/command_test.sh"

run cmake --install "$1" --prefix "$scratch/prefix"
expect_code 0
for file in bin/meridian share/meridian/{data/models.csv,jobs/mfq2.ini,docs/running.md,slurm/job.sh,slurm/submit.sh,slurm/nightly.sh} \
  share/man/man1/meridian.1; do
  [[ -f $scratch/prefix/$file ]] || complain "expected $file below the prefix"
done
[[ -x $scratch/prefix/share/meridian/slurm/submit.sh ]] || complain "submit.sh should be executable"
cd "$scratch"
unset MERIDIAN_SHARE
run env -i PATH="$PATH" HOME="$scratch" "$scratch/prefix/bin/meridian" selftest
expect_code 0
expect_text "data and jobs are in $scratch/prefix/share/meridian"
expect_text "this installation works"
expect_no_text warning

# Of another user, who may write nothing there and has no home.
if ((EUID == 0)); then
  chmod 755 "$scratch"
  install -d -o nobody "$scratch/nobody"
  run runuser -u nobody -- env -i PATH="$PATH" TMPDIR="$scratch/nobody" "$scratch/prefix/bin/meridian" selftest
  expect_code 0
  run runuser -u nobody -- env -i PATH="$PATH" "$scratch/prefix/bin/meridian" rank --out "$scratch/nobody/rank"
  expect_code 0
  run runuser -u nobody -- env -i PATH="$PATH" "$scratch/prefix/bin/meridian" rank --out "$scratch/prefix/rank"
  expect_code 2
  expect_text "$scratch/prefix/rank"
fi

# It can fail: with data in which one of lme4's degrees of freedom was changed it names the check and ends with 3.
cp -r "$scratch/prefix/share/meridian" "$scratch/share"
sed -i 's/^df,nation,8\./df,nation,9./' "$scratch/share/data/selftest/lme4.csv"
run env MERIDIAN_SHARE="$scratch/share" "$scratch/prefix/bin/meridian" selftest
expect_code 3
expect_lines 1 "FAIL a crossed mixed model"

run env TMPDIR=/no/such/folder "$scratch/prefix/bin/meridian" selftest
expect_code 2
expect_text "TMPDIR"

# A plan made by the installed program names the installed scripts and program.
"$scratch/prefix/bin/meridian" simulate --out study --surveys mfq2 --people-china 60 --people-usa 60 >"$scratch/output" 2>&1
run "$scratch/prefix/bin/meridian" submit --config jobs/mfq2-rq1.ini --data study --out run --array 2 --dry-run
expect_code 0
expect_text "MERIDIAN_HOME:-$scratch/prefix/share/meridian}"
expect_text "MERIDIAN_EXECUTABLE:-$scratch/prefix/bin/meridian}"
expect_text "measured here on one thread"
finish
