"""meridian bootstrap and merge as users run them: equal bytes at any ranks x threads, after kill -9, from seven parts, after
an extension; a replicate alone; what is wrong is named. On synthetic answers. --full: every rank count,
fifty kills instead of five."""
import csv
import filecmp
import json
import os
import pathlib
import random
import shutil
import shlex
import signal
import subprocess
import sys
import tempfile
import time

EXE = os.environ["MERIDIAN_EXE"]
LAUNCH = shlex.split(os.environ["MERIDIAN_LAUNCH"])
FULL = bool(os.environ.get("MERIDIAN_FULL"))
KILLS = 50 if FULL else 5
OPTIONS = ["--analysis", "rq1", "--scheme", "two-way", "--seed", "5"]


def command(run, ranks, threads, *more):
    words = [EXE, "bootstrap", "--run", str(run), *OPTIONS, "--threads", str(threads), *map(str, more)]
    return (LAUNCH + [str(ranks)] + words) if ranks > 1 else words


def bootstrap(run, ranks=1, threads=1, *more, expect=0):
    done = subprocess.run(command(run, ranks, threads, *more), capture_output=True, text=True, timeout=300)
    if done.returncode != expect:
        sys.exit(f"{run} {ranks}x{threads} {more}: exit {done.returncode}, expected {expect}\n{done.stderr}")
    return done


def files(folder):
    return sorted(p.relative_to(folder) for p in folder.rglob("*") if p.is_file() and p.name != "lock.json")


def same(first, second, what):
    if files(first) != files(second) or not files(first):
        sys.exit(f"{what}: different files: {set(files(first)) ^ set(files(second))}")
    for name in files(first):
        if not filecmp.cmp(first / name, second / name, shallow=False):
            sys.exit(f"{what}: {name} differs")
    print(f"ok      {what}: {len(files(first))} files identical", flush=True)


def require(condition, what):
    if not condition:
        sys.exit(f"FAILED  {what}")
    print(f"ok      {what}", flush=True)


def ranks_and_threads(run, base, scratch):
    for ranks in (1, 2, 3, 5, 8) if FULL else (2, 5):
        for threads in (1, 2):
            out = scratch / f"r{ranks}t{threads}"
            bootstrap(run, ranks, threads, "--replicates", 700, "--bca", "--out", out)
            same(base, out, f"{ranks} ranks x {threads} threads")


def seven_parts(run, base, scratch):
    parts = [scratch / f"part-{task}" for task in range(7)]
    for task, part in enumerate(parts):
        bootstrap(run, 1, 1, "--replicates", 700, "--bca", "--units", f"{task}:{task + 1}", "--out", part)
    whole = scratch / "whole"
    gap = subprocess.run([EXE, "merge", "--into", scratch / "gap", parts[0], parts[2]], capture_output=True, text=True)
    require(gap.returncode == 2 and "no unit 1" in gap.stderr, "a gap between parts is named")
    subprocess.run([EXE, "merge", "--into", whole, *reversed(parts)], check=True, capture_output=True)
    same(base, whole, "seven parts merged in reverse")
    again = subprocess.run([EXE, "merge", "--into", whole, parts[3]], capture_output=True)
    require(again.returncode == 0, "merging a part twice changes nothing")
    same(base, whole, "after the second merge")
    foreign = scratch / "foreign"
    subprocess.run([EXE, "bootstrap", "--run", run, "--analysis", "rq1", "--scheme", "two-way", "--seed", "6",
                    "--replicates", "100", "--out", foreign], check=True, capture_output=True)
    refused = subprocess.run([EXE, "merge", "--into", whole, foreign], capture_output=True, text=True)
    require(refused.returncode == 2 and "seed" in refused.stderr, "parts of another seed are refused")
    into_run(shutil.copytree(run, scratch / "merged-run"), parts)


def into_run(run, parts):
    page, digest = run / "report/index.html", run / "digest.txt"
    before = page.read_bytes(), digest.read_text()
    merge = [EXE, "merge", "--into", run / "resampling/rq1-two-way", *parts]
    subprocess.run([*merge, "--skip-report"], check=True, capture_output=True)
    require(page.read_bytes() == before[0] and digest.read_text() != before[1], "the digest follows a merge, the page waits")
    subprocess.run(merge, check=True, capture_output=True)
    require(page.read_bytes() != before[0], "the page follows too")


def killed(run, base, scratch):
    generator = random.Random(7)
    caught = 0
    for attempt in range(KILLS):
        out = scratch / f"killed-{attempt}"
        first, second = generator.choice((1, 2, 3)), generator.choice((1, 2, 3, 5))
        process = subprocess.Popen(command(run, first, 1, "--replicates", 3000, "--out", out), start_new_session=True,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not list(out.glob("replicates-*.h5")) and process.poll() is None:
            time.sleep(0.002)
        time.sleep(generator.uniform(0, 0.2))
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        caught += 0 < len(list(out.glob("replicates-*.h5"))) < 30
        bootstrap(run, second, 1, "--replicates", 3000, "--out", out)
        same(base, out, f"kill -9 at {first} ranks, resumed at {second}")
    require(caught > 0, f"{caught} of {KILLS} runs were caught in the middle")


def stopped(run, base, scratch):
    out = scratch / "stopped"
    done = bootstrap(run, 2, 1, "--replicates", 3000, "--max-time", 0.0001, "--out", out, expect=75)
    require("same command again" in done.stderr, "a stop after --max-time says how to go on")
    text = bootstrap(run, 1, 1, "--so-far", "--out", out).stdout
    require("replicates so far" in text and "fixed effect: nation" in text, "partial results can be read")
    bootstrap(run, 3, 2, "--replicates", 3000, "--out", out)
    same(base, out, "stopped, then finished")


def one_replicate(run, base):
    lines = bootstrap(run, 1, 1, "--replicate", 471).stdout.splitlines()
    values = dict(line.split("\t") for line in lines)
    reader = "import h5py, sys; print(*[repr(float(v)) for v in h5py.File(sys.argv[1])['replicates'][:, 471]])"
    stored = subprocess.run(["/usr/bin/python3", "-c", reader, base / "replicates.h5"], capture_output=True, text=True)
    require(stored.returncode == 0, "the replicates can be read by h5py")
    names, column = list(values), [float(value) for value in stored.stdout.split()]
    different = [name for name, value in zip(names, column) if float(values[name]) != value and value == value]
    require(len(values) == len(column) and not different, f"replicate 471 alone has the {len(values)} stored values")


def in_the_run(run, scratch):
    before = (run / "digest.txt").read_text()
    bootstrap(run, 2, 1, "--replicates", 300)
    folder = run / "resampling" / "rq1-two-way"
    page = (run / "report" / "index.html").read_text()
    require("two-way" in page and (folder / "intervals.json").exists(), "the report of the run shows the intervals")
    require((run / "digest.txt").read_text() != before, "the digest covers the replicates")
    require(json.loads((run / "run.json").read_text())["digest"] == (run / "digest.txt").read_text().split()[0],
            "run.json has the digest")
    old = {p.name: p.stat().st_mtime_ns for p in folder.glob("replicates-*.h5")}
    bootstrap(run, 1, 1, "--replicates", 500)
    new = {p.name: p.stat().st_mtime_ns for p in folder.glob("replicates-*.h5")}
    require(len(old) == 3 and len(new) == 5 and all(new[name] == old[name] for name in old), "500 after 300 computes two units")
    rows = list(csv.DictReader((folder / "intervals.csv").open()))
    nation = next(row for row in rows if row["quantity"] == "fixed effect" and row["name"] == "nation")
    require(float(nation["percentile_low"]) < float(nation["estimate"]) < float(nation["percentile_high"]) and
            nation["model_low"] and nation["studentized_low"] and int(nation["n"]) == 500, "intervals hold the estimate")
    damaged = folder / "replicates-000001.h5"
    content = bytearray(damaged.read_bytes())
    content[len(content) // 2] ^= 1
    damaged.write_bytes(content)
    message = bootstrap(run, 1, 1, "--replicates", 500, expect=2).stderr
    require(damaged.name in message and "--repair" in message, "a damaged unit is named with its remedy")
    bootstrap(run, 1, 1, "--replicates", 500, "--repair")
    message = bootstrap(run, 1, 1, "--replicates", 500, "--contrast", "x = nation", expect=2).stderr
    require("contrasts" in message, "other options are refused by name")


def broken(run):
    cases = [(["--scheme", "poeple"], "poeple"), (["--analysis", "rq9"], "rq9"), (["--replicates", "0"], "--replicates"),
             (["--units", "3:1"], "3:1"), (["--draws", "half"], "half"), (["--contrast", "x = natoin"], "natoin"),
             (["--run", "nowhere"], "nowhere"), (["--scheme", "parametric", "--bca", "--out", "bca"], "parametric")]
    for words, part in cases:
        base = [EXE, "bootstrap", "--run", str(run), "--analysis", "rq1"]
        for option in ("--run", "--analysis"):
            if option in words:
                at = base.index(option)
                del base[at:at + 2]
        done = subprocess.run(base + words, capture_output=True, text=True, timeout=60, cwd=run)
        require(done.returncode == 2 and part in done.stderr, f"{' '.join(words)}: named")


def own_table(scratch):
    words = [EXE, "bootstrap", "--table", "tests/oracle/data/public/Penicillin.csv", "--formula",
             "diameter ~ 1 + (1 | plate) + (1 | sample)", "--replicates", "300"]
    for scheme, more in (("people", []), ("parametric", []), ("two-way", ["--columns", "sample"])):
        out = scratch / f"table-{scheme}"
        subprocess.run([*words, "--scheme", scheme, "--out", out, *more], check=True, capture_output=True)
        rows = list(csv.DictReader((out / "intervals.csv").open()))
        mean = next(row for row in rows if row["quantity"] == "fixed effect")
        require(abs(float(mean["estimate"]) - 22.97222222) < 1e-6 and  # lme4's
                float(mean["percentile_low"]) < 22.972 < float(mean["percentile_high"]), f"a table of one's own, {scheme}")
    done = subprocess.run([*words, "--scheme", "models", "--out", scratch / "none"], capture_output=True, text=True)
    require(done.returncode == 2 and "--columns" in done.stderr, "columns to draw must be named")


def main(scratch):
    own_table(scratch)
    run = scratch / "run"
    subprocess.run([EXE, "simulate", "--out", scratch / "data", "--surveys", "mfq2"], check=True, capture_output=True)
    subprocess.run([EXE, "replicate", "--config", "jobs/mfq2-rq1.ini", "--data", scratch / "data", "--out", run],
                   check=True, capture_output=True)
    base, long = scratch / "base", scratch / "long"
    bootstrap(run, 1, 1, "--replicates", 700, "--bca", "--out", base)
    bootstrap(run, 1, 1, "--replicates", 3000, "--out", long)
    broken(run)
    one_replicate(run, base)
    ranks_and_threads(run, base, scratch)
    seven_parts(run, base, scratch)
    killed(run, long, scratch)
    stopped(run, long, scratch)
    in_the_run(run, scratch)


with tempfile.TemporaryDirectory(prefix="meridian-") as name:
    main(pathlib.Path(name))
