# shellcheck shell=bash disable=SC2154  # scratch: tests/support/command_test.sh
# A private Slurm of one node in a folder, without systemd and without files elsewhere. Source it after
# tests/support/command_test.sh; slurm_test starts it and gives $scratch/study, answers of a few people.
# Root is needed: the daemons start jobs for any user.

# slurm_test PEOPLE: skips the test by name where no Slurm can be started; ends it with the test.
slurm_test() {
  local program
  for program in slurmctld slurmd munged; do
    command -v $program >/dev/null || { echo "skipped: $program is not installed (slurm-wlm, munge)"; exit 77; }
  done
  ((EUID == 0)) || { echo "skipped: starting a Slurm needs root"; exit 77; }
  trap 'cluster_down; rm -rf "$scratch"' EXIT
  unset "${!SLURM_@}" "${!OMPI_MCA_@}" "${!PMIX_@}"
  export OMPI_MCA_btl=self,vader OMPI_MCA_pml=ob1 OMPI_MCA_mpi_yield_when_idle=1
  export MERIDIAN_EXECUTABLE=$MERIDIAN_EXE MERIDIAN_SITE=slurm/site.example MERIDIAN_HOME=$PWD
  cluster_up "$scratch/cluster" >"$scratch/output" 2>&1 ||
    { echo "skipped: no Slurm can be started on this machine"; cat "$scratch/output"; exit 77; }
  "$MERIDIAN_EXE" simulate --out "$scratch/study" --surveys mfq2 --people-china "$1" --people-usa "$1" >"$scratch/output" 2>&1 ||
    complain "no study"
}

cluster_up() {
  cluster=$1
  port=$((20000 + 2 * ($$ % 6000))) # other tests may have a Slurm of their own
  mkdir -p "$cluster"/{state,spool,tmp,log,run,munge}
  chmod 700 "$cluster/munge"
  dd if=/dev/urandom of="$cluster/munge/key" bs=1 count=1024 status=none
  chmod 600 "$cluster/munge/key"
  munged --key-file="$cluster/munge/key" --socket="$cluster/run/munge.sock" --pid-file="$cluster/run/munged.pid" \
    --log-file="$cluster/munge/munged.log" --seed-file="$cluster/munge/seed" --force 2>>"$cluster/log/munged.err"
  write_configuration >"$cluster/slurm.conf"
  echo CgroupPlugin=cgroup/v1 >"$cluster/cgroup.conf"
  export SLURM_CONF=$cluster/slurm.conf
  slurmctld -f "$SLURM_CONF"
  slurmd -f "$SLURM_CONF"
  wait_for_node idle 20 || { tail -n 20 "$cluster"/log/*.log; return 1; }
}

# wait_for_node STATES SECONDS: states as a pattern, "idle", "down*|down".
wait_for_node() {
  local end=$((SECONDS + $2))
  until sinfo -h -o %T 2>/dev/null | grep -qxE "$1"; do
    ((SECONDS < end)) || return 1
    sleep 0.1
  done
}

write_configuration() {
  local host
  host=$(hostname)
  cat <<C
ClusterName=meridian
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmdUser=root
SlurmdParameters=config_overrides
SlurmctldPort=$port
SlurmdPort=$((port + 1))
AuthType=auth/munge
CredType=cred/munge
AuthInfo=socket=$cluster/run/munge.sock,cred_expire=5
StateSaveLocation=$cluster/state
SlurmdSpoolDir=$cluster/spool
TmpFS=$cluster/tmp
SlurmctldPidFile=$cluster/run/slurmctld.pid
SlurmdPidFile=$cluster/run/slurmd.pid
SlurmctldLogFile=$cluster/log/slurmctld.log
SlurmdLogFile=$cluster/log/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerType=sched/backfill
SchedulerParameters=sched_interval=1,bf_interval=1,sched_min_interval=0,batch_sched_delay=0,requeue_delay=1
PriorityType=priority/basic
MpiDefault=pmix
MailProg=/bin/true
ReturnToService=2
SlurmctldTimeout=30
SlurmdTimeout=6
InactiveLimit=0
KillWait=3
MinJobAge=3600
MessageTimeout=10
NodeName=$host NodeAddr=127.0.0.1 CPUs=4 Boards=1 SocketsPerBoard=1 CoresPerSocket=4 ThreadsPerCore=1 RealMemory=4000 State=UNKNOWN
PartitionName=main Nodes=$host Default=YES MaxTime=INFINITE State=UP OverSubscribe=NO
C
}

# Signals only the processes named in our own pid files, after a look at their names.
cluster_down() {
  local daemon file pid
  for daemon in slurmd slurmctld munged; do
    file=$cluster/run/$daemon.pid
    [[ -s $file ]] || continue
    pid=$(<"$file")
    [[ $(cat "/proc/$pid/comm" 2>/dev/null) == "$daemon" ]] || continue
    kill "$pid"
    for _ in {1..100}; do [[ -d /proc/$pid ]] || break; sleep 0.1; done
    [[ ! -d /proc/$pid ]] || kill -KILL "$pid"
  done
}

# Every process that our slurmd started, and itself: they have this cluster in their environment.
node_processes() {
  local process
  grep -lzFx "SLURM_CONF=$SLURM_CONF" /proc/[0-9]*/environ 2>/dev/null | cut -d / -f 3 | while read -r process; do
    case $(cat "/proc/$process/comm" 2>/dev/null) in slurmctld | '') ;; *) echo "$process" ;; esac
  done
}

ranks_of_node() {
  local process
  for process in $(node_processes); do [[ $(readlink "/proc/$process/exe") != "$(readlink -f "$MERIDIAN_EXE")" ]] || echo "$process"; done
}

# The node loses its power: everything on it ends in the same instant, and tells nobody. Frozen first, so that none sees
# another die. What a rank shares with others in memory is gone too.
lose_node() {
  local processes
  mapfile -t processes < <(node_processes)
  kill -STOP "${processes[@]}"
  for process in "${processes[@]}"; do sed -n 's|.* \(/dev/shm/[^ ]*\).*|\1|p' "/proc/$process/maps"; done | sort -u >"$cluster/shared"
  kill -KILL "${processes[@]}"
  xargs -r rm -f <"$cluster/shared"
}

# A machine that starts has none of the files of its jobs.
return_node() {
  rm -rf "${cluster:?}/spool" "${cluster:?}/tmp"
  mkdir -p "$cluster"/{spool,tmp}
  slurmd -f "$SLURM_CONF"
}

job_field() { scontrol show job "$1" | sed -n "s/.*\\b$2=\\([^ ]*\\).*/\\1/p" | head -n 1; }

# wait_for_job ID SECONDS: until it is in no queue; prints its last state.
wait_for_job() {
  local end=$((SECONDS + $2))
  while ((SECONDS < end)); do
    case $(job_field "$1" JobState) in PENDING | RUNNING | COMPLETING | CONFIGURING | REQUEUED) sleep 0.2 ;; *) break ;; esac
  done
  job_field "$1" JobState
}

expect_state() { [[ $2 == "$1" ]] || { tail -n 30 "$scratch"/*.log "$scratch"/*/slurm/*.log 2>/dev/null; complain "expected state $1, found $2"; }; }

# replicate_alone BLOCK: what an undisturbed run without Slurm gives, in $scratch/alone; $settings are its words.
replicate_alone() {
  settings=(--config jobs/mfq2-rq1.ini --data "$scratch/study" --set "similarity.block=$1")
  rm -rf "$scratch/alone"
  run "$MERIDIAN_EXE" replicate "${settings[@]}" --out "$scratch/alone" --quiet
  expect_code 0
}

# send_run NAME [OPTIONS OF SBATCH...] -- [OPTIONS OF REPLICATE...]: a job of two ranks in $scratch/NAME; prints its number.
send_run() {
  local name=$1 sbatch=()
  shift
  while [[ $1 != -- ]]; do sbatch+=("$1"); shift; done
  slurm/submit.sh --output="$scratch/$name.log" --time=10 --ntasks=2 --cpus-per-task=1 --mem-per-cpu=300M "${sbatch[@]}" \
    slurm/replicate.sbatch "${settings[@]}" --out "$scratch/$name" "${@:2}"
}

# freeze_run NAME: the ranks stand still, with the first blocks on disk and others missing, however fast the machine is. Their
# numbers are in $ranks.
freeze_run() {
  local folder=$scratch/$1 deadline=$((SECONDS + 60))
  ranks=()
  until ((${#ranks[@]} == 2 || SECONDS > deadline)); do mapfile -t ranks < <(ranks_of_node); done
  until compgen -G "$folder/similarity/block-*.h5" >/dev/null || ((SECONDS > deadline)); do sleep 0.002; done
  kill -STOP "${ranks[@]}"
  ((${#ranks[@]} == 2)) || complain "expected two ranks, found ${#ranks[@]}"
  [[ -e $folder/similarity && ! -e $folder/run.json ]] || complain "$folder should have been frozen in the middle"
}

# thaw_after SIGNAL: the frozen ranks go on once the signal waits for each of them.
thaw_after() {
  local rank mask=$((1 << ($(kill -l "$1") - 1)))
  for rank in "${ranks[@]}"; do
    for _ in {1..1000}; do
      (((16#$(sed -n 's/^ShdPnd:[[:space:]]*//p' "/proc/$rank/status") & mask) == 0)) || break
      sleep 0.01
    done
  done
  kill -CONT "${ranks[@]}"
}
