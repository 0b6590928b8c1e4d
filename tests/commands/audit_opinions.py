"""meridian audit on simulated opinions of known truth: kinds def and mark, same digest at every rank count, broken input. With the
public CultureEval files beside the tree, their stored numbers as well."""
import pathlib
import random

import command_test
from command_test import keyed, main, meridian, near, rows, same_files, write_rows

PUBLIC = pathlib.Path("../shared/data")
TYPES = ("order", "freedom", "faith")
MODELS = [f"{family}-{k}" for family in ("mirror", "stubborn") for k in range(3)]
draw = random.Random(5)


def simulate(folder):
    """300 people of two countries; mirror-* answer with each person's own code in 70 % of the questions, stubborn-* always alike."""
    questions = [(f"q{i}", TYPES[i % 3]) for i in range(30)]
    write_rows(folder / "types.csv", ["question", "type"], questions)
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
    write_rows(folder / "people.csv", ["respondent", "country", "question", "answer", "sex"], people)
    write_rows(folder / "told.csv", ["model", "respondent", "country", "question", "answer", "text"], told)
    write_rows(folder / "models.csv", ["name", "family"], [[name, name[:-2]] for name in MODELS])
    write_rows(folder / "verdicts.csv", ["model", "aspect", "verdict"], [["mirror-0", "FF", "No"]] * 3 + [["mirror-0", "FF", "Yes"]] * 9)
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


def words(scratch, out):
    return ["audit", "--config", scratch / "job.ini", "--data", scratch, "--out", scratch / out]


def any_ranks(scratch):
    simulate(scratch)
    for ranks in (1, 2, 3):
        meridian(*words(scratch, str(ranks)), ranks=ranks)
        same_files(scratch / "1", scratch / str(ranks), ["digest.txt"])
    assert "Aspects in which answers fail" in (scratch / "1/report/index.html").read_text(), "the report shows the verdicts"
    governed = rows(scratch / "1/tables/governance/governance_summary.csv")
    assert {row["model"] for row in governed} == set(MODELS), governed


def value(table, column, **wanted):
    return float(rows(table, **wanted)[0][column])


def agreement_person_by_person(scratch):
    people = scratch / "1/tables/people"
    pooled = dict(setting="pooled", type="all")
    # .7 copied, a quarter of the rest hits by chance
    near(value(people / "agreement.csv", "value", model="mirror-0", metric="accuracy", **pooled), 0.775, "accuracy", absolute=0.015)
    near(value(people / "agreement.csv", "value", model="stubborn-0", metric="kappa", **pooled), 0, "kappa by chance", absolute=1e-12)
    pair = rows(people / "accuracy_pairs.csv", first="mirror-0", second="stubborn-0")[0]
    assert sum(int(pair[key]) for key in ("both", "only_first", "only_second", "neither")) == 9000 and float(pair["p_value"]) < 1e-9, pair
    alike = value(people / "comparisons.csv", "p_holm", first="mirror-0", second="mirror-1", metric="accuracy")
    assert alike > 0.05, alike
    for row in rows(people / "countries.csv"):
        assert row["setting"] == "countries", row
        assert row["conf_low"] == row["conf_high"] == "NA" or float(row["conf_low"]) <= float(row["conf_high"]), row
    country = rows(people / "countries.csv", model="mirror-0", country="CN", metric="accuracy")[0]
    assert float(country["conf_low"]) < float(country["value"]) < float(country["conf_high"]), country
    near(country["value"], 0.775, "accuracy in CN", absolute=0.02)


def distributions_of_opinions(scratch):
    tables = scratch / "1/tables/distributions"
    places = keyed(tables / "map.csv", "rater", survey="CN")
    assert float(places["mirror-0"]["distance_high"]) < float(places["stubborn-0"]["distance_low"]), places
    shape = rows(tables / "preferences.csv", model="stubborn-0", survey="CN")[0]
    assert float(shape["below_half"]) == 0, shape
    assert float(shape["deviation_low"]) <= float(shape["deviation"]) <= float(shape["deviation_high"]), shape
    tested = {row["metric"] for row in rows(tables / "group_tests.csv", column="family")}
    assert {"distance to people on the map, US", "diversity of the texts, CN", "deviation of the shares over the codes, US"} <= tested, tested
    copied, alike = (value(tables / "divergences.csv", "value", model=model, survey="CN", type="overall") for model in ("mirror-0", "stubborn-0"))
    assert copied < 0.2 < 0.5 < alike, (copied, alike)
    alike, copied = (value(tables / "variation.csv", "ratio", rater=rater) for rater in ("stubborn-0", "mirror-0"))
    assert alike < 0.3 < 0.5 < copied < 1, (alike, copied)
    paired = value(tables / "families.csv", "p_paired", survey="US", unit="type")
    assert paired < 0.05, paired
    insensitivity, diversity = rows(tables / "insensitivity.csv"), rows(tables / "diversity.csv", model="mirror-0", survey="US")
    assert [row["rate"] for row in insensitivity] == ["0.25"], insensitivity
    assert [row["diversity"] for row in diversity] == ["30"], diversity


def what_is_wrong_is_named(scratch):
    def refused(setting, *texts):
        command_test.refused([*words(scratch, "refused"), "--set", setting], *texts)

    refused("layer people.profile=name", "no column", "name")
    refused("layer people.invalid=maybe", "wrong, excluded")
    refused("layer people.typo=1", "unknown key")
    refused("layer distributions.alpha=0", "a number above 0")
    refused("layer distributions.infinite=skip", "alpha without infinite = smooth")
    refused("layer distributions.infinite=never", "dmax_plus_1")
    refused("layer distributions.codes=1", "from 2")
    refused("layer distributions.surveys=XX", "people.csv", "no answer that can be used")
    refused("layer distributions.surveys=US XX", "surveys", "'XX'", "'US'")
    refused("layer distributions.groups=sex income", "people.csv", "'income'", "sex")
    refused("layer distributions.map_without=q1 A9", "map_without", "'A9'", "'q1'")
    refused("layer distributions.types=none.csv", "none.csv")
    write_rows(scratch / "verdicts.csv", ["model", "aspect", "verdict"], [["mirror-0", "3", "No"]])
    command_test.refused(words(scratch, "refused"), "verdicts.csv:2", "IU, QC, RP, CV, FF or IR")


def no_finite_divergence(scratch):
    """Nobody says 3, the model nothing else: undefined, not an invented number, and no figure of nothing."""
    folder = scratch / "infinite"
    folder.mkdir()
    questions = [f"q{number}" for number in range(6)]
    write_rows(folder / "types.csv", ["question", "type"], [[question, TYPES[int(question[1]) % 2]] for question in questions])
    write_rows(folder / "people.csv", ["country", "question", "answer"],
               [[country, question, 1 + (person + int(question[1])) % 2 * (country == "CN")]
                for country in ("US", "CN") for question in questions for person in range(9)])
    write_rows(folder / "told.csv", ["model", "country", "question", "answer"],
               [["m", country, question, 3] for country in ("US", "CN") for question in questions])
    (folder / "job.ini").write_text("[audit]\nreplicates = 20\n[layer opinions]\nkind = def\npeople = people.csv\nanswers = told.csv\n"
                                    "types = types.csv\ncodes = 5\n")
    for rule in ("skip", "dmax_plus_1"):
        meridian(*words(folder, rule), "--set", f"layer opinions.infinite={rule}")
        tables = folder / rule / "tables"
        assert {row["value"] for row in rows(tables / "opinions/divergences.csv")} == {"NA"}, rule
        cautions = {row["caution"] for row in rows(tables / "governance/governance_summary.csv") if row["metric"].startswith("divergence")}
        assert cautions == {"undefined: none of 6 questions has a finite divergence"}, cautions
        assert not (tables / "opinions/figures/divergences.json").exists(), "no figure of nothing"


def the_shipped_synthetic_opinions(scratch):
    """Of jobs/audit.ini: who follows the country that is asked for, as data/audit/make_opinions.py says."""
    tables = scratch / "shipped/tables"
    meridian("audit", "--out", scratch / "shipped", "--replicates", 20)
    ratio = {row["rater"]: float(row["ratio"]) for row in rows(tables / "opinions/variation.csv") if row["rater"] != "people"}
    assert len(ratio) == 8 and all(ratio[name] < ratio[name.replace("base", "chat")] for name in ratio if name.endswith("base")), ratio
    assert rows(tables / "predictions/group_tests.csv", metric="accuracy", column="training", test="paired"), "models before and after training"


def public_files_give_their_stored_numbers(scratch):
    tables = scratch / "public/tables/mark"
    meridian("audit", "--config", "jobs/audit-culture-eval.ini", "--data", PUBLIC, "--out", scratch / "public", "--replicates", 20)
    # Rates of exact agreement in the data's own notes: all profiles, USA and CHN.
    for model, *noted in (("llama2-13b", .2894, .3499, .3210), ("gemma3-12b", .3456, .3870, .3402), ("phi4-14b", .4254, .5181, .4052)):
        found = [value(tables / "agreement.csv", "value", model=model, setting="pooled", type="all", metric="accuracy")]
        found += [value(tables / "countries.csv", "value", model=model, setting="countries", country=country, metric="accuracy")
                  for country in ("USA", "CHN")]
        for one, printed in zip(found, noted):
            near(one, printed, model, absolute=5e-5 + 1e-9)
    near(value(tables / "questions.csv", "kappa_quadratic", model="phi4-14b", question="182"), .412935, "kappa of a question", absolute=5e-7)


main(any_ranks, agreement_person_by_person, distributions_of_opinions, what_is_wrong_is_named, no_finite_divergence, the_shipped_synthetic_opinions,
     *([public_files_give_their_stored_numbers] if PUBLIC.is_dir() else []))
