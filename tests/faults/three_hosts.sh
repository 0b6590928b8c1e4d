# shellcheck shell=bash
# Three hosts on one machine: network, host name, mounts and shared memory of their own, TCP between them, one file system. Source it
# after command_test.sh; hosts_up DIR, on HOST COMMAND..., hosts_down. Nothing is changed outside the namespaces, which go with their
# holders.

start_host() {
  unshare --net --uts --mount --ipc bash -c "hostname $1; mount --make-rprivate /; mount -t tmpfs tmpfs /dev/shm
    mount --bind $hosts/hosts /etc/hosts; ip link set lo up; touch $hosts/$1.ready; exec sleep 100000" </dev/null >/dev/null 2>&1 &
  echo $! >"$hosts/$1.pid"
  wait_until $! test -e "$hosts/$1.ready"
  [[ -e $hosts/$1.ready ]]
}

hosts_up() {
  local i bridge holder
  hosts=$1
  mkdir -p "$hosts"
  printf '127.0.0.1 localhost\n' >"$hosts/hosts"
  for i in 1 2 3; do printf '10.77.0.%d n%d\n' "$i" "$i" >>"$hosts/hosts"; done
  start_host switch || return 1
  bridge=$(<"$hosts/switch.pid")
  nsenter -t "$bridge" -n ip link add br0 type bridge && nsenter -t "$bridge" -n ip link set br0 up || return 1
  for i in 1 2 3; do
    start_host "n$i" || return 1
    holder=$(<"$hosts/n$i.pid")
    nsenter -t "$bridge" -n ip link add "v$i" type veth peer name eth0 netns "$holder" || return 1
    nsenter -t "$bridge" -n ip link set "v$i" master br0 up
    nsenter -t "$holder" -n ip addr add "10.77.0.$i/24" dev eth0
    nsenter -t "$holder" -n ip link set eth0 up
  done
  printf 'n1 slots=2\nn2 slots=2\nn3 slots=2\n' >"$hosts/hostfile"
  # Open MPI starts its daemons with it, as it would with ssh.
  # shellcheck disable=SC2016  # the script expands them
  printf '#!/bin/bash\nhost=$1; shift\nexec nsenter -t "$(cat %q/"$host".pid)" -n -u -m -i -- bash -c "$*"\n' "$hosts" >"$hosts/on"
  chmod +x "$hosts/on"
}

on() { "$hosts/on" "$@"; }

cut_off() { nsenter -t "$(<"$hosts/$1.pid")" -n ip link set eth0 down; }

# Whatever still runs in a network namespace of ours, then its holder; each holder once.
hosts_down() {
  local file holder network process
  for file in "$hosts"/*.pid; do
    [[ -s $file ]] || continue
    holder=$(<"$file")
    rm "$file"
    network=$(readlink "/proc/$holder/ns/net") || continue
    for process in /proc/[0-9]*; do
      if [[ $(readlink "$process/ns/net" 2>/dev/null) == "$network" && ${process#/proc/} != "$holder" ]]; then
        kill -KILL "${process#/proc/}" 2>/dev/null
      fi
    done
    kill "$holder"
  done
  return 0
}
