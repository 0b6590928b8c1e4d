"""Resampling at full size: all origin relabellings with refits, 10 000 and 100 000 two-way replicates at one and two ranks (best of five), and
the memory of a rank against the formula in docs/running.md.

    python3 tests/benchmark/resampling.py build/release/src/meridian RUN [--refit-in-R SECONDS]

RUN is a finished run of jobs/mfq2-rq1.ini; RUN is only read. For the memory it simulates two studies of 1 000 and 21 000 people."""
import argparse
import os
import pathlib
import shlex
import subprocess
import sys
import tempfile
import time

LAUNCH = shlex.split(os.environ.get("MERIDIAN_LAUNCH", "mpirun --bind-to none -np"))
RELABELLINGS, REPLICATES, MANY = 184756, 10000, 100000


def timed(words):
    """Wall time and, of the process alone, its largest memory in bytes."""
    start = time.monotonic()
    process = subprocess.Popen([str(word) for word in words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    message = process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"{words}: {message}")
    return time.monotonic() - start, usage.ru_maxrss * 1024


def ranked(words, ranks):
    """One rank is started as two are: what mpirun itself takes is no matter of scaling."""
    return LAUNCH + [ranks] + words + ["--threads", 1]


def best(exe, run, scratch, words, ranks, times):
    walls = []
    for attempt in range(times):
        out = pathlib.Path(tempfile.mkdtemp(dir=scratch)) / "out"
        walls.append(timed(ranked([exe, *words, "--run", run, "--analysis", "rq1", "--out", out], ranks))[0])
    return min(walls)


def memory(exe, scratch, people):
    data, run = scratch / f"data-{people}", scratch / f"run-{people}"
    timed([exe, "simulate", "--out", data, "--surveys", "mfq2", "--people-china", people // 2, "--people-usa", people // 2])
    timed([exe, "replicate", "--config", "jobs/mfq2-rq1.ini", "--data", data, "--out", run])
    words = [exe, "bootstrap", "--run", run, "--analysis", "rq1", "--replicates", 100, "--out", scratch / f"units-{people}"]
    return timed(words + ["--threads", 1])[1]


def main():
    options = argparse.ArgumentParser()
    options.add_argument("exe")
    options.add_argument("run")
    options.add_argument("--refit-in-R", type=float, default=0, help="measured seconds of one refit of RQ1 in R")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="meridian-") as name:
        scratch = pathlib.Path(name)
        refits = ["permute", "--test", "origin", "--refit"]
        for replicates in (REPLICATES, MANY):
            words = ["bootstrap", "--scheme", "two-way", "--replicates", replicates]
            one, two = (best(given.exe, given.run, scratch, words, ranks, 5) for ranks in (1, 2))
            print(f"{replicates} two-way replicates: {one:.2f} s on one rank, {two:.2f} s on two, ratio {one / two:.2f} (goal 1.8)")
        one, two = (best(given.exe, given.run, scratch, refits, ranks, 3) for ranks in (1, 2))
        print(f"{RELABELLINGS} relabellings of origin, each refitted: {one:.2f} s on one rank, {two:.2f} s on two (goal 60 s), ratio {one / two:.2f}")
        if given.refit_in_R:
            print(f"  in R: {RELABELLINGS * given.refit_in_R / 3600:.0f} h")
        small, large = memory(given.exe, scratch, 1000), memory(given.exe, scratch, 21000)
        # Scheme people, half of them in each class: 20 cells, 36 items (as answers and unit vectors), a batch of 100 weights.
        formula = 8 * 20000 * (2 * 20 + 36 + 36) + 8 * 100 * (20000 + 10000)
        print(f"20 000 more people: {(large - small) / 1e6:.0f} MB more per rank, by the formula {formula / 1e6:.0f} MB "
              f"(of 1 000 people in all: {small / 1e6:.0f} MB)")


main()
