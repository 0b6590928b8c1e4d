"""meridian audit on its synthetic tables: the truth behind them is found again, errors name the culprit, layouts are equal."""
import csv
import json
import math

from audit_study import layers, synthetic_study
from command_test import files, keyed, main, meridian, near, refused, rows, same_files, write_rows

FEW = ("--replicates", 200, "--quiet")
TRUTH = {"aurora-base": (.70, .40, .30, .55, .25), "borealis-chat": (.92, .25, .15, .48, .05)}  # as in make_synthetic.py, with the position
STRENGTH = {"care": .9, "fairness": .6, "sanctity": .0, "authority": -.36, "liberty": -.34, "loyalty": -.8}  # mean of the steps
PAIRS = ("truth-loyalty", "individual-community", "short-term-long-term", "justice-mercy")


def words(scratch, out, *settings):
    """With settings of layers."""
    return ["audit", "--config", scratch / "job.ini", "--data", scratch / "data", "--out", scratch / out, *FEW,
            *(word for setting in settings for word in ("--set", setting))]


def exclusions(out):
    return {line["rule"]: line["count"] for line in json.loads((out / "findings.json").read_text())["exclusions"]}


def a_synthetic_study(scratch):
    synthetic_study(scratch, 300)
    meridian(*words(scratch, "run"))
    summary = rows(scratch / "run/tables/governance/governance_summary.csv")
    assert {row["layer"] for row in summary} == {"dilemmas", "steps"} and len({row["model"] for row in summary}) == 8, summary
    assert "synthetic" in (scratch / "run/report/index.html").read_text().lower(), "the report says that the data are synthetic"


def the_truth_of_single_dilemmas(scratch):
    tables = scratch / "run/tables/dilemmas"
    shares = keyed(tables / "preferences.csv", "model", "pair", rule="one-template")
    listed = keyed(tables / "templates.csv", "model", pair="all")
    for model, (*values, position) in TRUTH.items():
        for pair, truth in zip(PAIRS, values):
            # Whoever takes what is listed first chooses either value with probability one half.
            near_share(shares[model, pair]["share"], (1 - position) * truth + position / 2, 300)
        near_share(listed[model]["first_listed"], .5 + position / 2, 1200)
    for row in rows(tables / "agreement.csv"):
        assert 0 <= float(row["conf_low"]) <= float(row["ratio"]) <= float(row["conf_high"]) <= 1, row
    for row in rows(tables / "flip_tests.csv"):
        assert float(row["conf_low"]) < float(row["difference"]) < float(row["conf_high"]), row


def near_share(found, truth, n):
    near(found, truth, "share", absolute=4 * math.sqrt(truth * (1 - truth) / n))


def the_truth_of_dilemmas_in_steps(scratch):
    tables = scratch / "run/tables/steps"
    strengths = keyed(tables / "bradley_terry.csv", "value", model="cathay-base")
    assert set(strengths) == set(STRENGTH), strengths
    for value, row in strengths.items():
        truth = .7 * (STRENGTH[value] - sum(STRENGTH.values()) / 6)
        near(row["strength"], truth, value, absolute=4 * float(row["std_error"]) + .03)  # the drift is no Bradley-Terry law
    for row in rows(tables / "transitivity.csv"):
        for kind in ("zeta", "weak", "strong"):
            assert 0 <= float(row[kind + "_low"]) <= float(row[kind + "_high"]) <= 1, row
        assert float(row["weak_share"]) == int(row["weak_violations"]) / int(row["chains"]), row
    assert all(row["conf_low"] != "NA" for row in rows(tables / "stability_over_models.csv")), "limits over models"
    zero = {}
    for row in rows(tables / "scores.csv"):
        zero[row["model"], row["step"]] = zero.get((row["model"], row["step"]), 0) + int(row["n"]) * float(row["score"])
    assert max(map(abs, zero.values())) < 1e-8, zero


def tests_between_groups_of_models(scratch):
    groups = rows(scratch / "run/tables/dilemmas/group_tests.csv")
    assert {row["test"] for row in groups} == {"groups", "paired", "trend", "trend within families"}, groups
    assert all(float(row["p_holm"]) >= float(row["p_value"]) for row in groups if row["p_value"] != "NA"), groups


def printed_numbers_are_checked(scratch):
    printed = rows(scratch / "run/tables/print/printed_check.csv")
    # What the text says of the mean drop without the country does not follow from the table.
    assert len(printed) == 74 and {row["printed"] for row in printed if row["verdict"] != "consistent"} == {"16.7", "3.7"}, printed
    assert "72 of 74 printed numbers" in (scratch / "run/findings.json").read_text(), "the findings count them"


def same_tables(scratch, layer, out):
    tables = scratch / "run/tables" / layer
    same_files(tables, scratch / out / "tables" / layer, files(tables, "*.csv"))


def json_lines_through_a_mapping(scratch):
    """The same answers under other names."""
    said = {"1": "one", "2": "two"}
    with (scratch / "data/answers.jsonl").open("w") as file:
        for row in rows(scratch / "data/dilemma_answers.csv"):
            file.write(json.dumps({"who": row["model"], "case": row["dilemma"], "form": row["template"], "bad": row["consequence"],
                                   "said": said.get(row["choice"], row["choice"]), "asked": row["guideline"]}) + "\n")
    write_rows(scratch / "data/map.csv", ["key", "value"], [
        ["format", "json-lines"], ["field.model", "who"], ["field.dilemma", "case"], ["field.template", "form"], ["field.choice", "said"],
        ["field.consequence", "bad"], ["field.guideline", "asked"], ["label.choice.one", 1], ["label.choice.two", 2]])
    meridian(*words(scratch, "json", "layer dilemmas.answers=answers.jsonl", "layer dilemmas.answers_mapping=map.csv"))
    same_tables(scratch, "dilemmas", "json")


def choices_as_listed_positions(scratch):
    answers, swapped = rows(scratch / "data/dilemma_answers.csv"), {"1": "2", "2": "1"}
    for row in answers:
        if "reverse" in row["template"]:
            row["choice"] = swapped.get(row["choice"], row["choice"])
    write_rows(scratch / "data/positions.csv", answers[0], [row.values() for row in answers])
    meridian(*words(scratch, "places", "layer dilemmas.answers=positions.csv", "layer dilemmas.choice=position"))
    same_tables(scratch, "dilemmas", "places")


def labels_as_the_public_data_have_them(scratch):
    """A JSON array, a dilemma an object, words in any case."""
    wide = {}
    for row in rows(scratch / "data/step_labels.csv"):
        record = wide.setdefault(row["dilemma"], {"norm": "none", "idx": row["dilemma"]})
        record[f"step {row['step']}_choiceA_value"] = row["value_a"].title()
        record[f"step {row['step']}_choiceB_value"] = row["value_b"]
    (scratch / "data/labels.json").write_text(json.dumps(list(wide.values())))
    meridian(*words(scratch, "wide", "layer steps.labels=labels.json", "layer steps.labels_mapping=data/mappings/multi-step-dilemmas.csv"))
    same_tables(scratch, "steps", "wide")
    assert "1500 of 3000 value labels" in (scratch / "wide/findings.json").read_text(), "changed labels are counted"


def another_seed_computes_again(scratch):
    """A second call with the same has nothing to do."""
    digest = (scratch / "run/digest.txt").read_text()
    meridian(*words(scratch, "run"))
    assert digest == (scratch / "run/digest.txt").read_text(), "the same digest"
    meridian(*words(scratch, "run"), "--seed", 2)
    assert digest != (scratch / "run/digest.txt").read_text(), "another digest"


def a_changed_job_leaves_nothing_of_the_earlier_one(scratch):
    job, out = scratch / "job.ini", scratch / "changed"
    meridian(*words(scratch, "changed"))
    whole = job.read_text()
    job.write_text(layers(whole, "dilemmas"))
    told = meridian(*[word for word in words(scratch, "changed") if word != "--quiet"]).stderr
    job.write_text(whole)
    assert "in place of the run with other inputs or settings" in told, told
    assert (out / "tables/dilemmas").exists() and not (out / "tables/steps").exists(), files(out)
    assert "steps/" not in (out / "digests.txt").read_text(), "only what the job asks for counts in the digest"


def a_run_of_another_kind_is_refused(scratch):
    for other in (["rank"], ["power", "--model", "jobs/power.ini"], ["replicate"]):
        refused([*other, "--out", scratch / "changed"], "finished run of 'audit'", "changed", "--fresh")
    (scratch / "ranked").mkdir()
    (scratch / "ranked/run.json").write_text('{"complete": true, "survey": "rankings"}')
    refused(words(scratch, "ranked"), "finished run of 'rankings'", "--fresh")
    meridian(*words(scratch, "ranked"), "--fresh")


def what_is_not_of_a_run_stays(scratch):
    own = scratch / "project"
    for name in ("models/mine.txt", "tables/mine.csv", "report/mine.html"):
        (own / name).parent.mkdir(parents=True)
        (own / name).write_text("mine")
    meridian(*words(scratch, "project"))
    for name in ("models/mine.txt", "tables/mine.csv", "report/mine.html"):
        assert (own / name).read_text() == "mine", name


def what_is_wrong_is_named(scratch):
    def wrong(setting, *texts):
        refused(words(scratch, "bad", setting), *texts)

    answers, bad = (scratch / "data/dilemma_answers.csv").read_text(), scratch / "data/bad.csv"
    for text, *texts in ((answers.replace(",1,no,", ",eins,no,", 1), "bad.csv:", "eins", "label.choice.TEXT"),
                         (answers.replace("model,", "modell,", 1), "'model'"), (answers.split("\n")[0] + "\n", "no usable answer")):
        bad.write_text(text)
        wrong("layer dilemmas.answers=bad.csv", *texts)
    bad.write_text((scratch / "data/step_labels.csv").read_text() + "d0001,1,care,loyalty\n")
    wrong("layer steps.labels=bad.csv", "bad.csv:1502", "step 1", "d0001")
    wrong("layer dilemmas.kind=dilemma", "dilemmas", "multi-step")
    wrong("layer dilemmas.anwsers=x", "anwsers")
    wrong("layer steps.labels=nowhere.csv", "nowhere.csv", "labels")
    wrong("layer steps.margin=0.5", "margin")
    wrong("audit.groups=colour", "colour", "origin")
    wrong("audit.models=", "'origin'", "a registry of the models")
    wrong("layer dilemmas.templates=direct t9", "templates", "'t9'", "'direct'")
    wrong("layer dilemmas.reversed=Direct-Reverse", "reversed", "'Direct-Reverse'", "'direct-reverse'")
    wrong("layer a b.kind=dilemmas", "layer a b")


def what_cannot_be_used_is_counted(scratch):
    labels = (scratch / "data/step_labels.csv").read_text()
    (scratch / "data/again.csv").write_text(labels + labels.splitlines()[1] + "\n")
    meridian(*words(scratch, "counted", "layer steps.labels=again.csv"))
    assert "labelled before with the same values" in (scratch / "counted/findings.json").read_text(), "a label twice"
    (scratch / "data/bad.csv").write_text((scratch / "data/dilemma_answers.csv").read_text() + "aurora-base,nobody-1,direct,1,no,\n"
                                          "aurora-base,truth-loyalty-0001,other,1,no,\nshort\n")
    meridian(*words(scratch, "counted", "layer dilemmas.answers=bad.csv"))
    ledger = exclusions(scratch / "counted")
    assert ledger == {"broken record": 1, "dilemma that is not among the dilemmas": 1, "template that the job does not name": 1}, ledger


def a_folder_needs_its_job(scratch):
    refused(["audit", "--data", scratch, "--out", scratch / "none"], "--config")


main(a_synthetic_study, the_truth_of_single_dilemmas, the_truth_of_dilemmas_in_steps, tests_between_groups_of_models,
     printed_numbers_are_checked, json_lines_through_a_mapping, choices_as_listed_positions, labels_as_the_public_data_have_them,
     another_seed_computes_again, a_changed_job_leaves_nothing_of_the_earlier_one, a_run_of_another_kind_is_refused,
     what_is_not_of_a_run_stays, what_is_wrong_is_named, a_folder_needs_its_job, what_cannot_be_used_is_counted)
