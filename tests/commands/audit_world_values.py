"""meridian audit, layer world-values, on made-up answers: known distances, the same digest at every rank count, broken input. With the
public files beside the tree, R's numbers (tests/oracle/make_world_values_reference.R) as well."""
import csv
import json
import os
import pathlib
import subprocess
import tempfile

EXE = os.environ["MERIDIAN_EXE"]
PUBLIC, REFERENCE = pathlib.Path("../shared/data"), pathlib.Path("tests/oracle/data/audit")
LAUNCH = os.environ["MERIDIAN_LAUNCH"].split()
JOB = """[audit]
synthetic = yes
replicates = 200
[layer values]
kind = world-values
answers = near.csv far.csv
scales = scales.json
"""


def run(words, ranks=1):
    launch = [*LAUNCH, str(ranks)] if ranks > 1 else []
    return subprocess.run([*launch, EXE, *map(str, words)], capture_output=True, text=True, timeout=120)


def rows(folder, name):
    with (folder / "tables/values" / f"{name}.csv").open() as file:
        return list(csv.DictReader(file))


def refused(folder, job, *expected):
    (folder / "job.ini").write_text(job)
    done = run(["audit", "--config", folder / "job.ini", "--data", folder, "--out", folder / "refused"])
    assert done.returncode == 2, done
    for text in expected:
        assert text in done.stderr, (text, done.stderr)


def write_answers(path, score):
    lines = ["question,participant,score,urban_rural"]
    for question in range(1, 9):
        lines += [f"Q{question},{156000000 + person},{score(question, person)},{'Urban' if person % 2 else 'Rural'}" for person in range(1000)]
    path.write_text("\n".join(lines) + "\n")


def check_public(folder):
    done = run(["audit", "--config", "jobs/audit-world-values.ini", "--data", PUBLIC, "--out", folder / "public", "--replicates", 20])
    assert done.returncode == 0, done.stderr
    for name, keys, columns in (("questions", ("run", "question"), ("answers", "outside", "w1")), ("shares", ("run", "threshold"), ("questions", "share"))):
        with (folder / f"public/tables/world-values/{name}.csv").open() as file:
            found = {tuple(row[key] for key in keys): row for row in csv.DictReader(file)}
        with (REFERENCE / f"world_values_{name}.csv").open() as file:
            expected = list(csv.DictReader(file))
        assert len(expected) == {"questions": 8 * 30, "shares": 8 * 9}[name]
        for row in expected:
            for column in columns:
                assert abs(float(found[tuple(row[key] for key in keys)][column]) - float(row[column])) < 1e-12, (name, row)


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    write_answers(folder / "people.csv", lambda question, person: 1 + (person + question) % 5)
    write_answers(folder / "near.csv", lambda question, person: 1 + (person // 10) % 5)
    write_answers(folder / "far.csv", lambda question, person: "" if person == 0 else 27 if person == 1 else 5)
    (folder / "scales.json").write_text(json.dumps({f"Q{q}": {"answer_scale_min": 1, "answer_scale_max": 5} for q in range(1, 9)}))
    digests = []
    (folder / "job.ini").write_text(JOB + "people = people.csv\n")
    for ranks in (1, 2, 3):
        out = folder / str(ranks)
        done = run(["audit", "--config", folder / "job.ini", "--data", folder, "--out", out], ranks)
        assert done.returncode == 0, done.stderr
        digests.append((out / "digest.txt").read_text())
    assert len(set(digests)) == 1, digests
    distances = {(row["run"], row["question"]): row for row in rows(folder / "1", "questions")}
    assert float(distances["near", "Q3"]["w1"]) < 1e-12
    far = (998 * 0.5 + 26 / 4 - 0.5) / 999 + 0.0  # everybody at 1 but one at 6.5; people at 0, .25, .5, .75, 1
    assert abs(float(distances["far", "Q1"]["w1"]) - far) < 1e-3, distances["far", "Q1"]
    assert distances["far", "Q1"]["outside"] == "1" and distances["far", "Q1"]["answers"] == "999"
    shares = {(row["run"], row["threshold"]): float(row["share"]) for row in rows(folder / "1", "shares")}
    assert shares["near", "0.2"] == 1 and shares["far", "0.4"] == 0 and shares["uniform", "0"] == 1
    levels = {row["level"] for row in rows(folder / "1", "strata")}
    assert levels == {"Urban", "Rural"}, levels
    assert "blank score" in (folder / "1" / "findings.json").read_text()

    refused(folder, JOB, "people, country_percents", "neither")
    refused(folder, JOB + "people = people.csv\nout_of_range = fold\n", "fold", "clip")
    refused(folder, JOB + "people = people.csv\nthreshold = .2\n", "threshold")
    (folder / "scales.json").write_text("{}")
    refused(folder, JOB + "people = people.csv\n", "scales.json")
    if PUBLIC.is_dir():
        check_public(folder)
