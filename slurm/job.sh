# shellcheck shell=bash
# What every batch script does; sourced by them. Gives:
#   meridian_step SUBCOMMAND OPTIONS...   for scripts of several steps: returns only when it finished
#   meridian_job SUBCOMMAND OPTIONS...    one step, then the end
#   meridian_merge PARTS INTO             a step that puts the parts of an array together and removes them; the replicate that
#                                         follows it in every script writes the report
# A step runs the executable with the job's tasks and hands Slurm's USR1 on to it. It ends in one of these ways:
#   finished (0); wrong input (2), failed verification (3), a bug (70): exit with that code
#   stopped in time (75), a lost rank or node (any other code), or silence: the job goes back to the queue; finished units are kept
# So does a job that is killed at its time limit, because a block took longer than the warning before it.

meridian_home=${MERIDIAN_HOME:-${SLURM_SUBMIT_DIR:-$PWD}}
site=${MERIDIAN_SITE:-$meridian_home/slurm/site}
# shellcheck source=slurm/site.example
if [[ -f $site ]]; then . "$site"; else . "$meridian_home/slurm/site.example"; fi

note() { printf '%s job %s: %s\n' "$(date -u +%FT%TZ)" "${SLURM_JOB_ID:-none}" "$*" >&2; }

# When Slurm ends the job, in seconds since 1970, also for the executable. Slurm itself says it since version 23 only, and a job
# that another job sent may have the other's value.
know_the_end() {
  [[ -n ${SLURM_JOB_ID:-} ]] || return 0
  local end
  end=$(scontrol show job "$SLURM_JOB_ID" 2>/dev/null | sed -n 's/.*EndTime=\([^ ]*\).*/\1/p' | head -n 1)
  if [[ $end == [0-9]* ]]; then SLURM_JOB_END_TIME=$(date -d "$end" +%s) && export SLURM_JOB_END_TIME; fi
}

# The words that start one copy per task, and the program. A rank that dies must end the step: without -K the others would wait
# for ever.
meridian_environment() {
  # shellcheck disable=SC2086  # module names are words
  if [[ -n $MERIDIAN_MODULES ]]; then module load $MERIDIAN_MODULES; fi
  # shellcheck disable=SC2206  # a container command is words
  program=($MERIDIAN_CONTAINER "${MERIDIAN_EXECUTABLE:-$meridian_home/build/release/src/meridian}")
  case $MERIDIAN_LAUNCHER in
    srun) launch=(srun --kill-on-bad-exit=1 --mpi="$MERIDIAN_MPI") ;;
    mpirun) launch=(mpirun --bind-to none) ;;
    *) note "MERIDIAN_LAUNCHER=$MERIDIAN_LAUNCHER: expected srun or mpirun (slurm/site)"; exit 2 ;;
  esac
}

# The value of --out among the arguments: where progress shows.
run_folder() {
  while (($#)); do
    case $1 in --out | --run) printf '%s' "${2:-}"; return ;; --out=* | --run=*) printf '%s' "${1#*=}"; return ;; esac
    shift
  done
}

# Array elements are requeued by their own name. scontrol ends this script; where it cannot, the code says why we stop.
back_to_queue() {
  local code=$1 id=${SLURM_JOB_ID:-}
  if [[ -n ${SLURM_ARRAY_JOB_ID:-} ]]; then id=${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID; fi
  if ((${SLURM_RESTART_COUNT:-0} >= MERIDIAN_RESTARTS)); then
    note "exit code $code after ${SLURM_RESTART_COUNT} restarts: giving up (MERIDIAN_RESTARTS)"
    exit "$code"
  fi
  note "exit code $code: back to the queue; finished units are kept"
  trap - TERM # from the requeue itself
  scontrol requeue "$id" && sleep 60
  exit "$code"
}

# TERM comes at the time limit, with KILL soon after it, and from scancel, which means it.
terminated() {
  if (($(date +%s) >= ${SLURM_JOB_END_TIME:-0} && ${SLURM_JOB_END_TIME:-0} > 0)); then
    note "the time limit"
    back_to_queue 75
  fi
  note "cancelled"
  exit 143
}

# A cut link is noticed by neither Slurm nor MPI: whoever writes nothing for long hangs. The time before this start does
# not count, for a job may have waited in the queue for days.
watch_silence() {
  local folder=$1 step=$2 start=$SECONDS pause=$((MERIDIAN_SILENT_SECONDS < 30 ? MERIDIAN_SILENT_SECONDS : 30))
  while sleep "$pause" && kill -0 "$step" 2>/dev/null; do
    ((SECONDS - start > MERIDIAN_SILENT_SECONDS)) || continue
    [[ -z $(find "$folder" -newermt "-$MERIDIAN_SILENT_SECONDS seconds" -print -quit 2>/dev/null) ]] || continue
    note "nothing was written to $folder for $MERIDIAN_SILENT_SECONDS seconds"
    kill -KILL "$step"
  done
}

know_the_end
trap terminated TERM
stop_asked=0 # by Slurm, at any time in this job
meridian_step() {
  local status folder step watcher='' asked launch=() program=()
  if ((stop_asked)); then back_to_queue 75; fi # the signal came between two steps
  meridian_environment
  "${launch[@]}" "${program[@]}" "$@" &
  step=$!
  trap 'asked=1 stop_asked=1; kill -USR1 "$step" 2>/dev/null' USR1
  folder=$(run_folder "$@")
  if [[ -n $folder ]]; then watch_silence "$folder" "$step" & watcher=$!; fi
  while :; do # a signal ends wait early, with a status that is not the step's
    asked=0 status=0
    wait "$step" || status=$?
    ((asked)) || break
  done
  if [[ -n $watcher ]]; then kill "$watcher" 2>/dev/null || true; fi
  case $status in
    0) ;;
    2 | 3 | 70) exit "$status" ;;
    *) back_to_queue "$status" ;;
  esac
}

# meridian_merge PARTS INTO: puts PARTS/* together, once. The parts are renamed before they are removed, so that a job that
# is cut off in between does not merge what is left of them.
meridian_merge() {
  if [[ -d $1 ]]; then
    meridian_step merge --skip-report --into "$2" "$1"/*
    mv "$1" "$1.merged"
  fi
  rm -rf "$1.merged"
}

meridian_job() { meridian_step "$@"; exit 0; }
