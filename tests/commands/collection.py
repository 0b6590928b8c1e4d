#!/usr/bin/env python3
"""From a design to results and back: requests are written, answered by a stand-in with faults, imported, completed,
analysed; the results equal those of the same trials read directly. Sizes: MERIDIAN_COLLECTION=full is the study's own
(132 000 requests), otherwise small.

A stand-in answers each request with the simulated model's text for that trial, in the shapes that services return. 5 %
of the requests go wrong: errors, expired requests, lines that are cut, lines that come twice, lines that are lost.
"""
import csv
import filecmp
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MERIDIAN = os.environ["MERIDIAN_EXE"]
FULL = os.environ.get("MERIDIAN_COLLECTION") == "full"
MODELS, ITERATIONS = (20, 20) if FULL else (3, 4)
SURVEYS = {"mfq": ("MFQ2", "mfq2", 36), "wvs": ("WVS", "wvs", 19)}
CONDITIONS = 6


def run(*words, fails=False):
    done = subprocess.run([MERIDIAN, *map(str, words)], capture_output=True, text=True)
    if (done.returncode != 0) != fails:
        sys.exit(f"meridian {' '.join(map(str, words))}: exit {done.returncode}\n{done.stderr}")
    return done.stderr


def rows(file):
    with open(file, newline="", encoding="utf-8-sig") as stream:
        return list(csv.DictReader(stream))


def write_csv(file, header, lines):
    with open(file, "w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(lines)


def share(text):
    """A number in [0, 1) that depends on the text alone."""
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) / 2**32


def make_design(folder, code, trials):
    models = sorted({row["LLM"] for row in trials})
    items = [str(item) for item in range(1, 37)] if code == "mfq" else [str(item) for item in range(177, 196)]
    write_csv(folder / "items.csv", ["item", "language", "prompt"],
              [[item, language, f"{language} wording of {item}"] for item in items for language in ("Chinese", "English")])
    write_csv(folder / "template.csv", ["part", "language", "persona", "text"],
              [["system", "*", "*", "Answer with one number."], ["persona", "*", "China", "You are {persona}."],
               ["persona", "*", "USA", "You are {persona}."],
               ["user", "*", "*", "{prompt}\n\nFrom {lowest} to {highest}: {{number}}"]])
    write_csv(folder / "design.csv", ["key", "value"],
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
        assert value["url"] == "/v1/chat/completions" and value["body"]["temperature"] == 1.0
        assert value["body"]["top_logprobs"] == 5 and value["body"]["messages"][-1]["content"].endswith("{number}")
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
        said = run("prompts", *design, "--out", requests, *more)
        seen = 0
        for file in sorted(requests.glob("requests-*.jsonl")):
            answers = folder / f"answers-{number}-{file.name}"
            seen += answer_file(file, answers, texts, faults)
            run("import", "--store", store, "--mapping", "batch", "--items", dictionary, "--plan",
                requests / "plan.csv", answers)
        assert f"{seen} requests" in said, said
        if number == 1:
            assert seen == planned, (seen, planned)
        else:
            assert 0.02 * planned < seen < 0.15 * planned, (seen, planned)
    coverage = rows(store / "tables/trials/coverage.csv")
    assert sum(int(row["planned"]) for row in coverage) == planned
    assert all(row["missing"] == "0" for row in coverage)
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
    run("replicate", "--config", job, "--data", folder, "--out", folder / label, "--quiet")
    return folder / label


def check_survey(scratch, study, code):
    survey, name, _ = SURVEYS[code]
    trials_file = study / f"Data/{survey}/llm_{code}_trials.csv"
    store = collect(scratch / code, code, name, name, rows(trials_file))
    people = next((study / "Data" / survey).glob("human_*.csv"), None) or next((study / "Data" / survey).glob("*WVS*.csv"))
    one = analyse(scratch / code, survey, name, people, trials_file, "direct")
    two = analyse(scratch / code, survey, name, people, store, "collected")
    compared = 0
    for file in sorted((one / "tables/all").glob("*.csv")):
        assert filecmp.cmp(file, two / "tables/all" / file.name, shallow=False), file
        compared += 1
    for file in sorted((one / "similarity").glob("block-*.h5")):
        assert filecmp.cmp(file, two / "similarity" / file.name, shallow=False), file
        compared += 1
    assert compared >= 3, compared
    before = {file: file.read_bytes() for file in store.rglob("*.h5")}
    run("import", "--store", scratch / code / "simulated", "--mapping", "trials", "--items", name, trials_file)
    for where, synthetic in ((store, False), (scratch / code / "simulated", True)):
        assert json.loads((where / "findings.json").read_text())["synthetic"] == synthetic, where
    review = scratch / code / "review.csv"
    run("import", "--store", store, "--review", review)
    assert rows(review), "some texts say nothing"
    assert all(file.read_bytes() == content for file, content in before.items())


def check_kill(scratch):
    """An import that is killed goes on with the same command and ends with the same bytes."""
    answers = scratch / "many.csv"
    write_csv(answers, ["LLM", "language", "persona", "item", "iteration", "response"],
              [["m", "English", "none", 1 + i % 36, i // 36, 1 + i % 5 if i % 700 else "no idea"] for i in range(300000)])
    words = ["--mapping", "trials", "--items", "mfq2", answers]
    killed = subprocess.Popen([MERIDIAN, "import", "--store", scratch / "killed", *words], stderr=subprocess.DEVNULL)
    while not (scratch / "killed/import-0001/trials-000001.h5").exists() and killed.poll() is None:
        time.sleep(0.002)
    killed.kill()
    killed.wait()
    done = {file.name: file.read_bytes() for file in (scratch / "killed/import-0001").glob("trials-*.h5")}
    assert done, "it was killed before its first unit"
    run("import", "--store", scratch / "killed", *words)
    run("import", "--store", scratch / "whole", *words)
    for file in (scratch / "whole").rglob("*.*"):
        if file.suffix in (".h5", ".csv"):
            assert filecmp.cmp(file, scratch / "killed" / file.relative_to(scratch / "whole"), shallow=False), file
    for name, content in done.items():
        assert (scratch / "killed/import-0001" / name).read_bytes() == content, name


def check_rounds(scratch):
    """A dilemma of two steps: the second is asked with the first and its answer; a refusal leaves it waiting."""
    folder = scratch / "steps"
    folder.mkdir()
    write_csv(folder / "items.csv", ["item", "language", "prompt", "sequence", "step", "if_answer"],
              [["s1", "English", "Stay or go?", "d", 1, ""], ["s2", "English", "You stayed.", "d", 2, "1"],
               ["s2", "English", "You went.", "d", 2, "2"]])
    write_csv(folder / "template.csv", ["part", "language", "persona", "text"], [["user", "*", "*", "{prompt}"]])
    write_csv(folder / "design.csv", ["key", "value"],
              [["kind", "steps"], ["model", "m"], ["language", "English"], ["iterations", 3], ["highest", 2]])
    words = ["prompts", "--items", folder / "items.csv", "--template", folder / "template.csv", "--design", folder / "design.csv"]
    assert "3 requests" in run(*words, "--out", folder / "first")
    run(*words, "--round", 2, "--out", folder / "early", fails=True)
    answers = [{"custom_id": f"m__English__none__s1__{i}", "response": {"body": {"choices": [
        {"finish_reason": "stop", "message": {"content": text}}]}}} for i, text in ((1, "2: I go"), (2, "1"), (3, "I cannot say"))]
    (folder / "answers.jsonl").write_text("".join(json.dumps(line) + "\n" for line in answers))
    run("import", "--store", folder / "store", "--mapping", "batch", "--items", folder / "first/items.csv", folder / "answers.jsonl")
    said = run(*words, "--round", 2, "--missing", folder / "store", "--out", folder / "second")
    assert "2 requests" in said and "1 wait" in said, said
    lines = [json.loads(line) for line in (folder / "second/requests-m-0001.jsonl").read_text().splitlines()]
    assert [[message["content"] for message in line["body"]["messages"]] for line in lines] == [
        ["Stay or go?", "2: I go", "You went."], ["Stay or go?", "1", "You stayed."]]


def main():
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        study = scratch / "study"
        run("simulate", "--out", study, "--seed", 5, "--models", MODELS, "--iterations", ITERATIONS,
            "--people-china", 60, "--people-usa", 60)
        for code in SURVEYS:
            check_survey(scratch, study, code)
        check_kill(scratch)
        check_rounds(scratch)
    print("collected trials give the numbers of the same trials read directly")


if __name__ == "__main__":
    main()
