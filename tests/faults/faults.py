"""What breaks under a run, and how it ends: in the same digest after the same command again, or in one message with file and remedy.
faults.py CASE [SEEDS]; run as ctest does, with MERIDIAN_EXE and MERIDIAN_LAUNCH. Exit code 77: this machine cannot make the fault."""
import os
import pathlib
import random
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time

EXE = os.environ["MERIDIAN_EXE"]
LAUNCH = shlex.split(os.environ["MERIDIAN_LAUNCH"])
# Without these a rank that is killed could leave its siblings waiting longer than the test has.
ENVIRONMENT = {**os.environ, "MERIDIAN_SILENT_SECONDS": "20"}


def fail(what, detail=""):
    sys.exit(f"FAILED  {what}\n{detail}")


def ok(what):
    print(f"ok      {what}", flush=True)


def start(words, ranks):
    return subprocess.Popen((LAUNCH + [str(ranks)] if ranks > 1 else []) + [EXE, *map(str, words)], text=True,
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=ENVIRONMENT, start_new_session=True)


def run(words, ranks=1, expect=0):
    process = start(words, ranks)
    message = process.communicate(timeout=300)[1]
    if process.returncode != expect:
        fail(f"{' '.join(map(str, words[:3]))}: exit code {process.returncode}, expected {expect}", message)
    return message


def one_error(message, *parts, ranks=1):
    """One line, or one of each rank that met the fault by itself."""
    lines = [line for line in message.splitlines() if "error:" in line]
    if not 1 <= len(lines) <= ranks or any(part not in line for part in parts for line in lines):
        fail(f"expected one error naming {parts}", message)


class Study:
    """A synthetic study, its undisturbed run and bootstrap, and the words that make them."""

    def __init__(self, folder, people=3000):
        self.data, self.whole = folder / "data", folder / "whole"
        run(["simulate", "--out", self.data, "--surveys", "mfq2", "--people-china", people, "--people-usa", people])
        run(self.replicate(self.whole))

    def replicate(self, out, *more):
        return ["replicate", "--config", "jobs/mfq2-rq1.ini", "--data", self.data, "--set", "similarity.block=64", "--out", out, *more]

    def bootstrap(self, out):
        return ["bootstrap", "--run", out, "--analysis", "rq1", "--scheme", "two-way", "--replicates", 2000]

    def same(self, out, what):
        if (out / "digest.txt").read_text() != (self.whole / "digest.txt").read_text():
            fail(f"{what}: another digest")
        ok(what)


def with_memory_disk(folder, megabytes, test):
    """A file system of its own, as small as asked for; needs root."""
    folder.mkdir()
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder],
                                           capture_output=True).returncode != 0:
        print("skipped: mounting a file system needs root")
        sys.exit(77)
    try:
        test(folder)
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def remount(folder, options):
    subprocess.run(["mount", "-o", "remount," + options, folder], check=True)


def disk_full(folder, _):
    study = Study(folder)

    def test(disk):
        for ranks in (1, 3):
            out = disk / f"run-{ranks}"
            one_error(run(study.replicate(out), ranks, expect=2), "No space left", "--out", ranks=ranks)
            remount(disk, "size=200m")
            run(study.replicate(out), 2)
            study.same(out, f"disk full at {ranks} ranks, then enlarged")
            shutil.rmtree(out)
            remount(disk, "size=2m")

    with_memory_disk(folder / "disk", 2, test)


def read_only(folder, _):
    study = Study(folder, 300)

    def test(disk):
        out = disk / "run"
        run(study.replicate(out))
        (out / "run.json").unlink()
        remount(disk, "ro")
        one_error(run(study.replicate(out), expect=2), str(out), "Read-only", "--out")
        one_error(run(study.replicate(disk / "other"), 2, expect=2), "Read-only", "--out")
        one_error(run(study.bootstrap(study.whole) + ["--out", disk / "boot"], expect=2), "Read-only")
        remount(disk, "rw")
        run(study.replicate(out))
        study.same(out, "a read-only folder, then writable again")

    with_memory_disk(folder / "disk", 50, test)


def two_jobs(folder, _):
    study = Study(folder)
    out = folder / "run"
    first = start(study.replicate(out), 2)
    while not (out / "lock.json").exists() and first.poll() is None:
        time.sleep(0.002)
    owners = ranks_of(first)
    for rank in owners:
        os.kill(rank, signal.SIGSTOP)  # stays the owner for as long as we like
    try:
        one_error(run(study.replicate(out), expect=2), os.uname().nodename, "process")
    finally:
        for rank in owners:
            os.kill(rank, signal.SIGCONT)
    first.communicate(timeout=300)
    if first.returncode != 0:
        fail(f"the owner of the folder ended with {first.returncode}")
    study.same(out, "a second job in the same folder is told who owns it, the first one goes on")


def damages(content, generator):
    """A truncated file, an empty one, and one with a flipped bit."""
    flipped = bytearray(content)
    if flipped:
        flipped[generator.randrange(len(flipped))] ^= 1 << generator.randrange(8)
    return {"truncated": content[: generator.randrange(max(1, len(content)))], "empty": b"", "flipped": bytes(flipped)}


def kinds_of_files(run_folder):
    """Every file at the top, and of each folder below one of each ending; the report is made anew anyway."""
    kinds = {}
    for path in sorted(run_folder.rglob("*")):
        name = path.relative_to(run_folder)
        if path.is_file() and name.parts[0] != "report":
            kinds.setdefault(name if len(name.parts) == 1 else (name.parts[0], name.name.split("-")[0], name.suffix)
                             if name.parts[0] == "similarity" else (name.parts[0], name.suffix), name)
    return list(kinds.values())


def damaged_files(folder, _):
    """Every kind of file of a run, damaged in every way: whoever reads it names it, or makes it again; the numbers stay."""
    study, generator = Study(folder, 200), random.Random(20261121)
    kinds = kinds_of_files(study.whole)
    if not {"manifest.json", "all.h5", "run.json", "digest.txt", "findings.json"} <= {name.name for name in kinds}:
        fail(f"too few kinds of files: {kinds}")
    for name in kinds:
        content = (study.whole / name).read_bytes()
        for how, damaged in damages(content, generator).items():
            out = folder / "run"
            shutil.copytree(study.whole, out)
            (out / name).write_bytes(damaged)
            if name.name != "run.json":
                (out / "run.json").unlink()  # not finished: everything that is there is read again
            process = start(study.replicate(out), 1)
            message = process.communicate(timeout=300)[1]
            if process.returncode == 2:
                one_error(message, str(out))
                repair = ["--repair"] if "--repair" in message else ["--fresh"]
                run(study.replicate(out, *repair))
            elif process.returncode != 0:
                fail(f"{name} {how}: exit code {process.returncode}", message)
            study.same(out, f"{name}, {how}")
            shutil.rmtree(out)


def ranks_of(process):
    """Process numbers of the copies below a launcher."""
    listed = subprocess.run(["ps", "-o", "pid=,comm=", "--ppid", str(process.pid)], capture_output=True, text=True).stdout
    return [int(line.split()[0]) for line in listed.splitlines() if line.split()[1] == pathlib.Path(EXE).name]


def kill_a_rank(words, seconds, generator):
    """True if one of three ranks was killed while they worked."""
    process = start(words, 3)
    time.sleep(seconds)
    ranks = ranks_of(process)
    killed = process.poll() is None and bool(ranks)
    if killed:
        os.kill(generator.choice(ranks), signal.SIGKILL)
    process.communicate(timeout=120)
    return killed and process.returncode != 0


def timed(words, ranks):
    begin = time.monotonic()
    run(words, ranks)
    return time.monotonic() - begin


def killed_ranks(folder, seeds):
    study = Study(folder)
    folder_of = lambda out: out / "resampling" / "rq1-two-way"
    run(study.bootstrap(study.whole))
    whole_run, whole_bootstrap = timed(study.replicate(folder / "first"), 3), timed(study.bootstrap(folder / "first"), 3)
    caught = 0
    for seed in range(seeds):
        generator, out = random.Random(seed), folder / f"seed-{seed}"
        caught += kill_a_rank(study.replicate(out), whole_run * generator.random(), generator)
        run(study.replicate(out), generator.choice([1, 2, 3, 5]))
        caught += kill_a_rank(study.bootstrap(out), whole_bootstrap * generator.random(), generator)
        run(study.bootstrap(out), generator.choice([1, 2, 3, 5]))
        study.same(out, f"seed {seed}: a rank killed in the run and in the bootstrap")
        shutil.rmtree(out)
    if caught < seeds / 4:
        fail(f"only {caught} of {2 * seeds} kills met a working rank: the test shows nothing")
    ok(f"{caught} of {2 * seeds} kills met a working rank")


if __name__ == "__main__":
    cases = {"disk_full": disk_full, "read_only": read_only, "two_jobs": two_jobs, "damaged_files": damaged_files,
             "killed_ranks": killed_ranks}
    with tempfile.TemporaryDirectory(prefix="meridian-") as name:
        cases[sys.argv[1]](pathlib.Path(name), int(sys.argv[2]) if len(sys.argv) > 2 else 5)
