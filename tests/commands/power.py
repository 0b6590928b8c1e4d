"""meridian power as users run it: a stated model and an analysis of a run; the same bytes at any ranks and after growing; errors named."""
from command_test import every, keyed, main, meridian, near, refused, rows, same_files

STATED = ("power", "--model", "jobs/power.ini")
GRID = ("--models", "5,10", "--people", "100,400", "--replicates")
TABLE = "tables/power/power.csv"


def a_stated_model(scratch):
    base = scratch / "base"
    meridian(*STATED, *GRID, 200, "--out", base)
    found = rows(base / TABLE)
    assert len(found) == 12 and {row["people"] for row in found} == {"200", "800"}, "one row per point and effect"
    assert {row["models"] for row in found} == {"10", "20"}, "models are counted in all"
    assert all(float(row["power"]) > 0.99 for row in found if row["term"] == "nation"), "a large effect is found always"
    for row in found:
        near(row["coverage"], 0.95, "95 % limits hold the truth that often", absolute=0.05)
    assert (base / "report/index.html").exists() and (base / "report/figures").exists(), "there is a report with figures"


def the_same_bytes_at_any_ranks(scratch):
    for ranks in (2, 3):
        out = scratch / f"ranks{ranks}"
        meridian(*STATED, *GRID, 200, "--threads", 2, "--out", out, ranks=ranks)
        same_files(scratch / "base", out, ["digest.txt"])


def replicates_that_grow(scratch):
    """100 and then 200 are 200; another seed is refused, --fresh starts again with the effects asked for."""
    base, grown = scratch / "base", scratch / "grown"
    for replicates in (100, 200):
        meridian(*STATED, *GRID, replicates, "--out", grown)
    same_files(base, grown, ["digest.txt"])
    refused([*STATED, *GRID, 200, "--seed", 2, "--out", base], "seed")
    meridian(*STATED, "--replicates", 100, "--terms", "origin", "--effect", "origin=0", "--out", base, "--fresh")
    assert [row["term"] for row in rows(base / TABLE)] == ["origin"], rows(base / TABLE)


def an_analysis_of_a_run(scratch):
    """Its estimates are the truth, and the precision is that of its fit."""
    run, planned = scratch / "run", scratch / "planned"
    meridian("simulate", "--out", scratch / "data", "--surveys", "mfq2")
    meridian("replicate", "--config", "jobs/mfq2-rq1.ini", "--data", scratch / "data", "--out", run)
    meridian("power", "--run", run, "--analysis", "rq1", "--replicates", 100, "--out", planned)
    fitted = keyed(run / "models/rq1/coefficients.csv", "term")
    for row in rows(planned / TABLE):
        own = fitted[row["term"]]
        assert float(row["truth"]) == float(own["estimate"]), (row, own)
        near(float(row["std_error"]) / float(own["std_error"]), 1, f"{row['term']}: of the fit's precision", absolute=0.15)


def the_analysis_has_too_few_slopes(scratch):
    """What the run says of the analysis' standard errors is said of the power planned with them; the page says power in words."""
    run, planned = scratch / "many", scratch / "planned-many"
    meridian("replicate", "--config", "jobs/mfq2.ini", "--data", scratch / "data", "--out", run)
    message = meridian("power", "--run", run, "--analysis", "rq2", "--terms", "language", "--replicates", 100, "--out", planned).stderr
    assert "Add slopes" in message and "Plan with a model" in message, message
    page = (planned / "report/index.html").read_text()
    assert "Caution: design of rq2" in page and "language: " in page.partition("Contents")[0], page[:3000]


def fewer_iterations_shrink_the_effect(scratch):
    meridian("power", "--run", scratch / "run", "--analysis", "rq1", "--replicates", 100, "--iterations", "5,20", "--noise-share", 0.05,
             "--out", scratch / "noisy")
    few, many = rows(scratch / "noisy" / TABLE, term="nation")
    assert abs(float(few["truth"])) < abs(float(many["truth"])), (few, many)


def what_is_wrong_is_named(scratch):
    model, run = ("--model", "jobs/power.ini"), ("--run", scratch / "run")
    every(lambda words, part: refused(["power", *words], part), [
        ((), "--model"), ((*model, *run), "both"), (run, "--analysis"), ((*model, "--analysis", "rq1"), "--analysis"),
        ((*model, "--people", "ten"), "'ten'"), ((*model, "--models", "1"), "'1'"), ((*model, "--alpha", 2), "--alpha"),
        ((*model, "--terms", "nobody"), "nation:origin"), ((*model, "--effect", "nation"), "NAME=NUMBER"),
        ((*model, "--sd", "llm.age=1"), "participant.origin"), ((*model, "--ddf", "many"), "kenward-roger"),
        ((*run, "--analysis", "rq9"), "rq9"), ((*run, "--analysis", "rq1", "--iterations", 5), "--noise-share")])
    refused(["bootstrap", "--run", scratch / "base", "--analysis", "rq1"], "another kind (power)")


main(a_stated_model, the_same_bytes_at_any_ranks, replicates_that_grow, an_analysis_of_a_run, the_analysis_has_too_few_slopes,
     fewer_iterations_shrink_the_effect, what_is_wrong_is_named)
