"""meridian audit on broken tables, one fault at a time: refused with one message that names the culprit, nothing half-written; or
counted, where a row can be left out."""
import json
import pathlib
import shutil

import command_test
from audit_study import layers
from command_test import main, meridian, rows

DATA = pathlib.Path("data/audit")
JOBS = {"audit": pathlib.Path("jobs/audit.ini").read_text(), "first-token": pathlib.Path("jobs/audit-first-token.ini").read_text(),
        "world-values": """[audit]
[layer world-values]
kind = world-values
answers = wvb_answers.csv
people = wvb_people.csv
scales = wvb_scales.json
"""}


def lines(name):
    return (DATA / name).read_text().splitlines()


def words(folder, name, layer, settings):
    (folder / "job.ini").write_text(layers(JOBS[name], layer))
    return ["audit", "--config", folder / "job.ini", "--data", folder, "--out", folder / "out", "--fresh", "--replicates", 5, "--quiet",
            *(word for setting in settings for word in ("--set", setting))]


def refused(folder, name, layer, settings, *texts, ranks=1):
    """Once, also by several ranks, and with an empty folder after it."""
    shutil.rmtree(folder / "out", ignore_errors=True)
    message = command_test.refused(words(folder, name, layer, settings), *texts, ranks=ranks)
    assert "rank" not in message, message


def counted(folder, name, layer, settings, rule, count, example):
    meridian(*words(folder, name, layer, settings))
    found = {line["rule"]: line for line in json.loads((folder / "out/findings.json").read_text())["exclusions"]}
    assert rule in found and found[rule]["count"] == count and found[rule]["examples"][0].endswith(example), (settings, found)


def dilemma_answers(folder):
    answers = lines("dilemma_answers.csv")
    file, use = folder / "answers.csv", ["layer dilemmas.answers=answers.csv"]

    def wrong(text, *expected, settings=(), ranks=1):
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        refused(folder, "audit", "dilemmas", [*use, *settings], *expected, ranks=ranks)

    text = "\n".join(answers) + "\n"
    wrong(text.replace("choice", "chioce", 1), "answers.csv", "'choice'", "Did you mean 'chioce'?")
    wrong("", "answers.csv", "an empty file")
    wrong(answers[0] + "\n", "answers.csv", "no usable answer in 0 rows")
    wrong(text.replace("\n", "\r"), "answers.csv:1", "carriage return")
    wrong(text.encode("utf-16"), "UTF-16", "iconv")
    wrong(text.replace("direct", "dir\0ect", 1), "answers.csv:2")
    wrong("\n".join([*answers[:6], answers[6].replace("direct", '"direct', 1), *answers[7:]]), "answers.csv:7", "never closed")
    late = len(answers) - 3
    third = "\n".join([*answers[:late], answers[late].replace(",1,", ",3,", 1).replace(",2,", ",3,", 1), *answers[late + 1:]])
    wrong(third, f"answers.csv:{late + 1}", "the choice '3'", "label.choice.TEXT")
    # Two ranks meet a fault each; the first of the file is told, once.
    both = "\n".join([*answers[:late], "aurora-base,truth-loyalty-0001,direct,9,no,", *answers[late:]]).replace(",1,no", ",7,no", 1)
    for ranks in (1, 2, 3):
        wrong(both, "answers.csv:2", "the choice '7'", ranks=ranks)
    (folder / "map.csv").write_text("key,value\nformat,csv\nfield.model,model\nfield.dilemma,dilemma\nfield.template,template\nfield.choice,said\n")
    wrong(text, "answers.csv:1", "no column 'said'", settings=["layer dilemmas.answers_mapping=map.csv"])
    (folder / "map.csv").write_text("key,value\nformat,csv\nfield.model,model\nfield.said,choice\n")
    wrong(text, "map.csv:4", "'said'", settings=["layer dilemmas.answers_mapping=map.csv"])

    for same in (text.replace("\n", "\r\n"), "\ufeff" + text):
        file.write_bytes(same.encode())
        meridian(*words(folder, "audit", "dilemmas", use))
    file.write_text("\n".join([answers[0], *answers]) + "\n")
    counted(folder, "audit", "dilemmas", use, "dilemma that is not among the dilemmas", 1, "answers.csv:2")

    records = [json.dumps(row) for row in rows(DATA / "dilemma_answers.csv")]
    records[6] = records[6][:-4]
    file.write_text("\n".join(records) + "\n")
    (folder / "map.csv").write_text("key,value\nformat,json-lines\n" +
                                    "".join(f"field.{key},{key}\n" for key in ("model", "dilemma", "template", "choice")))
    counted(folder, "audit", "dilemmas", [*use, "layer dilemmas.answers_mapping=map.csv"], "broken record", 1, "answers.csv:7")
    wrong(text, "no usable answer", "broken record", settings=["layer dilemmas.answers_mapping=map.csv"])


def other_tables(folder):
    def edited(source, edit):
        (folder / "bad.csv").write_text("\n".join(edit(lines(source))) + "\n")

    twice = lambda text: [*text, text[1]]
    edited("dilemmas.csv", twice)
    refused(folder, "audit", "dilemmas", ["layer dilemmas.dilemmas=bad.csv"], "bad.csv", "truth-loyalty-0001", "twice")
    edited("step_answers.csv", lambda text: [text[0], text[1][:-1] + "C", *text[2:]])
    refused(folder, "audit", "steps", ["layer steps.answers=bad.csv"], "bad.csv:2", "'C'", "A, B")
    edited("models.csv", twice)
    refused(folder, "audit", "steps", ["audit.models=bad.csv"], "bad.csv", "'aurora-base' a second time")
    edited("models.csv", lambda text: [text[0], text[1].replace("2023.2", "NaN"), *text[2:]])
    refused(folder, "audit", "steps", ["audit.models=bad.csv"], "'NaN' as released", "aurora-base")
    edited("published.csv", lambda text: [text[0], "here,meen,a=1,1,", *text[1:]])
    refused(folder, "audit", "steps", ["audit.published=bad.csv"], "bad.csv:2", "'meen'")
    edited("opinion_types.csv", twice)
    refused(folder, "audit", "opinions", ["layer opinions.types=bad.csv"], "bad.csv", "'EVI1' again")
    edited("opinion_answers.csv", lambda text: [text[0], text[1].replace(",6,", ",-6,"), *text[2:]])
    counted(folder, "audit", "opinions", ["layer opinions.answers=bad.csv"], "count that is no whole number from 0", 1, "bad.csv:2")
    edited("opinion_people.csv", lambda text: [text[0], text[1].replace(",1,16", ",NaN,16"), *text[2:]])
    counted(folder, "audit", "opinions", ["layer opinions.people=bad.csv"], "a person's answer that is no code", 1, "bad.csv:2")
    edited("respondents.csv", lambda text: text[:1])
    refused(folder, "audit", "predictions", ["layer predictions.people=bad.csv"], "bad.csv", "no answer that can be used in 0 rows")
    edited("respondents.csv", lambda text: [*text, text[1]])
    counted(folder, "audit", "predictions", ["layer predictions.people=bad.csv"],
            "second answer of a person to a question (the first counts)", 1, f"bad.csv:{len(lines('respondents.csv')) + 1}")


def first_token(folder):
    scores, people = lines("first_token_scores.csv"), lines("first_token_people.csv")
    use = ["layer first-token.scores=scores.csv"]

    def scored(*added):
        (folder / "scores.csv").write_text("\n".join([*scores, *added]) + "\n")

    end = len(scores) + 1
    scored("attentive,Egypt,1,A,NaN")
    counted(folder, "first-token", "first-token", use, "value is no number", 1, f"scores.csv:{end}")
    scored("attentive,Egypt,1,Z,0.5")
    counted(folder, "first-token", "first-token", use, "unknown option", 1, f"scores.csv:{end}")
    scored("attentive,Atlantis,1,A,0.5")
    counted(folder, "first-token", "first-token", use, "no human answers for the country and question", 1, f"scores.csv:{end}")
    scored(scores[1])
    counted(folder, "first-token", "first-token", use, "option given twice", 1, f"scores.csv:{end}")
    (folder / "people.csv").write_text("\n".join([people[0], "1,Egypt,A,-7", *people[2:]]) + "\n")
    counted(folder, "first-token", "first-token", ["layer first-token.distributions=people.csv"],
            "distribution: a share that is negative, no number or of no option", 1, "1, Egypt")
    (folder / "people.csv").write_text("\n".join([people[0], "1,Egypt,A,70", *people[2:]]) + "\n")
    (folder / "splits.csv").write_text((DATA / "splits_cao.csv").read_text().replace("Kenya", "Kenia"))
    meridian(*words(folder, "first-token", "first-token",
                    ["layer first-token.distributions=people.csv", "layer first-token.splits=splits.csv"]))
    told = (folder / "out/findings.json").read_text()
    assert "1 of them miss the sum 1 or 100" in told and "'Kenia'" in told, told


def world_values(folder):
    (folder / "wvb_people.csv").write_text("question,participant,score\nQ1,156000001,1\nQ1,156000002,3\n")
    (folder / "wvb_answers.csv").write_text("question,participant,score\nQ1,156000001,2\nQ1,156000002,x\n")
    (folder / "wvb_scales.json").write_text('{"Q1": {"answer_scale_min": 1, "answer_scale_max": 4}}')
    counted(folder, "world-values", "world-values", [], "score is no number", 1, "wvb_answers.csv:3")
    (folder / "wvb_scales.json").write_text('{"Q1": {"answer_scale_min": 1,')
    refused(folder, "world-values", "world-values", [], "wvb_scales.json")
    (folder / "wvb_scales.json").write_text('{"Q2": {"answer_scale_min": 1, "answer_scale_max": 4}}')
    refused(folder, "world-values", "world-values", [], "no question that both models and people answered")


main(dilemma_answers, other_tables, first_token, world_values)
