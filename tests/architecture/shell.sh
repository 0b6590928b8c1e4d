#!/usr/bin/env bash
# Every shell script of the tree: its syntax and, where shellcheck is installed, what that finds.  shell.sh SOURCE
set -euo pipefail
cd "${1:?SOURCE}"
mapfile -t scripts < <(find slurm tests -name '*.sh' -o -name '*.sbatch' | sort)
scripts+=(meridian .ci/run slurm/site.example)
for script in "${scripts[@]}"; do bash -n "$script"; done
if command -v shellcheck >/dev/null; then
  shellcheck --external-sources "${scripts[@]}"
  echo "${#scripts[@]} scripts checked"
else
  echo "${#scripts[@]} scripts: syntax only, shellcheck is not installed"
fi
