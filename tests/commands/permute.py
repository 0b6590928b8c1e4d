"""meridian permute as users run it: the same bytes at any ranks, from seven parts, after kill -9; exact p-values equal a slow
twin's count over the stored statistics; what is wrong is named. On synthetic answers. --full: every rank count and fifty kills."""
import csv
import filecmp
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
FULL = bool(os.environ.get("MERIDIAN_FULL"))
JOB = """[study]
title = a job with permutation tests
survey = MFQ2
items = {items}
[people]
format = mfq2
file = Data/MFQ2/human_mfq_responses.csv
[models]
models = Data/MFQ2/llm_mfq_responses.csv
[removal]
pairing = own
personas = none
removed = dimensions
formula = cosine ~ nation*origin + (nation+1|llm) + (origin+1|participant)
permute = max-t nation-with-language
replicates = 300
"""


def command(run, test, *more, ranks=1, analysis="rq1"):
    words = [EXE, "permute", "--run", str(run), "--analysis", analysis, "--test", test, *map(str, more)]
    return (LAUNCH + [str(ranks)] if ranks > 1 else []) + words


def permute(run, test, *more, ranks=1, expect=0, analysis="rq1"):
    done = subprocess.run(command(run, test, *more, ranks=ranks, analysis=analysis), capture_output=True, text=True, timeout=300)
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
    names, others = (sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file() and p.name != "lock.json")
                     for folder in (first, second))
    require(names == others, f"{what}: the same files")
    require(filecmp.cmpfiles(first, second, names, shallow=False)[0] == names, f"{what}: the same bytes")


def exact_origin(run, scratch):
    folder, base = run / "resampling" / "rq1-permute-origin", scratch / "base"
    permute(run, "origin")
    permute(run, "origin", "--out", base)
    require(filecmp.cmp(folder / "permutation.csv", base / "permutation.csv", shallow=False), "--out says where")
    found = rows(base)
    require([row["term"] for row in found] == ["origin", "nation:origin"], "origin and its interaction are tested")
    require(all(row["method"] == "exact" and row["permutations"] == "184756" for row in found), "all C(20,10) are counted")
    require(all(abs(float(row["p_value"]) * 184756 - int(row["reached"])) < 1e-6 and int(row["reached"]) % 2 == 0
                for row in found), "p = b/m, and complements tie")
    for ranks in (1, 2, 3, 5, 8) if FULL else (3,):
        for threads in (1, 2):
            out = scratch / f"r{ranks}t{threads}"
            permute(run, "origin", "--threads", threads, "--out", out, ranks=ranks)
            same(base, out, f"{ranks} ranks x {threads} threads")
    permute(run, "origin", "--limit", 1000, "--replicates", 20000, "--out", scratch / "sampled")
    for exact, sampled in zip(found, rows(scratch / "sampled")):
        require(sampled["method"] == "Monte Carlo" and
                float(sampled["p_low"]) * 0.9 <= float(exact["p_value"]) <= float(sampled["p_high"]) * 1.1 + 1e-3,
                f"{exact['term']}: random permutations agree with all of them")
    require("resampling/rq1-permute-origin" in (run / "digests.txt").read_text(), "the digest covers the tests")
    return base, found


def seven_parts(run, base, scratch):
    parts = [scratch / f"part-{task}" for task in range(7)]
    for task, part in enumerate(parts):
        permute(run, "origin", "--units", f"{2 * task}:{2 * task + 2}", "--out", part)
        require(not (part / "permutation.csv").exists(), f"part {task} makes no table")
    whole = scratch / "whole"
    gap = subprocess.run([EXE, "merge", "--into", scratch / "gap", parts[0], parts[2]], capture_output=True, text=True)
    require(gap.returncode == 2 and "no unit 2" in gap.stderr, "a gap between parts is named")
    subprocess.run([EXE, "merge", "--into", whole, *reversed(parts)], check=True, capture_output=True)
    same(base, whole, "seven parts merged in reverse")
    single, half = scratch / "single", [scratch / "half-0", scratch / "half-1"]
    drawn = ("--refit", "--limit", 0, "--replicates", 700, "--threads", 2)
    permute(run, "origin", *drawn, "--out", single)
    for task, part in enumerate(half):
        permute(run, "origin", *drawn, "--units", f"{task}:{task + 1}", "--out", part)
    subprocess.run([EXE, "merge", "--into", scratch / "both", "--replicates", "700", *half], check=True, capture_output=True)
    same(single, scratch / "both", "700 refits of two parts")


def killed(run, scratch):
    generator = random.Random(11)
    words = ("--refit", "--limit", 0, "--replicates", 8000)
    base, caught = scratch / "refits", 0
    permute(run, "origin", *words, "--out", base, ranks=2)
    for attempt in range(50 if FULL else 5):
        out = scratch / f"killed-{attempt}"
        process = subprocess.Popen(command(run, "origin", *words, "--out", out, ranks=generator.choice((1, 2, 3))),
                                   start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not list(out.glob("replicates-*.h5")) and process.poll() is None:
            time.sleep(0.002)
        time.sleep(generator.uniform(0, 0.3))
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        caught += 0 < len(list(out.glob("replicates-*.h5"))) < 16
        permute(run, "origin", *words, "--out", out, ranks=generator.choice((1, 2, 3, 5)))
        same(base, out, f"killed, attempt {attempt}")
        shutil.rmtree(out)
    require(caught > 0, f"{caught} runs were caught in the middle")


def refits_agree(run, found):
    permute(run, "origin", "--refit", "--limit", 0, "--replicates", 2000, "--threads", 2)
    for units, refitted in zip(found, rows(run / "resampling" / "rq1-permute-origin-refit")):
        require(units["term"] == refitted["term"] and
                abs(float(units["estimate"]) - float(refitted["estimate"])) < 1e-4, f"{units['term']}: the refit's coefficient")
        require(float(refitted["p_low"]) - 0.05 <= float(units["p_value"]) <= float(refitted["p_high"]) + 0.05,
                f"{units['term']}: the refit's p agrees")


def people(run):
    permute(run, "nation", "--replicates", 500)
    permute(run, "nation-with-language", "--replicates", 500)
    alone, jointly = (rows(run / "resampling" / f"rq1-permute-{test}") for test in ("nation", "nation-with-language"))
    require(all(row["unit"] == "people" and row["centre"] == "permutations" for row in alone) and
            all(row["centre"] == "zero" for row in jointly), "both nulls of nationality, each with its centre")
    require(all(abs(float(one["statistic"]) - float(two["statistic"])) < 1e-9 for one, two in zip(alone, jointly)),
            "they observe the same T")
    require(sum(row["family"] == "models" for row in alone) == 20 and all(
        float(row["max_t_p"]) >= float(row["p_value"]) for row in alone), "max-T over the models")


def covariates(run, scratch):
    table = scratch / "models.csv"
    names = [line.split(",")[0] for line in pathlib.Path("data/models.csv").read_text().splitlines()[1:]]
    table.write_text("llm,size,family\n" + "".join(f"{name},{2 + i % 7},{'xy'[i % 2]}\n" for i, name in enumerate(names[:-1])))
    permute(run, "origin", "--covariates", table, "--adjust", "log(size) + family", "--replicates", 999)
    adjusted = rows(run / "resampling" / "rq1-permute-origin-adjusted")
    text = (run / "resampling" / "rq1-permute-origin-adjusted" / "permutation.json").read_text()
    require(adjusted[0]["units"] == "19" and names[-1] in text and adjusted[0]["method"] == "Monte Carlo",
            "Freedman-Lane on 19 models, the one without covariates is named")
    for words, part in ((("--adjust", "size"), "--covariates"), (("--covariates", table, "--adjust", "sise"), "sise"),
                        (("--covariates", table, "--adjust", "size", "--refit"), "--refit"),
                        (("--covariates", table, "--adjust", "(1 | family)"), "bars"),
                        (("--covariates", "data/models.csv", "--adjust", "company"), "llm")):
        require(part in permute(run, "origin", *words, expect=2), f"{' '.join(map(str, words))}: named")


def a_job(data, scratch):
    (scratch / "job.ini").write_text(JOB.format(items=pathlib.Path("data/items/mfq2.csv").resolve()))
    run = scratch / "job"
    subprocess.run([EXE, "replicate", "--config", scratch / "job.ini", "--data", data, "--out", run], check=True, capture_output=True)
    tested = rows(run / "resampling" / "removal-permute-max-t")
    require({row["family"] for row in tested} == {"origin", "nation:origin"} and len(tested) == 12, "max-T over six dimensions")
    drawn = rows(run / "resampling" / "removal-permute-nation-with-language")
    require(drawn[0]["permutations"] == "300" and any(row["family"] == "removals, nation" for row in drawn),
            "300 relabellings of people, with what each removal changes")
    page = (run / "report" / "index.html").read_text()
    require('id="removal-permuted-max-t"' in page, "the report of the job shows the tests")
    for change, part in (("permute = sideways", "sideways"), ("removed = none", "max-t")):
        words = [EXE, "replicate", "--config", scratch / "job.ini", "--data", data, "--out", scratch / "none", "--set",
                 "removal." + change.replace(" ", "")]
        done = subprocess.run(words, capture_output=True, text=True)
        require(done.returncode == 2 and part in done.stderr and not (scratch / "none").exists(), f"{change}: refused at once")


def main(scratch):
    run, data = scratch / "run", scratch / "data"
    subprocess.run([EXE, "simulate", "--out", data, "--surveys", "mfq2"], check=True, capture_output=True)
    subprocess.run([EXE, "replicate", "--config", "jobs/mfq2-rq1.ini", "--data", data, "--out", run],
                   check=True, capture_output=True)
    base, found = exact_origin(run, scratch)
    seven_parts(run, base, scratch)
    refits_agree(run, found)
    people(run)
    covariates(run, scratch)
    killed(run, scratch)
    a_job(data, scratch)
    shutil.rmtree(run / "resampling" / "rq1-permute-nation")
    report = subprocess.run([EXE, "report", "--run", run], capture_output=True, text=True)
    require(report.returncode == 2 and "rq1-permute-nation.json too" in report.stderr, "deleted results are named with the remedy")
    for words, part in ((("sideways",), "sideways"), (("language",), "language"), (("max-t",), "removal"),
                        (("nation", "--refit"), "--refit")):
        require(part in permute(run, *words, expect=2), f"{' '.join(words)}: what is wrong is named")


with tempfile.TemporaryDirectory(prefix="meridian-") as name:
    main(pathlib.Path(name))
