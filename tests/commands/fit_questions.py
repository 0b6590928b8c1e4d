"""meridian fit --intervals, --test-random, --means: against R, what is told, and what is refused."""
import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile

EXE = os.environ["MERIDIAN_EXE"]
DATA = pathlib.Path("tests/oracle/data")
SLEEP = ["--table", DATA / "public/sleepstudy.csv", "--formula", "Reaction ~ Days + (Days | Subject)"]
CBPP = ["--table", DATA / "generalized/cbpp.csv", "--factor", "period", "--family", "binomial", "--trials", "size",
        "--formula", "incidence ~ period + (1 | herd)"]
CAKE = ["--table", DATA / "public/cake.csv", "--factor", "temperature,replicate",
        "--formula", "angle ~ recipe * temperature + (1 | recipe:replicate)"]


def run(folder, *words):
    return subprocess.run([EXE, "fit", *map(str, words), "--out", str(folder)], capture_output=True, text=True, timeout=120)


def rows(file):
    with open(file, encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def report(name, faults):
    print(("ok      " if not faults else "FAILED  ") + name)
    print("\n".join("        " + str(fault) for fault in faults[:10]), end="\n" if faults else "")
    return not faults


def close(found, expected, allowed):
    return abs(float(found) - float(expected)) <= allowed


def means_against_r(scratch):
    cases, good = {}, True
    for row in rows(DATA / "intervals/means.csv"):
        cases.setdefault(tuple(row[k] for k in ("table", "formula", "factors", "family", "trials", "means")), []).append(row)
    for (table, formula, factors, family, trials, means), expected in cases.items():
        words = ["--table", DATA / f"{table}.csv", "--formula", formula, "--means", means, "--level", "0.9"]
        for option, value in (("--factor", factors), ("--family", family), ("--trials", trials)):
            words += [option, value] if value else []
        done = run(scratch / "means", *words)
        faults = [] if done.returncode == 0 else [done.stderr]
        found = [] if faults else rows(scratch / "means/cell_means.csv") + rows(scratch / "means/contrasts.csv")
        faults += [] if len(found) == len(expected) else [f"{len(found)} rows, R has {len(expected)}"]
        for ours, theirs in zip(found, expected):
            error = float(theirs["std_error"])
            # glmer stops within a few thousandths of a standard error and its numerical Hessian is good to about 1 %
            share, limits = (2e-2, 3e-2) if family else (1e-5, 1e-3)
            good_row = close(ours["estimate"], theirs["estimate"], share * error) and close(ours["std_error"], error, share * error)
            good_row &= close(ours["conf_low"], theirs["low"], limits * error) and close(ours["conf_high"], theirs["high"], limits * error)
            if theirs["df"] not in ("Inf", ""):
                good_row &= close(ours["df"], theirs["df"], 1e-3 * float(theirs["df"]))
            else:
                good_row &= ours["df"] == ""
            if theirs["holm"] not in ("", "NA") and not family:
                good_row &= close(ours["holm_p_value"], theirs["holm"], 1e-4 * float(theirs["holm"]) + 1e-12)
            faults += [] if good_row else [f"{ours}\n        R {theirs}"]
        good &= report(f"means {means} of {formula}", faults)
    return good and len(cases) >= 4


def named(file, keys):
    return {tuple(row[key] for key in keys): row for row in rows(file)}


def profile(scratch):
    done = run(scratch / "profile", *SLEEP, "--intervals", "profile")
    faults = [] if done.returncode == 0 else [done.stderr]
    found = named(scratch / "profile/intervals.csv", ("kind", "term1", "term2")) if not faults else {}
    for key, low, high in ((("fixed effect", "Days", ""), 7.35865200444, 13.5759199148),
                           (("standard deviation", "(Intercept)", ""), 14.3813845203, 37.7160549905),
                           (("correlation", "(Intercept)", "Days"), -0.481492580616, 0.685018968496),
                           (("residual standard deviation", "", ""), 22.8982565149, 28.857999208)):
        row = found.get(key)
        if not row or not close(row["conf_low"], low, 1e-5 * (high - low)) or not close(row["conf_high"], high, 1e-5 * (high - low)):
            faults.append(f"{key}: {row}, R {low} to {high}")
    good = report("profile intervals of a REML fit are those of the likelihood", faults)
    done = run(scratch / "bound", "--table", DATA / "intervals/Dyestuff2.csv", "--formula", "Yield ~ 1 + (1 | Batch)", "--intervals", "profile")
    row = named(scratch / "bound/intervals.csv", ("kind",))["standard deviation",]
    return report("a limit at zero is called a bound", [] if row["conf_low"] == "0" and row["at_bound"] == "low" else [row]) and good


def wald(scratch):
    done = run(scratch / "wald", *SLEEP, "--intervals", "wald", "--level", "0.95")
    faults = [] if done.returncode == 0 else [done.stderr]
    coefficients = named(scratch / "wald/coefficients.csv", ("term",))
    for row in rows(scratch / "wald/intervals.csv"):
        own = coefficients[row["term1"],]
        if (row["conf_low"], row["conf_high"]) != (own["conf_low"], own["conf_high"]):
            faults.append(row)
    run(scratch / "narrow", *SLEEP, "--intervals", "wald", "--level", "0.5")
    narrow = rows(scratch / "narrow/intervals.csv")[0]
    if not float(narrow["conf_high"]) < float(rows(scratch / "wald/intervals.csv")[0]["conf_high"]):
        faults.append("--level 0.5 is not narrower")
    return report("Wald intervals are those of the coefficients", faults)


def random_terms(scratch):
    done = run(scratch / "random", "--table", DATA / "public/Penicillin.csv", "--formula", "diameter ~ 1 + (1 | plate) + (1 | sample)",
               "--test-random")
    found = rows(scratch / "random/random_tests.csv") if done.returncode == 0 else []
    faults = [] if [row["term"] for row in found] == ["(1 | plate)", "(1 | sample)"] else [done.stderr, found]
    if found and not close(found[0]["chi_squared"], 105.057272653, 1e-5):
        faults.append(found[0])
    if found and not close(float(found[0]["mixture_p_value"]) * 2, found[0]["p_value"], 1e-30):
        faults.append("the mixture halves one variance's p")
    return report("tests of random terms", faults)


def contrasts(scratch):
    done = run(scratch / "named", *CAKE, "--means", "recipe", "--cell-contrast", "A against both=1,-0.5,-0.5")
    found = named(scratch / "named/contrasts.csv", ("contrast",)) if done.returncode == 0 else {}
    faults = [] if found else [done.stderr]
    if found:
        total = (float(found["A - B",]["estimate"]) + float(found["A - C",]["estimate"])) / 2
        if not close(found["A against both",]["estimate"], total, 1e-9):
            faults.append(found["A against both",])
    return report("a contrast by name", faults)


def fit_json(scratch):
    table = scratch / "gaps.csv"
    table.write_text("y,x,g\n" + "".join(f"{(7 * i * i + i) % 11},{'' if i == 3 else i % 4},{'abcde'[i % 5]}\n" for i in range(30)),
                     encoding="utf-8")
    run(scratch / "gaps", "--table", table, "--formula", "y ~ x + (1 | g)", "--ddf", "kenward-roger")
    fit = json.loads((scratch / "gaps/fit.json").read_text(encoding="utf-8"))
    expected = {"rows_read": 30, "rows_dropped_missing": 1, "degrees_of_freedom": "Kenward-Roger",
                "columns": {"y": "numeric", "x": "numeric", "g": "factor with 5 levels"}}
    return report("fit.json says what was read", [f"{key}: {fit.get(key)}" for key, value in expected.items() if fit.get(key) != value])


def adequacy(scratch):
    done = run(scratch / "adequate", "--table", DATA / "public/sleepstudy.csv", "--formula", "Reaction ~ Days + (1 | Subject)")
    row = named(scratch / "adequate/adequacy.csv", ("term", "group"))["Days", "Subject"]
    faults = [] if row["slope"] == "no" and row["remedy"] == "(1 + Days | Subject)" and float(row["ratio"]) > 1.5 else [row]
    faults += [] if "Add slopes: (1 + Days | Subject)" in done.stdout else [done.stdout[-800:]]
    # mean and SD of the eighteen slopes of lm(Reaction ~ Days) per subject: 10.46729, 6.566 / sqrt(18)
    faults += [] if close(row["estimate"], 10.467286, 1e-5) and close(row["std_error"], 1.545790, 1e-5) else [row]
    good = report("the design of a table is judged", faults)
    done = run(scratch / "enough", *SLEEP)
    row = named(scratch / "enough/adequacy.csv", ("term", "group"))["Days", "Subject"]
    good &= report("a slope that is there is enough", [] if row["slope"] == "yes" and "Add slopes" not in done.stdout else [row])
    done = run(scratch / "logistic", *CBPP)
    found = rows(scratch / "logistic/adequacy.csv")
    faults = [] if len(found) == 3 and all(0.3 < float(row["ratio"]) < 3 for row in found) else found
    return report("the design of a generalized model is judged", faults) and good


def stale(scratch):
    folder = scratch / "one"
    run(folder, *SLEEP, "--intervals", "wald", "--test-random", "--lrt")
    run(folder, *CAKE, "--means", "recipe")
    left = [name for name in ("intervals.csv", "random_tests.csv", "likelihood_ratio.csv") if (folder / name).exists()]
    return report("answers of an earlier fit do not stay", left)


PLAIN = ["--table", DATA / "public/sleepstudy.csv", "--formula", "Reaction ~ Days"]
# name, words, what the message must say
REFUSED = [
    ("an unknown kind of intervals", [*SLEEP, "--intervals", "bayes"], ["--intervals", "bayes", "profile"]),
    ("a profile of least squares", [*PLAIN, "--intervals", "profile"], ["--intervals profile", "wald"]),
    ("random tests of least squares", [*PLAIN, "--test-random"], ["--test-random", "no random terms"]),
    ("random tests of a generalized model", [*CBPP, "--test-random"], ["--test-random", "binomial"]),
    ("a level above 1", [*SLEEP, "--intervals", "wald", "--level", "95"], ["--level", "95", "between 0 and 1"]),
    ("a level of nothing", [*SLEEP, "--level", "0.9"], ["--level", "--intervals"]),
    ("means of no variable", [*CAKE, "--means", "colour"], ["colour"]),
    ("means without a name", [*CAKE, "--means", "recipe,"], ["--means", "'recipe,'"]),
    ("means of a variable twice", [*CAKE, "--means", "recipe | recipe"], ["--means", "each once"]),
    ("means with two bars", [*CAKE, "--means", "recipe | temperature | replicate"], ["--means", "at most one |"]),
    ("too few weights", [*CAKE, "--means", "recipe", "--cell-contrast", "half=1,-1"], ["half", "2 weights", "3, one per cell"]),
    ("weights that are words", [*CAKE, "--means", "recipe", "--cell-contrast", "half=a,b,c"], ["--cell-contrast", "NAME=1,-1,0"]),
    ("weights without cells", [*CAKE, "--cell-contrast", "half=1,-1,0"], ["--cell-contrast", "exactly one"]),
]


def refused(scratch):
    good = True
    for name, words, parts in REFUSED:
        done = run(scratch / "none", *words)
        lines = [line for line in done.stderr.splitlines() if line.startswith("error")]
        faults = [f"'{part}' is not said: {done.stderr[:500]}" for part in parts if part not in done.stderr]
        faults += [] if done.returncode == 2 and len(lines) == 1 else [f"exit code {done.returncode}, {len(lines)} errors"]
        faults += ["results were written"] if (scratch / "none/fit.json").exists() else []
        good &= report(name, faults)
    return good


with tempfile.TemporaryDirectory(prefix="meridian-") as name:
    scratch = pathlib.Path(name)
    tests = (means_against_r, profile, wald, random_terms, contrasts, fit_json, adequacy, stale, refused)
    outcome = [test(scratch) for test in tests]
    sys.exit(0 if all(outcome) else 1)
