"""Scheme items: the removal variants are its replicates, and its errors those of the jackknife over them."""
import csv
import math
import os
import pathlib
import subprocess
import sys
import tempfile

EXE = os.environ["MERIDIAN_EXE"]
FOUNDATIONS = 6
T5 = 2.5705818356363155  # Student's t, 5 degrees of freedom, .975
JOB = """[study]
title = items as a sample
survey = MFQ2
items = {items}
[people]
format = mfq2
file = Data/MFQ2/human_mfq_responses.csv
[models]
models = Data/MFQ2/llm_mfq_responses.csv
[whole]
pairing = own
personas = none
formula = cosine ~ nation*origin + (1|llm) + (1|participant)
[removal]
pairing = own
personas = none
removed = dimensions
formula = cosine ~ nation*origin + (1|llm) + (1|participant)
bootstrap = items
"""


def require(condition, what):
    if not condition:
        sys.exit(f"FAILED  {what}")
    print(f"ok      {what}", flush=True)


def meridian(*words, expect=0):
    done = subprocess.run([EXE, *map(str, words)], capture_output=True, text=True, timeout=120)
    if done.returncode != expect:
        sys.exit(f"{words}: exit {done.returncode}, expected {expect}\n{done.stderr}")
    return done


def rows(file):
    return list(csv.DictReader(file.open()))


def is_the_jackknife(run):
    """By its definition, from the gaps without each part that another scheme tells."""
    other = rows(run / "resampling" / "removal-people" / "estimates.csv")
    gap = next(r for r in other if r["quantity"] == "gap" and r["name"].startswith("all models"))
    without = [float(r["estimate"]) for r in other if r["quantity"] == "gap without"]
    mean = sum(without) / len(without)
    error = math.sqrt((FOUNDATIONS - 1) / FOUNDATIONS * sum((value - mean) ** 2 for value in without))
    own = next(r for r in rows(run / "resampling" / "removal-items" / "intervals.csv") if r["name"] == gap["name"])
    estimate = float(gap["estimate"])
    require(len(without) == FOUNDATIONS and error > 0, "six foundations are left out in turn")
    for name, value in (("estimate", estimate), ("std_error", error), ("bias", 5 * (mean - estimate)),
                        ("jackknife_low", estimate - T5 * error), ("jackknife_high", estimate + T5 * error),
                        ("smallest", min(without)), ("largest", max(without))):
        require(abs(float(own[name]) - value) < 1e-12, f"{name} of the gap is {value:.6f}")


def ranks_have_a_range(run):
    ranks = [r for r in rows(run / "resampling" / "removal-items" / "intervals.csv") if r["quantity"] == "rank"]
    require(len(ranks) == 40 and all(r["std_error"] == "" and 1 <= float(r["smallest"]) <= float(r["largest"]) <= 20
                                     for r in ranks), "ranks have a range and no error")


def what_makes_no_sense(run):
    cases = [(["--analysis", "whole"], "removed = items"), (["--seed", "4"], "--seed"), (["--replicates", "9"], "--replicates"),
             (["--bca"], "--bca"), (["--draws", "all"], "--draws"), (["--contrast", "x = nation"], "--contrast"),
             (["--replicate", "6"], "0 to 5")]
    for words, part in cases:
        analysis = [] if "--analysis" in words else ["--analysis", "removal"]
        done = meridian("bootstrap", "--run", run, *analysis, "--scheme", "items", *words, expect=2)
        require(part in done.stderr, f"{' '.join(words)}: named")
    require(not list((run / "resampling").glob("whole-*/*.csv")), "nothing is written when it is refused")


def main(scratch):
    (scratch / "job.ini").write_text(JOB.format(items=pathlib.Path("data/items/mfq2.csv").resolve()))
    run = scratch / "run"
    meridian("simulate", "--out", scratch / "data", "--surveys", "mfq2")
    meridian("replicate", "--config", scratch / "job.ini", "--data", scratch / "data", "--out", run)
    require((run / "resampling" / "removal-items" / "intervals.csv").exists(), "a job can ask for the scheme")
    meridian("bootstrap", "--run", run, "--analysis", "removal", "--scheme", "people", "--replicates", 100)
    is_the_jackknife(run)
    ranks_have_a_range(run)
    before = (run / "resampling" / "removal-items" / "replicates-000000.h5").read_bytes()
    again = scratch / "again"
    meridian("bootstrap", "--run", run, "--analysis", "removal", "--scheme", "items", "--out", again)
    require((again / "replicates-000000.h5").read_bytes() == before, "the command gives the job's bytes")
    meridian("merge", "--into", scratch / "merged", again)
    require((scratch / "merged" / "intervals.csv").read_bytes() == (again / "intervals.csv").read_bytes(), "parts merge")
    what_makes_no_sense(run)


with tempfile.TemporaryDirectory(prefix="meridian-") as name:
    main(pathlib.Path(name))
