"""meridian power as users run it: a stated model and an analysis of a run; the same bytes at any ranks and after growing; errors named."""
import csv
import os
import pathlib
import shlex
import subprocess
import sys
import tempfile

EXE = os.environ["MERIDIAN_EXE"]
LAUNCH = shlex.split(os.environ["MERIDIAN_LAUNCH"])


def power(*words, ranks=1, expect=0):
    done = subprocess.run((LAUNCH + [str(ranks)] if ranks > 1 else []) + [EXE, "power", *map(str, words)],
                          capture_output=True, text=True, timeout=120)
    if done.returncode != expect:
        sys.exit(f"{words}: exit {done.returncode}, expected {expect}\n{done.stderr}")
    return done.stderr


def require(condition, what):
    if not condition:
        sys.exit(f"FAILED  {what}")
    print(f"ok      {what}", flush=True)


def rows(folder):
    with open(folder / "tables/power/power.csv", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def digest(folder):
    return (folder / "digest.txt").read_text()


def stated(scratch):
    model, grid = ("--model", "jobs/power.ini"), ("--models", "5,10", "--people", "100,400", "--replicates", 200)
    base = scratch / "base"
    power(*model, *grid, "--out", base)
    found = rows(base)
    require(len(found) == 12 and {row["people"] for row in found} == {"200", "800"}, "one row per point and effect")
    require({row["models"] for row in found} == {"10", "20"}, "models are counted in all")
    nation = [row for row in found if row["term"] == "nation"]
    require(all(float(row["power"]) > 0.99 for row in nation), "a large effect is found always")
    require(all(abs(float(row["coverage"]) - 0.95) < 0.05 for row in found), "95 % limits hold the truth that often")
    require((base / "report/index.html").exists() and (base / "report/figures").exists(), "there is a report with figures")
    for ranks in (2, 3):
        power(*model, *grid, "--threads", 2, "--out", scratch / f"ranks{ranks}", ranks=ranks)
        require(digest(scratch / f"ranks{ranks}") == digest(base), f"{ranks} ranks: the same bytes")
    grown = scratch / "grown"
    power(*model, *grid[:-1], 100, "--out", grown)
    power(*model, *grid, "--out", grown)
    require(digest(grown) == digest(base), "100 replicates and then 200 are 200")
    power(*model, *grid, "--seed", 2, "--out", base, expect=2)
    power(*model, "--replicates", 100, "--terms", "origin", "--effect", "origin=0", "--out", base, "--fresh")
    require([row["term"] for row in rows(base)] == ["origin"], "--fresh starts again, with the effects asked for")


def of_run(scratch):
    run = scratch / "run"
    subprocess.run([EXE, "simulate", "--out", scratch / "data", "--surveys", "mfq2"], check=True, capture_output=True)
    subprocess.run([EXE, "replicate", "--config", "jobs/mfq2-rq1.ini", "--data", scratch / "data", "--out", run],
                   check=True, capture_output=True)
    power("--run", run, "--analysis", "rq1", "--replicates", 100, "--out", scratch / "planned")
    with open(run / "models/rq1/coefficients.csv", encoding="utf-8") as stream:
        fitted = {row["term"]: row for row in csv.DictReader(stream)}
    for row in rows(scratch / "planned"):
        own = fitted[row["term"]]
        require(float(row["truth"]) == float(own["estimate"]), f"{row['term']}: the truth is the estimate")
        require(abs(float(row["std_error"]) / float(own["std_error"]) - 1) < 0.15, f"{row['term']}: of the fit's precision")
    power("--run", run, "--analysis", "rq1", "--replicates", 100, "--iterations", "5,20", "--noise-share", 0.05,
          "--out", scratch / "noisy")
    noisy = [row for row in rows(scratch / "noisy") if row["term"] == "nation"]
    require(abs(float(noisy[0]["truth"])) < abs(float(noisy[1]["truth"])), "fewer iterations shrink the effect")
    return run


def errors(run):
    model = ("--model", "jobs/power.ini")
    for words, part in (((), "--model"), ((*model, "--run", run), "both"), (("--run", run), "--analysis"),
                        ((*model, "--analysis", "rq1"), "--analysis"), ((*model, "--people", "ten"), "'ten'"),
                        ((*model, "--models", "1"), "'1'"), ((*model, "--alpha", 2), "--alpha"),
                        ((*model, "--terms", "nobody"), "nation:origin"), ((*model, "--effect", "nation"), "NAME=NUMBER"),
                        ((*model, "--sd", "llm.age=1"), "participant.origin"), ((*model, "--ddf", "many"), "kenward-roger"),
                        (("--run", run, "--analysis", "rq9"), "rq9"),
                        (("--run", run, "--analysis", "rq1", "--iterations", 5), "--noise-share")):
        require(part in power(*words, expect=2), f"{' '.join(map(str, words[-2:]))}: what is wrong is named")


with tempfile.TemporaryDirectory(prefix="meridian-") as name:
    stated(pathlib.Path(name))
    errors(of_run(pathlib.Path(name)))
