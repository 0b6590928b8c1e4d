#!/bin/bash
# slurm/nightly.sh DATA RUNS [JOB]: replicates everything anew, verifies, keeps the last runs, writes RUNS/status.{html,json}.
# DATA: folder of the answers; RUNS: one folder per night; JOB: job file (default jobs/nightly.ini). Fetches nothing.
#
#   cron:      15 2 * * *  cd /path/to/meridian && MERIDIAN_RUN="./meridian --ranks 4" slurm/nightly.sh DATA RUNS
#   scrontab:  #SCRON --ntasks=4 --time=02:00:00 --output=nightly-%j.log
#              15 2 * * *  cd /path/to/meridian && MERIDIAN_RUN="srun --mpi=pmix -K meridian" slurm/nightly.sh DATA RUNS
#   neither:   slurm/submit.sh slurm/nightly.sbatch DATA RUNS       a job that sends the next night's itself
#
# Environment: MERIDIAN_RUN (words that start meridian; default: meridian in PATH, else ./meridian), MERIDIAN_KEEP (14 runs),
# MERIDIAN_NIGHT (name of tonight's folder; default: the date and time in UTC).
# RUNS/inputs.sha256 holds the inputs' digests of the first night; remove it after a deliberate change of the answers.
# RUNS/last holds the name of the last night that was replicated to its end: what tonight is compared with.
# Exit code: 0 as last night and as printed; 2 inputs changed or unreadable; 3 a number changed; else that of replicate or verify.
set -euo pipefail
home=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)
if (($# < 2 || $# > 3)); then
  echo "usage: slurm/nightly.sh DATA RUNS [JOB]" >&2
  exit 2
fi
data=$1 runs=$2 job=${3:-jobs/nightly.ini}
night=${MERIDIAN_NIGHT:-$(date -u +%Y-%m-%dT%H%M%SZ)}
default=$(command -v meridian || echo "$home/meridian")
if [[ ! -e $default ]]; then default=$home/../../bin/meridian; fi # installed: this is PREFIX/share/meridian
read -ra meridian <<<"${MERIDIAN_RUN:-$default}"
# For what one process does: where MERIDIAN_RUN is a path, not a launcher and its options, it does that too.
if [[ ! -e $default && ${#meridian[@]} == 1 ]]; then default=${meridian[0]}; fi
read -ra alone <<<"${MERIDIAN_ALONE:-$default}"
for program in "${meridian[0]}" "${alone[0]}"; do
  if ! command -v "$program" >/dev/null; then
    echo "slurm/nightly.sh: no program $program; name it with MERIDIAN_RUN and MERIDIAN_ALONE" >&2
    exit 2
  fi
done
mkdir -p "$runs"
run=$runs/$night
log=$runs/$night.log
last=$(cat "$runs/last" 2>/dev/null || true)
inputs=unknown replicated=not-run printed=not-run drift=none seconds=0

# step NAME WORDS...: output to tonight's log; the exit code is the function's.
step() {
  local name=$1 code=0
  shift
  printf '== %s: %s\n' "$name" "$*" >>"$log"
  "$@" >>"$log" 2>&1 || code=$?
  return "$code"
}

write_status() {
  python3 "$home/slurm/nightly_status.py" --runs "$runs" --night "$night" --last "$last" --inputs "$inputs" \
    --replicated "$replicated" --printed "$printed" --drift "$drift" --seconds "$seconds"
}
end() { write_status; exit "$1"; }

# Into `printed`: not-run if there is anything to compare with print (one run with answers of people and models, and with
# analyses that were printed), none if there is not, else the exit code by which we cannot know.
look_for_print() {
  local told code=0
  told=$("${alone[@]}" info "$run" 2>>"$log") || code=$?
  if ((code != 0)); then
    printed=$code
  elif ! awk '/run\.json:$/ {real = 0} /^  synthetic = false$/ {real = 1} /^  declared = / && real {found = 1} END {exit !found}' <<<"$told"; then
    printed=none
  fi
}

# 1. The answers are those of the first night.
if [[ ! -d $data ]]; then inputs=missing; end 2; fi
(cd "$data" && find . -type f ! -path './.git/*' -print0 | sort -z | xargs -0 -r sha256sum) >"$runs/inputs.new"
if [[ ! -s $runs/inputs.new ]]; then inputs=empty; rm -f "$runs/inputs.new"; end 2; fi
if [[ -f $runs/inputs.sha256 ]] && ! cmp -s "$runs/inputs.sha256" "$runs/inputs.new"; then
  diff "$runs/inputs.sha256" "$runs/inputs.new" >>"$log" || true
  inputs=changed
  rm "$runs/inputs.new"
  end 2
fi
mv "$runs/inputs.new" "$runs/inputs.sha256"
inputs=same

# 2. Everything, from nothing. A stopped run (75) goes on, ten times at most.
start=$SECONDS code=75
for ((attempt = 0; attempt < 10 && code == 75; attempt++)); do
  code=0
  step replicate "${meridian[@]}" replicate --config "$job" --data "$data" --out "$run" || code=$?
done
seconds=$((SECONDS - start)) replicated=$code
((code == 0)) || end "$code"

# 3. Against print, and against last night.
code=0
look_for_print
if [[ $printed == not-run ]]; then
  printed=0
  step verify "${alone[@]}" verify --run "$run" || printed=$?
fi
if [[ -n $last && -d $runs/$last ]]; then
  drift=0
  step digest "${alone[@]}" verify --digest "$runs/$last" "$run" || drift=$?
  if ((drift != 0)); then # old, new, where
    : >"$runs/$night.changes"
    for part in "$run" "$run"/*/; do
      part=${part%/}
      [[ -f $part/run.json ]] || continue
      before=$runs/$last${part#"$run"}
      [[ -f $before/run.json ]] || { echo "$before: not there last night" >>"$runs/$night.changes"; continue; }
      "${alone[@]}" report --compare "$before" "$part" >>"$runs/$night.changes" 2>&1 || true
    done
  fi
fi

# 4. The oldest runs go; logs and history stay.
echo "$night" >"$runs/last"
find "$runs" -mindepth 1 -maxdepth 1 -type d -printf '%f\n' | sort | head -n "-${MERIDIAN_KEEP:-14}" |
  while read -r old; do rm -rf "${runs:?}/$old"; done
if [[ $drift != none ]] && ((drift != 0)); then code=$drift; fi
if [[ $printed != none ]] && ((printed != 0)); then code=$printed; fi
end "$code"
