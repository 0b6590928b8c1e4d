"""Scheme items: the removal variants are its replicates, and its errors those of the jackknife over them."""
import math
import pathlib

from command_test import every, keyed, main, meridian, near, refused, rows, same_files

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


def a_run_with_the_scheme(scratch):
    (scratch / "job.ini").write_text(JOB.format(items=pathlib.Path("data/items/mfq2.csv").resolve()))
    meridian("simulate", "--out", scratch / "data", "--surveys", "mfq2")
    meridian("replicate", "--config", scratch / "job.ini", "--data", scratch / "data", "--out", scratch / "run")
    assert (scratch / "run/resampling/removal-items/intervals.csv").exists(), "a job can ask for the scheme"
    meridian("bootstrap", "--run", scratch / "run", "--analysis", "removal", "--scheme", "people", "--replicates", 100)


def it_is_the_jackknife(scratch):
    """By its definition, from the gaps without each part that another scheme tells."""
    resampling = scratch / "run/resampling"
    other = rows(resampling / "removal-people/estimates.csv")
    gap = next(row for row in other if row["quantity"] == "gap" and row["name"].startswith("all models"))
    without = [float(row["estimate"]) for row in other if row["quantity"] == "gap without"]
    mean = sum(without) / len(without)
    error = math.sqrt((FOUNDATIONS - 1) / FOUNDATIONS * sum((value - mean) ** 2 for value in without))
    assert len(without) == FOUNDATIONS and error > 0, "six foundations are left out in turn"
    own, estimate = keyed(resampling / "removal-items/intervals.csv", "name")[gap["name"]], float(gap["estimate"])
    for name, value in (("estimate", estimate), ("std_error", error), ("bias", 5 * (mean - estimate)),
                        ("jackknife_low", estimate - T5 * error), ("jackknife_high", estimate + T5 * error),
                        ("smallest", min(without)), ("largest", max(without))):
        near(own[name], value, f"{name} of the gap", absolute=1e-12)


def ranks_have_a_range_and_no_error(scratch):
    ranks = rows(scratch / "run/resampling/removal-items/intervals.csv", quantity="rank")
    assert len(ranks) == 40, len(ranks)
    for row in ranks:
        assert row["std_error"] == "" and 1 <= float(row["smallest"]) <= float(row["largest"]) <= 20, row


def the_command_gives_the_jobs_bytes(scratch):
    again = scratch / "again"
    meridian("bootstrap", "--run", scratch / "run", "--analysis", "removal", "--scheme", "items", "--out", again)
    same_files(again, scratch / "run/resampling/removal-items", ["replicates-000000.h5"])
    meridian("merge", "--into", scratch / "merged", again)
    same_files(again, scratch / "merged", ["intervals.csv"])


def what_makes_no_sense(scratch):
    def case(words, part):
        analysis = [] if "--analysis" in words else ["--analysis", "removal"]
        refused(["bootstrap", "--run", scratch / "run", *analysis, "--scheme", "items", *words], part)

    every(case, [(["--analysis", "whole"], "removed = items"), (["--seed", 4], "--seed"), (["--replicates", 9], "--replicates"),
                 (["--bca"], "--bca"), (["--draws", "all"], "--draws"), (["--contrast", "x = nation"], "--contrast"),
                 (["--replicate", 6], "0 to 5")])


main(a_run_with_the_scheme, it_is_the_jackknife, ranks_have_a_range_and_no_error, the_command_gives_the_jobs_bytes, what_makes_no_sense)
