#!/usr/bin/env bash
# Ranks on three hosts over TCP: the digest of one host; one host cut off in the middle: a clear end, and the same digest after a resume.
set -u
. tests/support/command_test.sh
. tests/faults/three_hosts.sh
((EUID == 0)) || { echo "skipped: making hosts of namespaces needs root"; exit 77; }
command -v ip >/dev/null || { echo "skipped: ip is not installed (iproute2)"; exit 77; }
trap 'hosts_down; rm -rf "$scratch"' EXIT
unset "${!OMPI_MCA_@}"
hosts_up "$scratch/hosts" >"$scratch/output" 2>&1 || { echo "skipped: no network namespaces on this machine"; cat "$scratch/output"; exit 77; }

export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_mpi_yield_when_idle=1
export OMPI_MCA_plm_rsh_agent=$hosts/on OMPI_MCA_btl_tcp_if_include=10.77.0.0/24 OMPI_MCA_oob_tcp_if_include=10.77.0.0/24
export MERIDIAN_SILENT_SECONDS=60
settings="--config jobs/mfq2-rq1.ini --data $scratch/study --set similarity.block=16"
across_hosts() { on n1 "cd $PWD && mpirun --hostfile $hosts/hostfile --bind-to none -np 6 -x MERIDIAN_SILENT_SECONDS $MERIDIAN_EXE replicate $settings --out $1"; }

"$MERIDIAN_EXE" simulate --out "$scratch/study" --surveys mfq2 --people-china 4000 --people-usa 4000 >"$scratch/output" 2>&1 || complain "no study"
# shellcheck disable=SC2086  # settings are words
run "$MERIDIAN_EXE" replicate $settings --out "$scratch/alone" --quiet
expect_code 0
run across_hosts "$scratch/three"
expect_code 0
expect_same_files "$scratch/alone/digest.txt" "$scratch/three/digest.txt"

export MERIDIAN_SILENT_SECONDS=5
across_hosts "$scratch/cut" >"$scratch/output" 2>&1 &
job=$!
wait_until "$job" some_file "$scratch/cut/similarity/block-00004*.h5"
cut_off n3
wait_until "$job" grep -q "was lost" "$scratch/output"
expect_text "a node or the network between nodes was lost"
[[ ! -e $scratch/cut/run.json ]] || complain "the run was not caught in the middle"
kill -0 "$job" 2>/dev/null && kill -KILL "$job" # mpirun itself may wait for the lost host for ever; so may its daemons
wait "$job" 2>/dev/null
run on n1 "cd $PWD && $MERIDIAN_EXE replicate $settings --out $scratch/cut --quiet"
expect_code 0
expect_same_files "$scratch/alone/digest.txt" "$scratch/cut/digest.txt"
finish
