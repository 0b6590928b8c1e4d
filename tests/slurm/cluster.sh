# shellcheck shell=bash
# A private Slurm of one node in a folder, without systemd and without files elsewhere. Source it; cluster_up DIR ... cluster_down.
# Root is needed: the daemons start jobs for any user.

cluster_up() {
  cluster=$1
  mkdir -p "$cluster"/{state,spool,log,run,munge}
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
  for _ in {1..200}; do
    sinfo -h -o %T 2>/dev/null | grep -qx idle && return 0
    sleep 0.1
  done
  tail -n 20 "$cluster"/log/*.log
  return 1
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
SlurmctldPort=${MERIDIAN_SLURM_PORT:-26817}
SlurmdPort=$((${MERIDIAN_SLURM_PORT:-26817} + 1))
AuthType=auth/munge
CredType=cred/munge
AuthInfo=socket=$cluster/run/munge.sock,cred_expire=5
StateSaveLocation=$cluster/state
SlurmdSpoolDir=$cluster/spool
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
SlurmdTimeout=30
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
  done
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
