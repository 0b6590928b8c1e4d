#!/usr/bin/env bash
# docs/meridian.1 is the output of the executable, and every option of the help is in it.
set -euo pipefail
# shellcheck source=tests/support/command_test.sh
source "$MERIDIAN_SOURCE/tests/support/command_test.sh"

run "$MERIDIAN_EXE" --man
expect_code 0
if ! diff -u "$MERIDIAN_SOURCE/docs/meridian.1" "$scratch/output"; then
  complain "docs/meridian.1 is not what the executable prints; renew it: meridian --man >docs/meridian.1"
fi
cp "$scratch/output" "$scratch/page"
for command in replicate simulate verify fit info; do
  run "$MERIDIAN_EXE" "$command" --help
  mapfile -t options < <(grep -oE '^  --[a-z-]+' "$scratch/output" | tr -d ' ')
  for option in "${options[@]}"; do
    [[ $option == --help ]] || grep -qF -- "${option//-/\\-}" "$scratch/page" || complain "$option is not in the man page"
  done
done
finish
