"""meridian fit --family against the stored numbers of glmer and glm, and options that make no sense together."""
import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile

EXE = os.environ["MERIDIAN_EXE"]
STORED = pathlib.Path("tests/oracle/data/generalized")  # made by tests/oracle/make_generalized_reference.R


def run(folder, *words):
    return subprocess.run([EXE, "fit", *map(str, words), "--out", str(folder)], capture_output=True, text=True, timeout=120)


def rows(file):
    with open(file, encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


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
        assert components and all(row["group"] != "Residual" for row in components)
    return found


def compare(scratch):
    cases, good = {}, True
    for row in rows(STORED / "fits.csv"):
        cases.setdefault(row["case"], []).append(row)
    for name, reference in cases.items():
        one = reference[0]
        words = ["--table", STORED / f"{one['table']}.csv", "--formula", one["formula"], "--family", one["family"]]
        words += ["--trials", one["trials"]] if one["trials"] else []
        words += ["--quadrature", one["nodes"]] if int(one["nodes"]) > 1 else []
        words += ["--factor", one["factors"]] if one["factors"] else []
        folder = scratch / "fits"
        done = run(folder, *words)
        faults = [] if done.returncode == 0 and "Converged." in done.stdout else [f"exit code {done.returncode}\n{done.stderr}"]
        found = found_in(folder) if not faults else {}
        errors = {row["term"]: float(row["value"]) for row in reference if row["what"] == "std_error"}
        for row in reference if found else []:
            what, term, value = row["what"], row["term"], float(row["value"])
            if what in ("z", "p", "conditional_sd"):
                continue
            allowed = {"estimate": 1e-6 * errors.get(term, 0), "theta": 1e-6, "effect": 2e-5}.get(what, 1e-5 * abs(value))
            if what == "criterion":
                allowed = 1e-6
            if (what, term) not in found or not abs(found[what, term] - value) <= allowed:
                faults.append(f"{what} {term}: {found.get((what, term))}, R {value}")
        faults += [f"{key} is no z test" for key in found if key[0] == "df"]
        good &= not faults
        print(("ok      " if not faults else "FAILED  ") + f"{name}: {one['formula']} ({len(reference)} numbers)")
        print("\n".join("        " + fault for fault in faults[:10]), end="\n" if faults else "")
    return good and len(cases) >= 13


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


def refused(scratch):
    table, good = scratch / "broken.csv", True
    table.write_text(TABLE, encoding="utf-8")
    for name, formula, options, parts in REFUSED:
        folder = scratch / "none"
        done = run(folder, "--table", table, "--formula", formula, *options)
        lines = [line for line in done.stderr.splitlines() if line.startswith("error")]
        faults = [f"'{part}' is not said" for part in parts if part not in done.stderr]
        faults += [] if done.returncode == 2 and len(lines) == 1 else [f"exit code {done.returncode}, {len(lines)} errors"]
        faults += ["results were written"] if (folder / "fit.json").exists() else []
        good &= not faults
        print(("ok      " if not faults else "FAILED  ") + name + ("" if not faults else f": {faults}\n{done.stderr[:800]}"))
    return good


with tempfile.TemporaryDirectory(prefix="meridian-") as name:
    outcome = [compare(pathlib.Path(name)), refused(pathlib.Path(name))]
    sys.exit(0 if all(outcome) else 1)
