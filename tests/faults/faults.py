"""What breaks under a run, and how it ends: in the same digest after the same command again, or in one message with file and remedy.
faults.py CASE [SEEDS]; exit code 77: this machine cannot make the fault."""
import os
import random
import shutil
import signal
import subprocess
import sys

from command_test import command, files, main, meridian, refused, run, same_files, skip
from running_command import Running

# Without these a rank that is killed could leave its siblings waiting longer than the test has.
os.environ["MERIDIAN_SILENT_SECONDS"] = "20"
SEEDS = int(sys.argv[2]) if len(sys.argv) > 2 else 5


def one_error(message, *parts, ranks=1):
    """The parts in one line, or in one of each rank that met the fault by itself."""
    lines = [line for line in message.splitlines() if "error:" in line]
    assert 1 <= len(lines) <= ranks and all(part in line for part in parts for line in lines), (parts, message)


class Study:
    """A synthetic study, its undisturbed run and bootstrap, and the words that make them."""

    def __init__(self, folder, people=3000):
        self.data, self.whole = folder / "data", folder / "whole"
        meridian("simulate", "--out", self.data, "--surveys", "mfq2", "--people-china", people, "--people-usa", people)
        meridian(*self.replicate(self.whole))

    def replicate(self, out, *more):
        return ["replicate", "--config", "jobs/mfq2-rq1.ini", "--data", self.data, "--set", "similarity.block=64", "--out", out, *more]

    def bootstrap(self, out):
        return ["bootstrap", "--run", out, "--analysis", "rq1", "--scheme", "two-way", "--replicates", 2000]

    def same(self, out):
        same_files(out, self.whole, ["digest.txt"])


def with_memory_disk(folder, megabytes, test):
    """A file system of its own, as small as asked for; needs root."""
    folder.mkdir()
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder],
                                           capture_output=True).returncode != 0:
        skip("mounting a file system needs root")
    try:
        test(folder)
    finally:
        run(["umount", "--lazy", folder])


def remount(folder, options):
    run(["mount", "-o", "remount," + options, folder])


def disk_full(folder):
    """One rank and three meet a full disk; enlarged, the run goes on."""
    study = Study(folder)

    def test(disk):
        for ranks in (1, 3):
            out = disk / f"run-{ranks}"
            one_error(meridian(*study.replicate(out), ranks=ranks, expect=2).stderr, "No space left", "--out", ranks=ranks)
            remount(disk, "size=200m")
            meridian(*study.replicate(out), ranks=2)
            study.same(out)
            shutil.rmtree(out)
            remount(disk, "size=2m")

    with_memory_disk(folder / "disk", 2, test)


def read_only(folder):
    """A folder in which nothing can be written, then writable again."""
    study = Study(folder, 300)

    def test(disk):
        out = disk / "run"
        meridian(*study.replicate(out))
        (out / "run.json").unlink()
        remount(disk, "ro")
        refused(study.replicate(out), str(out), "Read-only", "--out")
        refused(study.replicate(disk / "other"), "Read-only", "--out", ranks=2)
        refused([*study.bootstrap(study.whole), "--out", disk / "boot"], "Read-only")
        remount(disk, "rw")
        meridian(*study.replicate(out))
        study.same(out)

    with_memory_disk(folder / "disk", 50, test)


def two_jobs(folder):
    """A second job in the same folder is told who owns it; the first one goes on."""
    study = Study(folder)
    out = folder / "run"
    first = Running(*study.replicate(out), ranks=2)
    first.wait_for((out / "lock.json").exists)
    first.freeze()  # stays the owner for as long as we like
    refused(study.replicate(out), os.uname().nodename, "process")
    first.thaw()
    assert first.end() == 0, first.said()
    study.same(out)


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


def damaged_files(folder):
    """Every kind of file of a run, damaged in every way: whoever reads it names it, or makes it again; the numbers stay."""
    study, generator = Study(folder, 200), random.Random(20261121)
    kinds = kinds_of_files(study.whole)
    assert {"manifest.json", "all.h5", "run.json", "digest.txt", "findings.json"} <= {name.name for name in kinds}, kinds
    for name in kinds:
        content = (study.whole / name).read_bytes()
        for how, damaged in damages(content, generator).items():
            out = folder / "run"
            shutil.copytree(study.whole, out)
            (out / name).write_bytes(damaged)
            if name.name != "run.json":
                (out / "run.json").unlink()  # not finished: everything that is there is read again
            repaired(study, out)
            study.same(out)
            shutil.rmtree(out)
            print(f"ok      {name}, {how}", flush=True)


def repaired(study, out):
    """The same command again, as its message says if there is one."""
    done = subprocess.run(command(*study.replicate(out)), capture_output=True, text=True, timeout=300)
    assert done.returncode in (0, 2), done
    if done.returncode == 2:
        one_error(done.stderr, str(out))
        meridian(*study.replicate(out, "--repair" if "--repair" in done.stderr else "--fresh"))


def a_rank_killed(words, generator, out, pattern, after, of):
    """One of three ranks, when `after` of `of` files are there."""
    def found():
        return len(list(out.glob(pattern)))

    running = Running(*words, ranks=3)
    running.wait_for(lambda: len(running.ranks()) == 3 and found() >= after)
    running.freeze()
    assert found() < of, (found(), of)
    os.kill(generator.choice(running.ranks()), signal.SIGKILL)
    running.thaw()
    assert running.end(timeout=120) != 0, running.said()


def killed_ranks(folder):
    """In the run and in the bootstrap, at any moment of their work; resumed at any number of ranks."""
    study = Study(folder)
    meridian(*study.bootstrap(study.whole))
    blocks, batches = (len(files(study.whole, pattern)) for pattern in ("block-*.h5", "replicates-*.h5"))
    for seed in range(SEEDS):
        generator, out = random.Random(seed), folder / f"seed-{seed}"
        a_rank_killed(study.replicate(out), generator, out, "similarity/block-*.h5", generator.randrange(blocks // 2), blocks)
        meridian(*study.replicate(out), ranks=generator.choice([1, 2, 3, 5]))
        a_rank_killed(study.bootstrap(out), generator, out, "resampling/*/replicates-*.h5", generator.randrange(batches // 2), batches)
        meridian(*study.bootstrap(out), ranks=generator.choice([1, 2, 3, 5]))
        study.same(out)
        shutil.rmtree(out)
        print(f"ok      seed {seed}", flush=True)


CASES = {case.__name__: case for case in (disk_full, read_only, two_jobs, damaged_files, killed_ranks)}
main(CASES[sys.argv[1]])
