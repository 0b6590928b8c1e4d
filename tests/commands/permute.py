"""meridian permute as users run it: the same bytes at any ranks, from seven parts, after kill -9; exact p-values equal a slow
twin's count over the stored statistics; what is wrong is named. On synthetic answers. --full: every rank count and fifty kills."""
import os
import pathlib
import random
import shutil

from command_test import every, files, main, meridian, near, refused, rows, same_files
from running_command import kill_in_the_middle

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


def words(scratch, test, *more, analysis="rq1"):
    return ["permute", "--run", scratch / "run", "--analysis", analysis, "--test", test, *more]


def tested(run, test):
    return rows(run / f"resampling/rq1-permute-{test}/permutation.csv")


def exact_tests_of_origin(scratch):
    run, base = scratch / "run", scratch / "base"
    meridian("simulate", "--out", scratch / "data", "--surveys", "mfq2")
    meridian("replicate", "--config", "jobs/mfq2-rq1.ini", "--data", scratch / "data", "--out", run)
    meridian(*words(scratch, "origin"))
    meridian(*words(scratch, "origin", "--out", base))
    same_files(run / "resampling/rq1-permute-origin", base, ["permutation.csv"])
    found = rows(base / "permutation.csv")
    assert [row["term"] for row in found] == ["origin", "nation:origin"], "origin and its interaction are tested"
    for row in found:
        assert row["method"] == "exact" and row["permutations"] == "184756", "all C(20,10) are counted"
        near(float(row["p_value"]) * 184756, row["reached"], "b of p = b/m", absolute=1e-6)
        assert int(row["reached"]) % 2 == 0, "complements tie"
    assert "resampling/rq1-permute-origin" in (run / "digests.txt").read_text(), "the digest covers the tests"


def any_ranks_and_threads(scratch):
    for ranks in (1, 2, 3, 5, 8) if FULL else (3,):
        for threads in (1, 2):
            out = scratch / f"r{ranks}t{threads}"
            meridian(*words(scratch, "origin", "--threads", threads, "--out", out), ranks=ranks)
            same_files(scratch / "base", out)


def random_permutations_agree_with_all(scratch):
    meridian(*words(scratch, "origin", "--limit", 1000, "--replicates", 20000, "--out", scratch / "sampled"))
    for exact, sampled in zip(rows(scratch / "base/permutation.csv"), rows(scratch / "sampled/permutation.csv")):
        assert sampled["method"] == "Monte Carlo", sampled
        assert float(sampled["p_low"]) * 0.9 <= float(exact["p_value"]) <= float(sampled["p_high"]) * 1.1 + 1e-3, (exact, sampled)


def seven_parts(scratch):
    parts, whole = [scratch / f"part-{task}" for task in range(7)], scratch / "whole"
    for task, part in enumerate(parts):
        meridian(*words(scratch, "origin", "--units", f"{2 * task}:{2 * task + 2}", "--out", part))
        assert not (part / "permutation.csv").exists(), f"part {task} makes no table"
    refused(["merge", "--into", scratch / "gap", parts[0], parts[2]], "no unit 2", untouched=False)
    meridian("merge", "--into", whole, *reversed(parts))
    same_files(scratch / "base", whole)


def two_parts_of_refits(scratch):
    drawn = ("--refit", "--limit", 0, "--replicates", 700, "--threads", 2)
    parts = [scratch / "half-0", scratch / "half-1"]
    meridian(*words(scratch, "origin", *drawn, "--out", scratch / "single"))
    for task, part in enumerate(parts):
        meridian(*words(scratch, "origin", *drawn, "--units", f"{task}:{task + 1}", "--out", part))
    meridian("merge", "--into", scratch / "both", "--replicates", 700, *parts)
    same_files(scratch / "single", scratch / "both")


def refits_agree_with_units(scratch):
    run = scratch / "run"
    meridian(*words(scratch, "origin", "--refit", "--limit", 0, "--replicates", 2000, "--threads", 2))
    for units, refitted in zip(rows(scratch / "base/permutation.csv"), tested(run, "origin-refit"), strict=True):
        assert (units["term"], units["family"]) == (refitted["term"], refitted["family"]), (units, refitted)
        near(refitted["estimate"], units["estimate"], f"{units['term']}: the refit's coefficient", absolute=1e-4)
        assert float(refitted["p_low"]) - 0.05 <= float(units["p_value"]) <= float(refitted["p_high"]) + 0.05, (units, refitted)


def both_nulls_of_nationality(scratch):
    run = scratch / "run"
    for test in ("nation", "nation-with-language"):
        meridian(*words(scratch, test, "--replicates", 500))
    alone, jointly = tested(run, "nation"), tested(run, "nation-with-language")
    assert all(row["unit"] == "people" and row["centre"] == "permutations" for row in alone), alone
    assert all(row["centre"] == "zero" for row in jointly), jointly
    for one, two in zip(alone, jointly):
        near(one["statistic"], two["statistic"], f"{one['term']}: both observe the same T", absolute=1e-9)
    assert sum(row["family"] == "models" for row in alone) == 20 and all(
        float(row["max_t_p"]) >= float(row["p_value"]) for row in alone), "max-T over the models"


def covariates_of_models(scratch):
    """Freedman and Lane; the model without covariates is left out by name."""
    table = scratch / "models.csv"
    names = [line.split(",")[0] for line in pathlib.Path("data/models.csv").read_text().splitlines()[1:]]
    table.write_text("llm,size,family\n" + "".join(f"{name},{2 + i % 7},{'xy'[i % 2]}\n" for i, name in enumerate(names[:-1])))
    meridian(*words(scratch, "origin", "--covariates", table, "--adjust", "log(size) + family", "--replicates", 999))
    adjusted = tested(scratch / "run", "origin-adjusted")[0]
    assert adjusted["units"] == "19" and adjusted["method"] == "Monte Carlo", adjusted
    assert names[-1] in (scratch / "run/resampling/rq1-permute-origin-adjusted/permutation.json").read_text(), names[-1]
    every(lambda more, part: refused(words(scratch, "origin", *more), part), [
        (("--adjust", "size"), "--covariates"), (("--covariates", table, "--adjust", "sise"), "sise"),
        (("--covariates", table, "--adjust", "size", "--refit"), "--refit"),
        (("--covariates", table, "--adjust", "(1 | family)"), "bars"),
        (("--covariates", "data/models.csv", "--adjust", "company"), "llm")])


def killed_and_resumed(scratch):
    """16 units of refits."""
    generator = random.Random(11)
    refits = ("--refit", "--limit", 0, "--replicates", 8000)
    base = scratch / "refits"
    meridian(*words(scratch, "origin", *refits, "--out", base), ranks=2)
    assert len(files(base, "replicates-*.h5")) == 16, files(base)
    for attempt in range(50 if FULL else 5):
        out = scratch / f"killed-{attempt}"
        permutation = words(scratch, "origin", *refits, "--out", out)
        kill_in_the_middle(permutation, out, "replicates-*.h5", after=generator.randint(1, 8), of=16, ranks=generator.choice((1, 2, 3)),
                           phase=generator.random())
        meridian(*permutation, ranks=generator.choice((1, 2, 3, 5)))
        same_files(base, out)
        shutil.rmtree(out)


def a_job_asks_for_tests(scratch):
    (scratch / "job.ini").write_text(JOB.format(items=pathlib.Path("data/items/mfq2.csv").resolve()))
    job, run = ["replicate", "--config", scratch / "job.ini", "--data", scratch / "data"], scratch / "job"
    meridian(*job, "--out", run)
    largest = rows(run / "resampling/removal-permute-max-t/permutation.csv")
    assert {row["family"] for row in largest} == {"origin", "nation:origin"} and len(largest) == 12, "max-T over six dimensions"
    drawn = rows(run / "resampling/removal-permute-nation-with-language/permutation.csv")
    assert drawn[0]["permutations"] == "300", "300 relabellings of people"
    assert any(row["family"] == "removals, nation" for row in drawn), "with what each removal changes"
    assert 'id="removal-permuted-max-t"' in (run / "report/index.html").read_text(), "the report of the job shows the tests"
    for change, part in (("permute=sideways", "sideways"), ("removed=none", "max-t")):
        refused([*job, "--out", scratch / "none", "--set", "removal." + change], part)
        assert not (scratch / "none").exists(), f"{change}: refused at once"


def deleted_results_are_named(scratch):
    shutil.rmtree(scratch / "run/resampling/rq1-permute-nation")
    refused(["report", "--run", scratch / "run"], "rq1-permute-nation.json too")


def what_is_wrong_is_named(scratch):
    every(lambda test, more, part: refused(words(scratch, test, *more), part), [
        ("sideways", (), "sideways"), ("language", (), "language"), ("max-t", (), "removal"), ("nation", ("--refit",), "--refit")])


main(exact_tests_of_origin, any_ranks_and_threads, random_permutations_agree_with_all, seven_parts, two_parts_of_refits,
     refits_agree_with_units, both_nulls_of_nationality, covariates_of_models, killed_and_resumed, a_job_asks_for_tests,
     deleted_results_are_named, what_is_wrong_is_named)
