"""meridian audit on simulated opinions of known truth: kinds def and mark, same digest at every rank count, broken input. With the
public CultureEval files beside the tree, their stored numbers as well."""
import csv
import os
import pathlib
import random
import subprocess
import tempfile

EXE = os.environ["MERIDIAN_EXE"]
LAUNCH = os.environ["MERIDIAN_LAUNCH"].split()
PUBLIC = pathlib.Path("../shared/data")
TYPES = ("order", "freedom", "faith")
draw = random.Random(5)


def run(words, ranks=1):
    launch = [*LAUNCH, str(ranks)] if ranks > 1 else []
    return subprocess.run([*launch, EXE, "audit", *map(str, words)], capture_output=True, text=True, timeout=120)


def rows(file, **wanted):
    with file.open() as stream:
        return [row for row in csv.DictReader(stream) if all(row[key] == value for key, value in wanted.items())]


def write(file, header, lines):
    with file.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        writer.writerows(lines)


def simulate(folder):
    """300 people of two countries; mirror-* answer with each person's own code in 70 % of the questions, stubborn-* always alike."""
    questions = [(f"q{i}", TYPES[i % 3]) for i in range(30)]
    write(folder / "types.csv", ["question", "type"], questions)
    people, told = [], []
    for person in range(300):
        country, sex = ("US", "CN")[person % 2], ("men", "women")[person // 2 % 2]
        for number, (question, _) in enumerate(questions):
            own = min(4, max(1, draw.choice([1, 2, 2, 3, 3, 4]) + (country == "CN") * (number % 3 - 1)))
            people.append([person, country, question, own, sex])
            for k in range(3):
                copied = own if draw.random() < 0.7 else draw.randint(1, 4)
                told.append([f"mirror-{k}", person, country, question, copied, f"I say {copied}"])
                told.append([f"stubborn-{k}", person, country, question, "refused" if draw.random() < 0.05 else 1, "One."])
    write(folder / "people.csv", ["respondent", "country", "question", "answer", "sex"], people)
    write(folder / "told.csv", ["model", "respondent", "country", "question", "answer", "text"], told)
    write(folder / "models.csv", ["name", "family"], [[f"{family}-{k}", family] for family in ("mirror", "stubborn") for k in range(3)])
    write(folder / "verdicts.csv", ["model", "aspect", "verdict"], [["mirror-0", "FF", "No"]] * 3 + [["mirror-0", "FF", "Yes"]] * 9)
    (folder / "job.ini").write_text("""[audit]
title = Simulated opinions
synthetic = yes
models = models.csv
family = family
groups = family
replicates = 200
permutations = 500
[layer people]
kind = mark
people = people.csv
predictions = told.csv
types = types.csv
[layer distributions]
kind = def
people = people.csv
answers = told.csv
types = types.csv
codes = 5
infinite = smooth
alpha = 1
groups = sex
surveys = US CN
verdicts = verdicts.csv
diversity_questions = 10
""")


def check_truth(tables):
    value = lambda table, column, **wanted: float(rows(tables / table, **wanted)[0][column])
    mark = dict(setting="pooled", type="all")
    # .7 copied, a quarter of the rest hits by chance
    accuracy = value("people/agreement.csv", "value", model="mirror-0", metric="accuracy", **mark)
    assert abs(accuracy - 0.775) < 0.015, accuracy
    assert abs(value("people/agreement.csv", "value", model="stubborn-0", metric="kappa", **mark)) < 1e-12
    pair = rows(tables / "people/accuracy_pairs.csv", first="mirror-0", second="stubborn-0")[0]
    assert sum(int(pair[key]) for key in ("both", "only_first", "only_second", "neither")) == 9000 and float(pair["p_value"]) < 1e-9
    assert float(rows(tables / "people/comparisons.csv", first="mirror-0", second="mirror-1", metric="accuracy")[0]["p_holm"]) > 0.05
    for row in rows(tables / "people/countries.csv"):
        assert row["setting"] == "countries" and (row["conf_low"] == row["conf_high"] == "NA" or float(row["conf_low"]) <= float(row["conf_high"])), row
    country = rows(tables / "people/countries.csv", model="mirror-0", country="CN", metric="accuracy")[0]
    assert float(country["conf_low"]) < float(country["value"]) < float(country["conf_high"]) and abs(float(country["value"]) - 0.775) < 0.02, country
    near, far = (rows(tables / "distributions/map.csv", rater=rater, survey="CN")[0] for rater in ("mirror-0", "stubborn-0"))
    assert float(near["distance_high"]) < float(far["distance_low"]), (near, far)
    shape = rows(tables / "distributions/preferences.csv", model="stubborn-0", survey="CN")[0]
    assert float(shape["below_half"]) == 0 and float(shape["deviation_low"]) <= float(shape["deviation"]) <= float(shape["deviation_high"]), shape
    tested = {row["metric"] for row in rows(tables / "distributions/group_tests.csv", column="family")}
    assert {"distance to people on the map, US", "diversity of the texts, CN", "deviation of the shares over the codes, US"} <= tested, tested
    divergence = dict(survey="CN", type="overall")
    near, far = (value("distributions/divergences.csv", "value", model=m, **divergence) for m in ("mirror-0", "stubborn-0"))
    assert near < 0.2 < 0.5 < far, (near, far)
    assert value("distributions/variation.csv", "ratio", rater="stubborn-0") < 0.3 < 0.5 < value("distributions/variation.csv", "ratio", rater="mirror-0") < 1
    assert value("distributions/families.csv", "p_paired", survey="US", unit="type") < 0.05
    assert [row["rate"] for row in rows(tables / "distributions/insensitivity.csv")] == ["0.25"]
    assert [row["diversity"] for row in rows(tables / "distributions/diversity.csv", model="mirror-0", survey="US")] == ["30"]
    assert {row["model"] for row in rows(tables / "governance/governance_summary.csv")} == {f"{f}-{k}" for f in ("mirror", "stubborn") for k in range(3)}


def check_refusals(folder):
    def refused(setting, *expected):
        done = run(["--config", folder / "job.ini", "--data", folder, "--out", folder / "refused", "--set", setting])
        assert done.returncode == 2 and done.stderr.count("error:") == 1, done
        for text in expected:
            assert text in done.stderr, (text, done.stderr)
        assert not (folder / "refused" / "tables").exists()

    refused("layer people.profile=name", "no column", "name")
    refused("layer people.invalid=maybe", "wrong, excluded")
    refused("layer people.typo=1", "unknown key")
    refused("layer distributions.alpha=0", "a number above 0")
    refused("layer distributions.infinite=skip", "alpha without infinite = smooth")
    refused("layer distributions.infinite=never", "dmax_plus_1")
    refused("layer distributions.codes=1", "from 2")
    refused("layer distributions.surveys=XX", "people.csv", "no answer that can be used")
    refused("layer distributions.types=none.csv", "none.csv")
    write(folder / "verdicts.csv", ["model", "aspect", "verdict"], [["mirror-0", "3", "No"]])
    done = run(["--config", folder / "job.ini", "--data", folder, "--out", folder / "refused"])
    assert done.returncode == 2 and "verdicts.csv:2" in done.stderr and "IU, QC, RP, CV, FF or IR" in done.stderr, done


def check_shipped(folder):
    """The embedded synthetic opinions of jobs/audit.ini: who follows the country that is asked for, as data/audit/make_opinions.py says."""
    done = run(["--out", folder / "shipped", "--replicates", "20"])
    assert done.returncode == 0, done.stderr
    tables = folder / "shipped/tables"
    ratio = {row["rater"]: float(row["ratio"]) for row in rows(tables / "opinions/variation.csv") if row["rater"] != "people"}
    assert len(ratio) == 8 and all(ratio[name] < ratio[name.replace("base", "chat")] for name in ratio if name.endswith("base")), ratio
    assert rows(tables / "predictions/group_tests.csv", metric="accuracy", column="training", test="paired")


def check_public(folder):
    out = folder / "public"
    done = run(["--config", "jobs/audit-culture-eval.ini", "--data", PUBLIC, "--out", out, "--replicates", "20"])
    assert done.returncode == 0, done.stderr
    # Rates of exact agreement in the data's own notes: all profiles, USA and CHN.
    for model, all_people, usa, china in (("llama2-13b", .2894, .3499, .3210), ("gemma3-12b", .3456, .3870, .3402), ("phi4-14b", .4254, .5181, .4052)):
        found = [rows(out / "tables/mark/agreement.csv", model=model, setting="pooled", type="all", metric="accuracy")[0]["value"]]
        found += [rows(out / "tables/mark/countries.csv", model=model, setting="countries", country=country, metric="accuracy")[0]["value"] for country in ("USA", "CHN")]
        assert all(abs(float(one) - printed) < 5e-5 + 1e-9 for one, printed in zip(found, (all_people, usa, china))), (model, found)
    question = rows(out / "tables/mark/questions.csv", model="phi4-14b", question="182")[0]
    assert abs(float(question["kappa_quadratic"]) - .412935) < 5e-7, question


with tempfile.TemporaryDirectory() as name:
    scratch = pathlib.Path(name)
    simulate(scratch)
    digests = set()
    for ranks in (1, 2, 3):
        done = run(["--config", scratch / "job.ini", "--data", scratch, "--out", scratch / str(ranks)], ranks)
        assert done.returncode == 0, done.stderr
        digests.add((scratch / str(ranks) / "digest.txt").read_text())
    assert len(digests) == 1
    check_truth(scratch / "1" / "tables")
    assert "Aspects in which answers fail" in (scratch / "1/report/index.html").read_text()
    check_refusals(scratch)
    check_shipped(scratch)
    if PUBLIC.is_dir():
        check_public(scratch)
