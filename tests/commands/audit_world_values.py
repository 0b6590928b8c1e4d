"""meridian audit, layer world-values, on made-up answers: known distances, the same digest at every rank count, broken input. With the
public files beside the tree, R's numbers (tests/oracle/make_world_values_reference.R) as well."""
import json
import pathlib

import command_test
from command_test import keyed, main, meridian, near, rows, same_files

PUBLIC, REFERENCE = pathlib.Path("../shared/data"), pathlib.Path("tests/oracle/data/audit")
JOB = """[audit]
synthetic = yes
replicates = 200
[layer values]
kind = world-values
answers = near.csv far.csv
scales = scales.json
"""


def write_answers(path, score):
    lines = ["question,participant,score,urban_rural"]
    for question in range(1, 9):
        lines += [f"Q{question},{156000000 + person},{score(question, person)},{'Urban' if person % 2 else 'Rural'}" for person in range(1000)]
    path.write_text("\n".join(lines) + "\n")


def any_ranks(scratch):
    write_answers(scratch / "people.csv", lambda question, person: 1 + (person + question) % 5)
    write_answers(scratch / "near.csv", lambda question, person: 1 + (person // 10) % 5)
    write_answers(scratch / "far.csv", lambda question, person: "" if person == 0 else 27 if person == 1 else 5)
    scales = {f"Q{question}": {"answer_scale_min": 1, "answer_scale_max": 5} for question in range(1, 9)}
    (scratch / "scales.json").write_text(json.dumps(scales))
    (scratch / "job.ini").write_text(JOB + "people = people.csv\n")
    for ranks in (1, 2, 3):
        meridian("audit", "--config", scratch / "job.ini", "--data", scratch, "--out", scratch / str(ranks), ranks=ranks)
        same_files(scratch / "1", scratch / str(ranks), ["digest.txt"])


def known_distances(scratch):
    tables = scratch / "1/tables/values"
    distances = keyed(tables / "questions.csv", "run", "question")
    assert float(distances["near", "Q3"]["w1"]) < 1e-12, distances["near", "Q3"]
    far = (998 * 0.5 + 26 / 4 - 0.5) / 999  # everybody at 1 but one at 6.5; people at 0, .25, .5, .75, 1
    near(distances["far", "Q1"]["w1"], far, "far, Q1", absolute=1e-3)
    assert distances["far", "Q1"]["outside"] == "1" and distances["far", "Q1"]["answers"] == "999", distances["far", "Q1"]
    shares = {key: float(row["share"]) for key, row in keyed(tables / "shares.csv", "run", "threshold").items()}
    assert shares["near", "0.2"] == 1 and shares["far", "0.4"] == 0 and shares["uniform", "0"] == 1, shares
    assert {row["level"] for row in rows(tables / "strata.csv")} == {"Urban", "Rural"}, "strata of the answers"
    assert "blank score" in (scratch / "1/findings.json").read_text(), "what is left out is counted"


def what_is_wrong_is_named(scratch):
    def refused(job, *texts):
        (scratch / "job.ini").write_text(job)
        command_test.refused(["audit", "--config", scratch / "job.ini", "--data", scratch, "--out", scratch / "refused"], *texts)

    refused(JOB, "people, country_percents", "neither")
    refused(JOB + "people = people.csv\nout_of_range = fold\n", "fold", "clip")
    refused(JOB + "people = people.csv\nthreshold = .2\n", "threshold")
    (scratch / "scales.json").write_text("{}")
    refused(JOB + "people = people.csv\n", "scales.json")


def public_files_give_the_numbers_of_r(scratch):
    tables = scratch / "public/tables/world-values"
    meridian("audit", "--config", "jobs/audit-world-values.ini", "--data", PUBLIC, "--out", scratch / "public", "--replicates", 20)
    for name, count, keys, columns in (("questions", 8 * 30, ("run", "question"), ("answers", "outside", "w1")),
                                       ("shares", 8 * 9, ("run", "threshold"), ("questions", "share"))):
        found, expected = keyed(tables / f"{name}.csv", *keys), keyed(REFERENCE / f"world_values_{name}.csv", *keys)
        assert len(expected) == count, (name, len(expected))
        for key, row in expected.items():
            for column in columns:
                near(found[key][column], row[column], f"{column} of {key}", absolute=1e-12)


main(any_ranks, known_distances, what_is_wrong_is_named, *([public_files_give_the_numbers_of_r] if PUBLIC.is_dir() else []))
