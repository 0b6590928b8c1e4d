#!/bin/bash
# slurm/submit.sh [SBATCH OPTIONS] SCRIPT.sbatch [OPTIONS OF THE SUBCOMMAND]: sbatch with the options of your site (slurm/site).
set -euo pipefail
MERIDIAN_HOME=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)
export MERIDIAN_HOME
site=${MERIDIAN_SITE:-$MERIDIAN_HOME/slurm/site}
# shellcheck source=slurm/site.example
if [[ -f $site ]]; then . "$site"; else . "$MERIDIAN_HOME/slurm/site.example"; fi
for word in "$@"; do case $word in *.sbatch) break ;; *) ;; esac; done
if [[ ${word:-} != *.sbatch ]]; then
  echo "submit.sh: no .sbatch script among the arguments; see $MERIDIAN_HOME/slurm/*.sbatch" >&2
  exit 2
fi
# shellcheck disable=SC2086  # options are words
exec sbatch --parsable --export=ALL $MERIDIAN_SBATCH_OPTIONS "$@"
