"""meridian audit on its synthetic tables: the truth behind them is found again, errors name the culprit, layouts are equal."""
import csv
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile

EXE = os.environ["MERIDIAN_EXE"]
FEW = ["--replicates", "200", "--quiet"]
TRUTH = {"aurora-base": (.70, .40, .30, .55, .25), "borealis-chat": (.92, .25, .15, .48, .05)}  # as in make_synthetic.py, with the position
STRENGTH = {"care": .9, "fairness": .6, "sanctity": .0, "authority": -.36, "liberty": -.34, "loyalty": -.8}  # mean of the steps


def run(*words):
    return subprocess.run([EXE, "audit", *map(str, words), *FEW], capture_output=True, text=True, timeout=120)


def good(*words):
    done = run(*words)
    assert done.returncode == 0, done.stderr


def refused(words, *expected):
    done = run(*words)
    assert done.returncode == 2, (done.returncode, done.stderr)
    assert done.stderr.count("error:") == 1, done.stderr
    for text in expected:
        assert text in done.stderr, (text, done.stderr)


def table(out, name):
    return list(csv.DictReader((out / "tables" / f"{name}.csv").open()))


def near(found, truth, errors, n):
    assert abs(found - truth) < errors * math.sqrt(truth * (1 - truth) / n), (found, truth)


def truth_found(out):
    shares = {(row["model"], row["pair"]): float(row["share"]) for row in table(out, "dilemmas/preferences") if row["rule"] == "one-template"}
    for model, (*values, position) in TRUTH.items():
        for pair, truth in zip(("truth-loyalty", "individual-community", "short-term-long-term", "justice-mercy"), values):
            # Whoever takes what is listed first chooses either value with probability one half.
            near(shares[model, pair], (1 - position) * truth + position / 2, 4, 300)
        listed = next(float(row["first_listed"]) for row in table(out, "dilemmas/templates") if row["model"] == model and row["pair"] == "all")
        near(listed, .5 + position / 2, 4, 1200)
    for row in table(out, "dilemmas/agreement"):
        assert 0 <= float(row["conf_low"]) <= float(row["ratio"]) <= float(row["conf_high"]) <= 1
    strengths = [row for row in table(out, "steps/bradley_terry") if row["model"] == "cathay-base"]
    assert len(strengths) == 6
    for row in strengths:
        truth = .7 * (STRENGTH[row["value"]] - sum(STRENGTH.values()) / 6)
        assert abs(float(row["strength"]) - truth) < 4 * float(row["std_error"]) + .03, (row, truth)  # the drift is no Bradley-Terry law
    for row in table(out, "steps/transitivity"):
        for low, high in (("zeta_low", "zeta_high"), ("weak_low", "weak_high"), ("strong_low", "strong_high")):
            assert 0 <= float(row[low]) <= float(row[high]) <= 1, row
        assert float(row["weak_share"]) == int(row["weak_violations"]) / int(row["chains"])
    for row in table(out, "dilemmas/flip_tests"):
        assert float(row["conf_low"]) < float(row["difference"]) < float(row["conf_high"]), row
    assert all(row["conf_low"] != "NA" for row in table(out, "steps/stability_over_models"))
    zero = {}
    for row in table(out, "steps/scores"):
        zero[row["model"], row["step"]] = zero.get((row["model"], row["step"]), 0) + int(row["n"]) * float(row["score"])
    assert max(map(abs, zero.values())) < 1e-8


def own_layers(text):
    """[audit] and the layers whose tables make_synthetic.py writes."""
    first, *layers = text.split("\n[layer ")
    return "\n[layer ".join([first, *(layer for layer in layers if layer.startswith(("dilemmas]", "steps]")))])


with tempfile.TemporaryDirectory() as name:
    scratch = pathlib.Path(name)
    subprocess.run([sys.executable, "data/audit/make_synthetic.py", scratch / "data", "--dilemmas", "300", "--steps", "300"], check=True)
    job = scratch / "job.ini"
    job.write_text(own_layers(pathlib.Path("jobs/audit.ini").read_text()).replace("data/audit/", "").replace("published.csv", "data/audit/published.csv"))
    good("--config", job, "--data", scratch / "data", "--out", scratch / "run")
    truth_found(scratch / "run")
    summary = table(scratch / "run", "governance/governance_summary")
    assert {row["layer"] for row in summary} == {"dilemmas", "steps"} and len({row["model"] for row in summary}) == 8
    groups = table(scratch / "run", "dilemmas/group_tests")
    assert {row["test"] for row in groups} == {"groups", "paired", "trend", "trend within families"}
    assert all(float(row["p_holm"]) >= float(row["p_value"]) for row in groups if row["p_value"] != "NA")
    assert "synthetic" in (scratch / "run/report/index.html").read_text().lower()

    # The same answers as JSON Lines with other names, through a mapping; and as listed positions: the same tables.
    answers = list(csv.DictReader((scratch / "data/dilemma_answers.csv").open()))
    with (scratch / "data/answers.jsonl").open("w") as file:
        for row in answers:
            file.write(json.dumps({"who": row["model"], "case": row["dilemma"], "form": row["template"], "said": {"1": "one", "2": "two"}.get(row["choice"], row["choice"]),
                                   "bad": row["consequence"], "asked": row["guideline"]}) + "\n")
    (scratch / "data/map.csv").write_text("key,value\nformat,json-lines\nfield.model,who\nfield.dilemma,case\nfield.template,form\nfield.choice,said\n"
                                          "field.consequence,bad\nfield.guideline,asked\nlabel.choice.one,1\nlabel.choice.two,2\n")
    with (scratch / "data/positions.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, answers[0], lineterminator="\n")
        writer.writeheader()
        swapped = {"1": "2", "2": "1"}
        writer.writerows({**row, "choice": swapped.get(row["choice"], row["choice"])} if "reverse" in row["template"] else row for row in answers)
    for form, settings in {"json": ["dilemmas.answers=answers.jsonl", "dilemmas.answers_mapping=map.csv"],
                           "places": ["dilemmas.answers=positions.csv", "dilemmas.choice=position"]}.items():
        good("--config", job, "--data", scratch / "data", "--out", scratch / form, *[word for key in settings for word in ("--set", f"layer {key}")])
        for one in (scratch / "run/tables/dilemmas").glob("*.csv"):
            assert one.read_bytes() == (scratch / form / "tables/dilemmas" / one.name).read_bytes(), (form, one.name)

    # The labels as the public data have them: a JSON array, a dilemma an object, words in any case.
    wide = {}
    for row in csv.DictReader((scratch / "data/step_labels.csv").open()):
        record = wide.setdefault(row["dilemma"], {"norm": "none", "idx": row["dilemma"]})
        for letter in "AB":
            record[f"step {row['step']}_choice{letter}_value"] = row[f"value_{letter.lower()}"].title() if letter == "A" else row["value_b"]
    (scratch / "data/labels.json").write_text(json.dumps(list(wide.values())))
    good("--config", job, "--data", scratch / "data", "--out", scratch / "wide", "--set", "layer steps.labels=labels.json",
         "--set", "layer steps.labels_mapping=data/mappings/multi-step-dilemmas.csv")
    for one in (scratch / "run/tables/steps").glob("*.csv"):
        assert one.read_bytes() == (scratch / "wide/tables/steps" / one.name).read_bytes(), one.name
    assert "1500 of 3000 value labels" in (scratch / "wide/findings.json").read_text()
    printed = table(scratch / "run", "print/printed_check")
    # What the text says of the mean drop without the country does not follow from the table.
    assert len(printed) == 74 and {row["printed"] for row in printed if row["verdict"] != "consistent"} == {"16.7", "3.7"}, printed
    assert "72 of 74 printed numbers" in (scratch / "run/findings.json").read_text()

    # A second call has nothing to do; another seed computes again.
    digest = (scratch / "run/digest.txt").read_text()
    good("--config", job, "--data", scratch / "data", "--out", scratch / "run")
    good("--config", job, "--data", scratch / "data", "--out", scratch / "run", "--seed", "2")
    assert digest != (scratch / "run/digest.txt").read_text()

    # What is wrong is named; what cannot be used is counted.
    base = ["--config", job, "--data", scratch / "data", "--out", scratch / "bad"]
    text = (scratch / "data/dilemma_answers.csv").read_text()
    bad = scratch / "data/bad.csv"
    use = ["--set", "layer dilemmas.answers=bad.csv"]
    bad.write_text(text.replace(",1,no,", ",eins,no,", 1))
    refused([*base, *use], "bad.csv:", "eins", "label.choice.TEXT")
    bad.write_text(text.replace("model,", "modell,", 1))
    refused([*base, *use], "'model'")
    bad.write_text(text.split("\n")[0] + "\n")
    refused([*base, *use], "no usable answer")
    refused([*base, "--set", "layer dilemmas.kind=dilemma"], "dilemmas", "multi-step")
    refused([*base, "--set", "layer dilemmas.anwsers=x"], "anwsers")
    refused([*base, "--set", "layer steps.labels=nowhere.csv"], "nowhere.csv", "labels")
    labels = (scratch / "data/step_labels.csv").read_text().splitlines()
    (scratch / "data/again.csv").write_text("\n".join([*labels, "d0001,1,care,loyalty"]) + "\n")
    refused([*base, "--set", "layer steps.labels=again.csv"], "again.csv:1502", "step 1", "d0001")
    (scratch / "data/again.csv").write_text("\n".join([*labels, labels[1]]) + "\n")
    good(*base, "--set", "layer steps.labels=again.csv")
    assert "labelled before with the same values" in (scratch / "bad/findings.json").read_text()
    refused([*base, "--set", "layer steps.margin=0.5"], "margin")
    refused([*base, "--set", "audit.groups=colour"], "colour", "origin")
    refused([*base, "--set", "layer a b.kind=dilemmas"], "layer a b")
    bad.write_text(text + "aurora-base,nobody-1,direct,1,no,\naurora-base,truth-loyalty-0001,other,1,no,\nshort\n")
    good(*base, *use)
    ledger = {line["rule"]: line["count"] for line in json.loads((scratch / "bad/findings.json").read_text())["exclusions"]}
    assert ledger == {"broken record": 1, "dilemma that is not among the dilemmas": 1, "template that the job does not name": 1}, ledger
sys.exit(0)
