"""The same digest and the same bytes for any ranks x threads, after kill -9, after a clean stop, and after a damaged block
was repaired. Runs the executable as users do, on synthetic answers."""
import filecmp
import os
import pathlib
import shlex
import signal
import subprocess
import sys
import tempfile
import time

EXE = os.environ["MERIDIAN_EXE"]
LAUNCH = shlex.split(os.environ["MERIDIAN_LAUNCH"])
JOB = "jobs/mfq2-rq1.ini"


def command(data, out, ranks, threads, *more):
    words = [EXE, "replicate", "--config", JOB, "--data", str(data), "--out", str(out), "--threads", str(threads), *more]
    return (LAUNCH + [str(ranks)] + words) if ranks > 1 else words


def run(data, out, ranks=1, threads=1, *more, expect=0):
    done = subprocess.run(command(data, out, ranks, threads, *more), capture_output=True, text=True, timeout=300)
    if done.returncode != expect:
        sys.exit(f"ranks {ranks} threads {threads} {more}: exit {done.returncode}, expected {expect}\n{done.stderr}")
    return done.stderr


def results(run_folder):
    """Every file that the digest covers."""
    folders = ("similarity", "models", "tables")
    return sorted(p.relative_to(run_folder) for f in folders for p in (run_folder / f).rglob("*") if p.is_file())


def same(first, second, what):
    if (first / "digest.txt").read_text() != (second / "digest.txt").read_text():
        sys.exit(f"{what}: digests differ")
    if results(first) != results(second) or not results(first):
        sys.exit(f"{what}: different files: {set(results(first)) ^ set(results(second))}")
    for name in results(first):
        if not filecmp.cmp(first / name, second / name, shallow=False):
            sys.exit(f"{what}: {name} differs")
    print(f"{what}: {len(results(first))} files identical", flush=True)


def blocks(run_folder):
    return len(list((run_folder / "similarity").glob("block-*.h5")))


def interrupt(data, out, ranks, kill):
    """Starts a run, waits until some blocks are there, sends `kill` to all of it; True if it was in the middle."""
    process = subprocess.Popen(command(data, out, ranks, 1, "--set", "similarity.block=16"), start_new_session=True,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while blocks(out) < 5 and process.poll() is None:
        time.sleep(0.002)
    if kill == signal.SIGKILL:
        os.killpg(process.pid, kill)
    else:
        process.send_signal(kill)
    code = process.wait()
    return code, 0 < blocks(out) and not (out / "run.json").exists()


def main(folder):
    data, large = folder / "data", folder / "large"
    subprocess.run([EXE, "simulate", "--out", data, "--surveys", "mfq2"], check=True, capture_output=True)
    subprocess.run([EXE, "simulate", "--out", large, "--surveys", "mfq2", "--people-china", "3001", "--people-usa", "2999"],
                   check=True, capture_output=True)

    run(data, folder / "base")
    for ranks in (1, 2, 3, 5):
        for threads in (1, 2):
            out = folder / f"ranks-{ranks}-threads-{threads}"
            run(data, out, ranks, threads)
            same(folder / "base", out, f"{ranks} ranks x {threads} threads")

    run(data, folder / "many", 5, 1, "--set", "similarity.block=1024")  # more ranks than blocks
    run(data, folder / "few", 1, 1, "--set", "similarity.block=1024")
    same(folder / "few", folder / "many", "more ranks than blocks")

    run(large, folder / "whole", 1, 1, "--set", "similarity.block=16")
    caught = 0
    for attempt, (first, second) in enumerate([(3, 2), (1, 5), (2, 1)]):
        out = folder / f"killed-{attempt}"
        caught += interrupt(large, out, first, signal.SIGKILL)[1]
        run(large, out, second, 1, "--set", "similarity.block=16")
        same(folder / "whole", out, f"kill -9 at {first} ranks, resumed at {second}")
    if caught == 0:
        sys.exit("no run was caught in the middle: the test shows nothing")

    out = folder / "stopped"
    code, middle = interrupt(large, out, 1, signal.SIGUSR1)
    if middle and code != 75:
        sys.exit(f"USR1 in the middle: exit {code}, expected 75")
    run(large, out, 2, 2, "--set", "similarity.block=16")
    same(folder / "whole", out, "stopped by USR1, resumed")

    message = run(data, folder / "base", 1, 1, "--set", "similarity.block=64", expect=2)
    if "512" not in message or "64" not in message:
        sys.exit(f"a changed option must be named with both values: {message}")

    block = folder / "base" / "similarity" / "block-000001.h5"
    content = bytearray(block.read_bytes())
    content[len(content) // 2] ^= 1
    block.write_bytes(content)
    (folder / "base" / "run.json").unlink()
    message = run(data, folder / "base", expect=2)
    if block.name not in message or "--repair" not in message:
        sys.exit(f"a damaged block must be named with its remedy: {message}")
    run(data, folder / "base", 2, 1, "--repair")
    same(folder / "ranks-1-threads-1", folder / "base", "a flipped bit, repaired")


with tempfile.TemporaryDirectory(prefix="meridian-") as name:
    main(pathlib.Path(name))
