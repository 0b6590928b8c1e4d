"""meridian permute as users run it: the same bytes at any ranks, resumed from units computed apart; exact p-values equal a slow twin's
count over the stored statistics; what is wrong is named. On synthetic answers."""
import csv
import filecmp
import os
import pathlib
import shlex
import shutil
import subprocess
import sys
import tempfile

EXE = os.environ["MERIDIAN_EXE"]
LAUNCH = shlex.split(os.environ["MERIDIAN_LAUNCH"])


def permute(run, test, *more, ranks=1, expect=0, analysis="rq1"):
    words = [EXE, "permute", "--run", str(run), "--analysis", analysis, "--test", test, *map(str, more)]
    done = subprocess.run((LAUNCH + [str(ranks)] if ranks > 1 else []) + words, capture_output=True, text=True, timeout=120)
    if done.returncode != expect:
        sys.exit(f"{test} {more}: exit {done.returncode}, expected {expect}\n{done.stderr}")
    return done.stderr


def require(condition, what):
    if not condition:
        sys.exit(f"FAILED  {what}")
    print(f"ok      {what}", flush=True)


def rows(folder):
    with open(folder / "permutation.csv", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def same(first, second, what):
    names = sorted(p.name for p in first.iterdir())
    require(names == sorted(p.name for p in second.iterdir()), f"{what}: the same files")
    require(filecmp.cmpfiles(first, second, names, shallow=False)[0] == names, f"{what}: the same bytes")


def main(scratch):
    run = scratch / "run"
    subprocess.run([EXE, "simulate", "--out", scratch / "data", "--surveys", "mfq2"], check=True, capture_output=True)
    subprocess.run([EXE, "replicate", "--config", "jobs/mfq2-rq1.ini", "--data", scratch / "data", "--out", run],
                   check=True, capture_output=True)
    folder, base = run / "resampling" / "rq1-permute-origin", scratch / "base"
    permute(run, "origin")
    shutil.copytree(folder, base)
    found = rows(base)
    require([row["term"] for row in found] == ["origin", "nation:origin"], "origin and its interaction are tested")
    require(all(row["method"] == "exact" and row["permutations"] == "184756" for row in found), "all C(20,10) are counted")
    require(all(abs(float(row["p_value"]) * 184756 - int(row["reached"])) < 1e-6 and int(row["reached"]) % 2 == 0
                for row in found), "p = b/m, and complements tie")
    for ranks in (2, 3, 5):
        shutil.rmtree(folder)
        permute(run, "origin", "--threads", 2, ranks=ranks)
        same(base, folder, f"{ranks} ranks x 2 threads")
    shutil.rmtree(folder)
    for first in (9, 0, 4):
        permute(run, "origin", "--units", f"{first}:{first + 3}")
    require(not (folder / "permutation.csv").exists(), "parts make no table")
    permute(run, "origin")
    same(base, folder, "after units computed apart")
    shutil.rmtree(folder)
    permute(run, "origin", "--limit", 1000, "--replicates", 20000)
    for exact, sampled in zip(found, rows(folder)):
        require(sampled["method"] == "Monte Carlo" and
                float(sampled["p_low"]) * 0.9 <= float(exact["p_value"]) <= float(sampled["p_high"]) * 1.1 + 1e-3,
                f"{exact['term']}: random permutations agree with all of them")
    require("resampling/rq1-permute-origin" in (run / "digest.txt").read_text() or
            "resampling/rq1-permute-origin" in (run / "digests.txt").read_text(), "the digest covers the tests")
    for words, part in ((("sideways",), "sideways"), (("language",), "language"), (("max-t",), "removal")):
        require(part in permute(run, *words, expect=2), f"{words[0]}: what is wrong is named")


with tempfile.TemporaryDirectory(prefix="meridian-") as name:
    main(pathlib.Path(name))
