"""The first study from its public files, as a user runs it: every printed number, and the full-precision references.
Needs ../shared (skipped without it; a failure where MERIDIAN_REQUIRE_SHARED is 1)."""
import json
import os
import pathlib

from command_test import every, keyed, main, meridian, near, rows, skip

SHARED = pathlib.Path("../shared")
DATA = SHARED / "data/china_us_llm_alignment"
ORACLES = (("mfq2", ""), ("mfq2_restored", "-restored"))  # and the ending of our analyses
TERMS = {"Chinese_ppt": "nation", "Chinese_origin": "origin", "China_origin": "origin", "Chinese_lang": "language",
         "Chinese_persona": "persona"}


def our_term(term):
    return ":".join(TERMS.get(part, part.replace("dimension", "removed", 1)) for part in term.split(":"))


def every_printed_number(scratch):
    meridian("replicate", "--config", "jobs/mfq2.ini", "--data", DATA, "--out", scratch / "mfq2")
    done = meridian("verify", "--run", scratch / "mfq2", "--published", "data/published")
    verdict = (done.stdout + done.stderr).strip().splitlines()[-1]
    assert verdict == "matched 1410 of 1449 printed numbers, 39 known differences", verdict


def fits_of_the_references(scratch):
    def case(oracle, suffix):
        fits = rows(SHARED / "oracle" / oracle / "models_meta.csv", method="REML")
        assert len(fits) == 5, fits
        for meta in fits:
            folder = scratch / "mfq2/models" / (meta["analysis"].lower() + suffix)
            same_fit(folder, meta, rows(SHARED / "oracle" / oracle / "fixed_effects.csv", analysis=meta["analysis"], method="REML"))

    every(case, ORACLES)


def same_fit(folder, meta, effects):
    fit = json.loads((folder / "fit.json").read_text())
    assert fit["converged"], fit
    near(fit["criterion"], meta["criterion"], f"{folder} criterion", absolute=1e-6)
    near(fit["sigma"], meta["sigma"], f"{folder} sigma", relative=1e-6)
    ours = keyed(folder / "coefficients.csv", "term")
    assert effects, f"{folder} has no references"
    for row in effects:
        mine = ours[our_term(row["term"])]
        for name, theirs, relative in (("estimate", "estimate", 1e-6), ("std_error", "std_error", 1e-6), ("df", "df_satterthwaite", 1e-4)):
            near(mine[name], row[theirs], f"{folder} {row['term']} {name}", relative=relative)


def means_and_deviations_of_the_references(scratch):
    def case(oracle, suffix):
        cells = ("llm_name", "nation", "language", "persona")
        ours = {(analysis.upper(), *key): row for analysis in ("rq1", "rq2")
                for key, row in keyed(scratch / "mfq2/tables" / (analysis + suffix) / "by_llm.csv", *cells).items()}
        theirs = keyed(SHARED / "oracle" / oracle / "descriptives.csv", "analysis", "llm_name", "human_nation", "language", "persona",
                       table="by_llm")
        assert len(theirs) == 200, f"{oracle}: {len(theirs)} cells"
        for key, row in theirs.items():
            for name in ("mean", "sd"):
                near(ours[key][name], row[name], f"{name} of {key}", relative=1e-9)

    every(case, ORACLES)


def permuted(scratch, analysis, test):
    meridian("permute", "--run", scratch / "mfq2", "--analysis", analysis, "--test", test)
    return rows(scratch / f"mfq2/resampling/{analysis}-permute-{test}/permutation.csv")


def exact_tests_on_whole_models(scratch):
    """The published p-values count the cells of one model as independent."""
    adequacy = keyed(scratch / "mfq2/models/rq2/adequacy.csv", "term", group="llm")
    for test, wanted in (("language", {"language": ("-2.09", "0.051"), "nation:language": ("4.83", "6.7e-05")}),
                         ("persona", {"persona": ("-0.45", "0.68"), "nation:persona": ("7.47", "7.6e-06")})):
        found = {row["term"]: row for row in permuted(scratch, "rq2", test)}
        for term, (statistic, p) in wanted.items():
            row = found[term]
            assert (f"{float(row['statistic']):.2f}", f"{float(row['p_value']):.2g}") == (statistic, p), row
            near(row["p_value"], adequacy[term]["sign_flip_p"], f"{term}: all 2^20 sign patterns", relative=1e-12)


def exact_tests_agree_with_the_mixed_model(scratch):
    fitted = keyed(scratch / "mfq2/models/rq1/coefficients.csv", "term")
    for row in permuted(scratch, "rq1", "origin"):
        near(row["estimate"], fitted[row["term"]]["estimate"], f"RQ1 {row['term']}: contrast and mixed model", relative=1e-6)
        assert row["permutations"] == "184756", f"{row}: not C(20,10)"


def largest_changes_over_the_removals(scratch):
    changes = permuted(scratch, "rq3", "max-t")
    for effect in ("origin", "nation:origin"):
        family = [row for row in changes if row["family"] == effect]
        assert len(family) == 6 and all(float(row["max_t_p"]) >= float(row["p_value"]) for row in family), family


def a_changed_number_is_found(scratch):
    coefficients = scratch / "mfq2/models/rq1/coefficients.csv"
    coefficients.write_text(coefficients.read_text().replace("nation,-0.178", "nation,-0.188", 1))
    meridian("verify", "--run", scratch / "mfq2", "--published", "data/published", expect=3)


def the_other_survey(scratch):
    """WVS: real model answers, synthetic people."""
    wvs = scratch / "wvs"
    meridian("simulate", "--out", scratch / "people", "--surveys", "wvs", "--parts", "people")
    people = scratch / "people/Data/WVS/human_wvs_responses.csv"
    meridian("replicate", "--config", "jobs/wvs.ini", "--data", DATA, "--out", wvs, "--set", f"people.file={people}")
    assert json.loads((wvs / "run.json").read_text())["synthetic"], "a run on synthetic people says so"
    meridian("verify", "--run", wvs, "--published", "data/published", expect=2)
    fits = {analysis: json.loads((wvs / "models" / analysis / "fit.json").read_text()) for analysis in ("rq1", "rq2", "rq3")}
    assert fits["rq1"]["nobs"] == 72310 and fits["rq1"]["groups"] == {"participant": 5165, "llm": 14}, fits["rq1"]
    models = {analysis: fit["groups"]["llm"] for analysis, fit in fits.items()}
    assert models == {"rq1": 14, "rq2": 17, "rq3": 14}, models


if not (SHARED / "oracle").is_dir():
    skip("../shared is absent", allowed=os.environ.get("MERIDIAN_REQUIRE_SHARED") != "1")
main(every_printed_number, fits_of_the_references, means_and_deviations_of_the_references, exact_tests_on_whole_models,
     exact_tests_agree_with_the_mixed_model, largest_changes_over_the_removals, a_changed_number_is_found, the_other_survey)
