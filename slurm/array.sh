#!/bin/bash
# slurm/array.sh TASKS RUN [OPTIONS OF replicate]: a run by hand, as an array of TASKS and a job that waits for all of them.
# meridian submit --array does the same with what it measured; this is the text to start from for a chain of your own.
# MERIDIAN_BLOCKS (4): blocks of people per task. Prints the numbers of the two jobs. Options of sbatch: slurm/site.
set -euo pipefail
here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
tasks=${1:?TASKS} run=$(realpath -m "${2:?RUN}")
shift 2

array=$("$here/submit.sh" --array=0-$((tasks - 1)) "$here/similarity.sbatch" "$run" "$@")
array=${array%%;*} # "123;cluster" where there are several clusters
echo "$array"
# A task that fails takes the second job with it, which would else wait for ever.
exec "$here/submit.sh" --dependency=afterok:"$array" --kill-on-invalid-dep=yes "$here/merge.sbatch" "$run" "$@"
