"""meridian fit --family against the stored numbers of glmer and glm, and options that make no sense together."""
import json
import pathlib

from command_test import every, main, meridian, refused, rows

STORED = pathlib.Path("tests/oracle/data/generalized")  # made by tests/oracle/make_generalized_reference.R


def found_in(folder):
    fit = json.loads((folder / "fit.json").read_text(encoding="utf-8"))
    found = {("criterion", ""): fit["criterion"]}
    for row in rows(folder / "coefficients.csv"):
        found["estimate", row["term"]], found["std_error", row["term"]] = float(row["estimate"]), float(row["std_error"])
        if row["df"]:
            found["df", row["term"]] = float(row["df"])  # z tests have none
    names = {"deviance": "deviance", "pearson": "pearson_chi_squared", "df_residual": "df_residual", "aic": "aic", "bic": "bic",
             "null_deviance": "null_deviance"}
    statistics = {row["statistic"]: float(row["value"]) for row in rows(folder / "fit_statistics.csv")}
    found.update({(what, ""): statistics[ours] for what, ours in names.items() if ours in statistics})
    for row in rows(folder / "anova.csv"):
        found["lr", row["term"]] = float(row["chi_squared"])
    if fit["method"] != "GLM":
        found.update({("theta", name): value for name, value in fit["theta"].items()})
        for row in rows(folder / "random_effects.csv"):
            found["effect", f"{row['group']}|{row['level']}|{row['term']}"] = float(row["value"])
        components = rows(folder / "variance_components.csv")
        assert components and all(row["group"] != "Residual" for row in components), components
    return found


def allowed(what, value, error):
    """Absolute distance from R's number; estimates by their standard error."""
    return {"estimate": 1e-6 * error, "theta": 1e-6, "effect": 2e-5, "criterion": 1e-6}.get(what, 1e-5 * abs(value))


def the_numbers_of_r(scratch):
    def case(_, reference):
        one, words = reference[0], []
        for option, value in (("--trials", one["trials"]), ("--quadrature", one["nodes"] if int(one["nodes"]) > 1 else ""),
                              ("--factor", one["factors"])):
            words += [option, value] if value else []
        done = meridian("fit", "--table", STORED / f"{one['table']}.csv", "--formula", one["formula"], "--family", one["family"], *words,
                        "--out", scratch / "fits")
        assert "Converged." in done.stdout, done.stdout
        found = found_in(scratch / "fits")
        errors = {row["term"]: float(row["value"]) for row in reference if row["what"] == "std_error"}
        for row in reference:
            what, term, value = row["what"], row["term"], float(row["value"])
            if what not in ("z", "p", "conditional_sd"):
                difference = abs(found.get((what, term), float("nan")) - value)
                assert difference <= allowed(what, value, errors.get(term, 0)), f"{what} {term}: {found.get((what, term))}, R {value}"
        assert not [key for key in found if key[0] == "df"], "these are z tests"

    cases = {}
    for row in rows(STORED / "fits.csv"):
        cases.setdefault(row["case"], []).append(row)
    assert len(cases) >= 13, list(cases)
    every(case, list(cases.items()))


TABLE = "y,n,x,g,apart\n" + "".join(f"{(7 * i * i + i) % 11 % 2},{3 + i % 2},{i % 4},{'abcde'[i % 5]},{(7 * i * i + i) % 11 % 2}\n"
                                   for i in range(60))
BINOMIAL, POISSON = ["--family", "binomial"], ["--family", "poisson"]
# name, formula, options, what the message must say
REFUSED = [
    ("ml and a family", "y ~ x + (1 | g)", [*BINOMIAL, "--ml"], ["--ml"]),
    ("a weight of 0 with a family", "y ~ x + (1 | g)", [*BINOMIAL, "--weights", "x"], ["weights", "row", "positive"]),
    ("trials without a family", "y ~ x + (1 | g)", ["--trials", "n"], ["--trials", "--family"]),
    ("quadrature without a family", "y ~ x + (1 | g)", ["--quadrature", "9"], ["--quadrature", "--family"]),
    ("trials of counts", "y ~ x + (1 | g)", [*POISSON, "--trials", "n"], ["--trials"]),
    ("quadrature of two terms", "y ~ x + (1 + x | g)", [*BINOMIAL, "--quadrature", "9"], ["one scalar random term"]),
    ("quadrature of none", "y ~ x", [*BINOMIAL, "--quadrature", "9"], ["--quadrature"]),
    ("no nodes", "y ~ x + (1 | g)", [*BINOMIAL, "--quadrature", "0"], ["--quadrature"]),
    ("an unknown family", "y ~ x + (1 | g)", ["--family", "gamma"], ["gamma", "poisson"]),
    ("counts that are no 0 or 1", "n ~ x + (1 | g)", BINOMIAL, ["row 1", "trials"]),
    ("more successes than trials", "I(n + 2) ~ x + (1 | g)", [*BINOMIAL, "--trials", "n"], ["row 1", "from 0 to its 3 trials"]),
    ("halves", "I(x / 2) ~ n + (1 | g)", POISSON, ["row 2", "0.5"]),
    ("separation", "y ~ apart + x + (1 | g)", BINOMIAL, ["grow without bound", "apart", "separate"]),
]


def what_makes_no_sense_together(scratch):
    table = scratch / "broken.csv"
    table.write_text(TABLE, encoding="utf-8")
    every(lambda _, formula, options, texts: refused(
        ["fit", "--table", table, "--formula", formula, *options, "--out", scratch / "none"], *texts), REFUSED)


main(the_numbers_of_r, what_makes_no_sense_together)
