"""From a design to results and back: requests are written, answered by a stand-in with faults, imported, completed,
analysed; the results equal those of the same trials read directly. Sizes: MERIDIAN_COLLECTION=full is the study's own
(132 000 requests), otherwise small.

A stand-in answers each request with the simulated model's text for that trial, in the shapes that services return. 5 %
of the requests go wrong: errors, expired requests, lines that are cut, lines that come twice, lines that are lost.
"""
import hashlib
import json
import os
from pathlib import Path

from command_test import files, main, meridian, refused, rows, same_files, write_rows
from running_command import kill_in_the_middle

FULL = os.environ.get("MERIDIAN_COLLECTION") == "full"
MODELS, ITERATIONS = (20, 20) if FULL else (3, 4)
SURVEYS = {"mfq": ("MFQ2", "mfq2", 36), "wvs": ("WVS", "wvs", 19)}
CONDITIONS = 6


def share(text):
    """A number in [0, 1) that depends on the text alone."""
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) / 2**32


def make_design(folder, code, trials):
    models = sorted({row["LLM"] for row in trials})
    items = [str(item) for item in range(1, 37)] if code == "mfq" else [str(item) for item in range(177, 196)]
    write_rows(folder / "items.csv", ["item", "language", "prompt"],
               [[item, language, f"{language} wording of {item}"] for item in items for language in ("Chinese", "English")])
    write_rows(folder / "template.csv", ["part", "language", "persona", "text"],
               [["system", "*", "*", "Answer with one number."], ["persona", "*", "China", "You are {persona}."],
                ["persona", "*", "USA", "You are {persona}."],
                ["user", "*", "*", "{prompt}\n\nFrom {lowest} to {highest}: {{number}}"]])
    write_rows(folder / "design.csv", ["key", "value"],
               [["model", model] for model in models] +
               [["language", "Chinese"], ["language", "English"], ["persona", "none"], ["persona", "China"],
                ["persona", "USA"], ["iterations", ITERATIONS], ["lowest", 1], ["highest", 5 if code == "mfq" else 10],
                ["temperature", "1.0"], ["logprobs", 5], ["seed", 7]])


def decoded(part):
    out, at = b"", 0
    while at < len(part):
        if part[at] == "_":
            out += bytes([int(part[at + 1:at + 3], 16)])
            at += 3
        else:
            out += part[at].encode()
            at += 1
    return out.decode()


def dressed(text, key):
    """The same answer as services dress it."""
    kind = share("dress" + key)
    if kind < 0.1:
        return f"<think>First I thought of 1, then I choose 2.</think>\n\n{text}"
    return text


def answer_file(requests, out, texts, faults):
    """What a batch runner would write; returns how many requests it saw."""
    lines, seen = [], 0
    for request in open(requests, encoding="utf-8"):
        value = json.loads(request)
        seen += 1
        key = value["custom_id"]
        assert value["url"] == "/v1/chat/completions" and value["body"]["temperature"] == 1.0, value
        assert value["body"]["top_logprobs"] == 5 and value["body"]["messages"][-1]["content"].endswith("{number}"), value
        text = dressed(texts[tuple(decoded(part) for part in key.split("__"))], key)
        body = {"choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}]}
        line = json.dumps({"id": "batch_req", "custom_id": key, "response": {"status_code": 200, "body": body},
                           "error": None}, ensure_ascii=share(key) < 0.5)
        fault = share("fault" + key) if faults else 1
        if fault < 0.01:
            line = json.dumps({"custom_id": key, "response": None, "error": {"message": "expired"}})
        elif fault < 0.02:
            line = json.dumps({"custom_id": key, "response": {"status_code": 500, "body": {"error": {"message": "x"}}}})
        elif fault < 0.03:
            line = line[: len(line) // 2]
        elif fault < 0.04:
            lines.append(line)
        elif fault < 0.05:
            continue
        lines.append(line)
    Path(out).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return seen


def collect(folder, code, name, dictionary, trials):
    """Two rounds of asking; returns the store."""
    folder.mkdir()
    make_design(folder, code, trials)
    texts = {(r["LLM"], r["language"], r["persona"], r["item"], str(int(r["iteration"]) + 1)): r["response"]
             for r in trials}
    store, design = folder / "store", ["--items", folder / "items.csv", "--template", folder / "template.csv",
                                       "--design", folder / "design.csv", "--requests", 5000]
    planned = MODELS * CONDITIONS * SURVEYS[code][2] * ITERATIONS
    for number, faults in ((1, True), (2, False)):
        requests = folder / f"requests-{number}"
        more = ["--missing", store] if number > 1 else []
        said = meridian("prompts", *design, "--out", requests, *more).stderr
        seen = 0
        for file in sorted(requests.glob("requests-*.jsonl")):
            answers = folder / f"answers-{number}-{file.name}"
            seen += answer_file(file, answers, texts, faults)
            meridian("import", "--store", store, "--mapping", "batch", "--items", dictionary, "--plan", requests / "plan.csv", answers)
        assert f"{seen} requests" in said, said
        if number == 1:
            assert seen == planned, (seen, planned)
        else:
            assert 0.02 * planned < seen < 0.15 * planned, (seen, planned)
    coverage = rows(store / "tables/trials/coverage.csv")
    assert sum(int(row["planned"]) for row in coverage) == planned, coverage
    assert all(row["missing"] == "0" for row in coverage), coverage
    return store


JOB = """[study]
survey = {survey}
items = data/items/{name}.csv
[people]
format = {format}
file = {people}
[models]
models = {models}
[all]
personas = none China USA
tables = by_llm by_origin iteration_aware
"""


def analyse(folder, survey, name, people, models, label):
    job = folder / f"{label}.ini"
    job.write_text(JOB.format(survey=survey, name=name, people=people, models=models,
                              format="mfq2" if survey == "MFQ2" else "wvs"))
    meridian("replicate", "--config", job, "--data", folder, "--out", folder / label, "--quiet")
    return folder / label


def same_numbers_as_direct_reading(scratch, code):
    survey, name, _ = SURVEYS[code]
    data = scratch / "study/Data" / survey
    trials = data / f"llm_{code}_trials.csv"
    store = collect(scratch / code, code, name, name, rows(trials))
    people = next(data.glob("human_*.csv"), None) or next(data.glob("*WVS*.csv"))
    direct = analyse(scratch / code, survey, name, people, trials, "direct")
    collected = analyse(scratch / code, survey, name, people, store, "collected")
    compared = [*direct.glob("tables/all/*.csv"), *direct.glob("similarity/block-*.h5")]
    assert len(compared) >= 3, compared
    same_files(direct, collected, [file.relative_to(direct) for file in compared])
    before = {file: file.read_bytes() for file in store.rglob("*.h5")}
    meridian("import", "--store", scratch / code / "simulated", "--mapping", "trials", "--items", name, trials)
    for where, synthetic in ((store, False), (scratch / code / "simulated", True)):
        assert json.loads((where / "findings.json").read_text())["synthetic"] == synthetic, where
    review = scratch / code / "review.csv"
    meridian("import", "--store", store, "--review", review)
    assert rows(review), "some texts say nothing"
    assert all(file.read_bytes() == content for file, content in before.items()), "a review changes nothing"


def collected_trials_give_the_numbers_of_the_same_trials(scratch):
    meridian("simulate", "--out", scratch / "study", "--seed", 5, "--models", MODELS, "--iterations", ITERATIONS,
             "--people-china", 60, "--people-usa", 60)
    for code in SURVEYS:
        same_numbers_as_direct_reading(scratch, code)


def a_killed_import_goes_on(scratch):
    """With the same command, to the same bytes; what it had finished stays."""
    answers, killed, whole = scratch / "many.csv", scratch / "killed", scratch / "whole"
    write_rows(answers, ["LLM", "language", "persona", "item", "iteration", "response"],
               [["m", "English", "none", 1 + i % 36, i // 36, 1 + i % 5 if i % 700 else "no idea"] for i in range(300000)])
    words = ["--mapping", "trials", "--items", "mfq2", answers]
    meridian("import", "--store", whole, *words)
    units = len(files(whole, "trials-*.h5"))
    kill_in_the_middle(["import", "--store", killed, *words], killed, "import-0001/trials-*.h5", after=1, of=units)
    done = {file: (killed / file).read_bytes() for file in files(killed, "trials-*.h5")}
    meridian("import", "--store", killed, *words)
    same_files(whole, killed, [file for file in files(whole) if file.suffix in (".h5", ".csv")])
    for file, content in done.items():
        assert (killed / file).read_bytes() == content, file


def dilemmas_are_asked_step_by_step(scratch):
    """The second is asked with the first and its answer; a refusal leaves it waiting."""
    folder = scratch / "steps"
    folder.mkdir()
    write_rows(folder / "items.csv", ["item", "language", "prompt", "sequence", "step", "if_answer"],
               [["s1", "English", "Stay or go?", "d", 1, ""], ["s2", "English", "You stayed.", "d", 2, "1"],
                ["s2", "English", "You went.", "d", 2, "2"]])
    write_rows(folder / "template.csv", ["part", "language", "persona", "text"], [["user", "*", "*", "{prompt}"]])
    write_rows(folder / "design.csv", ["key", "value"],
               [["kind", "steps"], ["model", "m"], ["language", "English"], ["iterations", 3], ["highest", 2]])
    words = ["prompts", "--items", folder / "items.csv", "--template", folder / "template.csv", "--design", folder / "design.csv"]
    assert "3 requests" in meridian(*words, "--out", folder / "first").stderr, "three iterations of the first step"
    refused([*words, "--round", 2, "--out", folder / "early"])
    answers = [{"custom_id": f"m__English__none__s1__{i}", "response": {"body": {"choices": [
        {"finish_reason": "stop", "message": {"content": text}}]}}} for i, text in ((1, "2: I go"), (2, "1"), (3, "I cannot say"))]
    (folder / "answers.jsonl").write_text("".join(json.dumps(line) + "\n" for line in answers))
    meridian("import", "--store", folder / "store", "--mapping", "batch", "--items", folder / "first/items.csv", folder / "answers.jsonl")
    said = meridian(*words, "--round", 2, "--missing", folder / "store", "--out", folder / "second").stderr
    assert "2 requests" in said and "1 wait" in said, said
    lines = [json.loads(line) for line in (folder / "second/requests-m-0001.jsonl").read_text().splitlines()]
    contents = [[message["content"] for message in line["body"]["messages"]] for line in lines]
    assert contents == [["Stay or go?", "2: I go", "You went."], ["Stay or go?", "1", "You stayed."]], contents


main(collected_trials_give_the_numbers_of_the_same_trials, a_killed_import_goes_on, dilemmas_are_asked_step_by_step)
