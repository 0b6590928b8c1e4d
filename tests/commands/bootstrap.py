"""meridian bootstrap and merge as users run them: equal bytes at any ranks x threads, after kill -9, from seven parts, after
an extension; a replicate alone; what is wrong is named. On synthetic answers. --full: every rank count,
fifty kills instead of five."""
import json
import os
import random
import shutil

from command_test import every, keyed, main, meridian, near, refused, run, same_files
from running_command import kill_in_the_middle

FULL = bool(os.environ.get("MERIDIAN_FULL"))
KILLS = 50 if FULL else 5
MANY = ("--replicates", 3000)  # in 30 units
READER = "import h5py, sys; print(*[repr(float(v)) for v in h5py.File(sys.argv[1])['replicates'][:, 471]])"


def words(run, *more, threads=1):
    return ["bootstrap", "--run", run, "--analysis", "rq1", "--scheme", "two-way", "--seed", 5, "--threads", threads, *more]


def own_table(scratch):
    table = ["bootstrap", "--table", "tests/oracle/data/public/Penicillin.csv", "--formula",
             "diameter ~ 1 + (1 | plate) + (1 | sample)", "--replicates", 300]
    for scheme, more in (("people", []), ("parametric", []), ("two-way", ["--columns", "sample"])):
        out = scratch / f"table-{scheme}"
        meridian(*table, "--scheme", scheme, "--out", out, *more)
        mean = keyed(out / "intervals.csv", "quantity")["fixed effect"]
        near(mean["estimate"], 22.97222222, f"lme4's mean, {scheme}", absolute=1e-6)
        assert float(mean["percentile_low"]) < 22.972 < float(mean["percentile_high"]), mean
    refused([*table, "--scheme", "models", "--out", scratch / "none"], "--columns")


def a_run_and_its_replicates(scratch):
    meridian("simulate", "--out", scratch / "data", "--surveys", "mfq2")
    meridian("replicate", "--config", "jobs/mfq2-rq1.ini", "--data", scratch / "data", "--out", scratch / "run")
    meridian(*words(scratch / "run", "--replicates", 700, "--bca", "--out", scratch / "base"))
    meridian(*words(scratch / "run", *MANY, "--out", scratch / "long"))


def what_is_wrong_is_named(scratch):
    def case(options, part):
        given = {"--run": scratch / "run", "--analysis": "rq1", **dict(options)}
        refused(["bootstrap", *(word for option in given.items() for word in option if word != "")], part)

    every(case, [({"--scheme": "poeple"}, "poeple"), ({"--analysis": "rq9"}, "rq9"), ({"--replicates": 0}, "--replicates"),
                 ({"--units": "3:1"}, "3:1"), ({"--draws": "half"}, "half"), ({"--contrast": "x = natoin"}, "natoin"),
                 ({"--run": "nowhere"}, "nowhere"),
                 ({"--scheme": "parametric", "--bca": "", "--out": scratch / "bca"}, "parametric")])


def one_replicate_alone(scratch):
    lines = meridian(*words(scratch / "run", "--replicate", 471)).stdout.splitlines()
    values = dict(line.split("\t") for line in lines)
    stored = run(["/usr/bin/python3", "-c", READER, scratch / "base/replicates.h5"]).stdout  # Debian's h5py
    column = [float(value) for value in stored.split()]
    assert len(values) == len(column), (len(values), len(column))
    different = [name for name, value in zip(values, column) if float(values[name]) != value and value == value]
    assert not different, different


def any_ranks_and_threads(scratch):
    for ranks in (1, 2, 3, 5, 8) if FULL else (2, 5):
        for threads in (1, 2):
            out = scratch / f"r{ranks}t{threads}"
            meridian(*words(scratch / "run", "--replicates", 700, "--bca", "--out", out, threads=threads), ranks=ranks)
            same_files(scratch / "base", out)


def seven_parts(scratch):
    parts, whole = [scratch / f"part-{task}" for task in range(7)], scratch / "whole"
    for task, part in enumerate(parts):
        meridian(*words(scratch / "run", "--replicates", 700, "--bca", "--units", f"{task}:{task + 1}", "--out", part))
    refused(["merge", "--into", scratch / "gap", parts[0], parts[2]], "no unit 1", untouched=False)
    meridian("merge", "--into", whole, *reversed(parts))
    same_files(scratch / "base", whole)
    meridian("merge", "--into", whole, parts[3])
    same_files(scratch / "base", whole)
    foreign = scratch / "foreign"
    meridian("bootstrap", "--run", scratch / "run", "--analysis", "rq1", "--scheme", "two-way", "--seed", 6, "--replicates", 100, "--out", foreign)
    refused(["merge", "--into", whole, foreign], "seed")


def parts_merged_into_a_run(scratch):
    run = shutil.copytree(scratch / "run", scratch / "merged-run")
    page, digest = run / "report/index.html", run / "digest.txt"
    before = page.read_bytes(), digest.read_text()
    merge = ["merge", "--into", run / "resampling/rq1-two-way", *(scratch / f"part-{task}" for task in range(7))]
    meridian(*merge, "--skip-report")
    assert page.read_bytes() == before[0] and digest.read_text() != before[1], "the digest follows a merge, the page waits"
    meridian(*merge)
    assert page.read_bytes() != before[0], "the page follows too"


def killed_and_resumed(scratch):
    generator = random.Random(7)
    for attempt in range(KILLS):
        out = scratch / f"killed-{attempt}"
        resampling = words(scratch / "run", *MANY, "--out", out)
        kill_in_the_middle(resampling, out, "replicates-*.h5", after=generator.randint(1, 15), of=30, ranks=generator.choice((1, 2, 3)),
                           phase=generator.random())
        meridian(*resampling, ranks=generator.choice((1, 2, 3, 5)))
        same_files(scratch / "long", out)


def stopped_then_finished(scratch):
    out = scratch / "stopped"
    done = meridian(*words(scratch / "run", *MANY, "--max-time", 0.0001, "--out", out), ranks=2, expect=75)
    assert "same command again" in done.stderr, done.stderr
    text = meridian(*words(scratch / "run", "--so-far", "--out", out)).stdout
    assert "replicates so far" in text and "fixed effect: nation" in text, text
    meridian(*words(scratch / "run", *MANY, "--out", out, threads=2), ranks=3)
    same_files(scratch / "long", out)


def replicates_in_the_run(scratch):
    run, folder = scratch / "run", scratch / "run/resampling/rq1-two-way"
    before = (run / "digest.txt").read_text()
    meridian(*words(run, "--replicates", 300), ranks=2)
    assert "two-way" in (run / "report/index.html").read_text() and (folder / "intervals.json").exists(), "the report shows the intervals"
    digest = (run / "digest.txt").read_text()
    assert digest != before, "the digest covers the replicates"
    assert json.loads((run / "run.json").read_text())["digest"] == digest.split()[0], "run.json has the digest"
    old = {file.name: file.stat().st_mtime_ns for file in folder.glob("replicates-*.h5")}
    meridian(*words(run, "--replicates", 500))
    new = {file.name: file.stat().st_mtime_ns for file in folder.glob("replicates-*.h5")}
    assert len(old) == 3 and len(new) == 5 and old.items() <= new.items(), "500 after 300 computes two units"
    nation = keyed(folder / "intervals.csv", "quantity", "name")["fixed effect", "nation"]
    assert float(nation["percentile_low"]) < float(nation["estimate"]) < float(nation["percentile_high"]), nation
    assert nation["model_low"] and nation["studentized_low"] and int(nation["n"]) == 500, nation


def a_damaged_unit(scratch):
    again = words(scratch / "run", "--replicates", 500)
    damaged = scratch / "run/resampling/rq1-two-way/replicates-000001.h5"
    content = bytearray(damaged.read_bytes())
    content[len(content) // 2] ^= 1
    damaged.write_bytes(content)
    refused(again, damaged.name, "--repair", untouched=False)
    meridian(*again, "--repair")
    refused([*again, "--contrast", "x = nation"], "contrasts")


def another_seed_starts_again(scratch):
    table, out = "tests/oracle/data/public/sleepstudy.csv", scratch / "again"
    fitted = ["bootstrap", "--table", table, "--formula", "Reaction ~ scale(Days) + I(Days^2) + (1 | Subject)", "--scheme", "parametric",
              "--replicates", 200]
    meridian(*fitted, "--out", out)
    before = (out / "intervals.csv").read_text()
    assert "scale(Days)" in before, before
    refused([*fitted, "--seed", 2, "--out", out], "--fresh", untouched=False)
    refused(["bootstrap", "--run", out, "--analysis", "rq1", "--so-far", "--fresh", "--out", out], "--fresh", "--so-far")
    meridian(*fitted, "--seed", 2, "--fresh", "--out", out)
    meridian(*fitted, "--seed", 2, "--out", scratch / "other")
    assert (out / "intervals.csv").read_text() != before
    same_files(out, scratch / "other")


def status_counts_them(scratch):
    told = meridian("status", scratch / "run").stdout
    assert "units of 100 replicates so far" in told and "complete since" in told, told


main(own_table, another_seed_starts_again, a_run_and_its_replicates, what_is_wrong_is_named, one_replicate_alone, any_ranks_and_threads, seven_parts,
     parts_merged_into_a_run, killed_and_resumed, stopped_then_finished, replicates_in_the_run, status_counts_them, a_damaged_unit)
