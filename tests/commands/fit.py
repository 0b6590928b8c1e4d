"""meridian fit on lme4's public example data against the stored numbers of R, and on broken input."""
import os
import pathlib
import sys
import tempfile

from reference_fits import faults_of, results, rows, run

PUBLIC = pathlib.Path("tests/oracle/data/public")  # origin and R's search: tests/oracle/make_public_reference.R


def compare(scratch):
    fits = {}
    for row in rows(PUBLIC / "fits.csv"):
        key = (row["table"], row["formula"], row["method"], row["factors"])
        fits.setdefault(key, {})[row["what"], row["term"]] = float(row["value"])
    good = len(fits) >= 9
    for (table, formula, method, factors), expected in fits.items():
        words = ["--table", PUBLIC / f"{table}.csv", "--formula", formula]
        words += (["--ml"] if method == "ML" else []) + (["--factor", factors] if factors else [])
        folder = scratch / "fits"  # one folder for all: nothing of an earlier fit may stay behind
        done = run(folder, *words)
        if done.returncode != 0:
            print(f"FAILED  {table} {formula}: exit code {done.returncode}\n{done.stderr}")
            good = False
            continue
        found = results(folder)
        faults = faults_of(found, expected)
        # what R does not list must not be there either (tables of an earlier fit)
        kinds = {what for what, _ in expected}
        faults += [f"{key} is not in R's fit" for key in found if key[0] in {"estimate", "variance", "effect", "anova_f"}
                   and (key[0] in kinds or key[0] != "anova_f") and key not in expected]
        good &= not faults
        print(("ok      " if not faults else "FAILED  ") + f"{table}: {formula} ({method}, {len(expected)} numbers)")
        print("\n".join("        " + fault for fault in faults[:10]), end="\n" if faults else "")
    return good


def says(name, folder, words, code, parts, absent=()):
    done = run(folder, *words)
    text = done.stdout + done.stderr
    errors = [line for line in done.stderr.splitlines() if line.startswith("error")]
    faults = [] if done.returncode == code else [f"exit code {done.returncode}"]
    faults += [f"{len(errors)} error lines"] if code and len(errors) != 1 else []
    faults += [f"'{part}' is not said" for part in parts if part not in text]
    faults += [f"'{part}' is said" for part in absent if part in text]
    if code and (folder / "fit.json").exists():
        faults.append("results were written")
    print(("ok      " if not faults else "FAILED  ") + name + ("" if not faults else f": {faults}\n{text[:1500]}"))
    return not faults


TABLE = "y,x,g,one,text,w\n" + "".join(f"{(7 * i * i + i) % 11 / 2},{i % 4},{'abcde'[i % 5]},k,{'uv'[i % 2]},{i % 3 + 1}\n"
                                       for i in range(30))

# name, contents of the table, further words (formula first), what the message must say
BROKEN = [
    ("an unknown column", TABLE, ["y ~ z + (1 | g)"], ["'z'", "broken.csv"]),
    ("an unknown grouping factor", TABLE, ["y ~ x + (1 | h)"], ["'h'", "broken.csv"]),
    ("a response that is no number", TABLE, ["text ~ x + (1 | g)"], ["text", "broken.csv"]),
    ("a word among the response's numbers", TABLE.replace("\n0.0,", "\nnought,", 1),
     ["y ~ x + (1 | g)"], ["broken.csv:2", "'y'", "nought"]),
    ("a fixed factor with one level", TABLE, ["y ~ one + (1 | g)"], ["one", "broken.csv"]),
    ("a grouping factor with one level", TABLE, ["y ~ x + (1 | one)"], ["one", "broken.csv"]),
    ("as many effects as rows", TABLE, ["y ~ 1 + (1 | g:x:w)", "--factor", "x,w"], ["g:x:w", "broken.csv"]),
    ("a formula without ~", TABLE, ["y + x"], ["~"]),
    ("an operator too many", TABLE, ["y ~ x +* g"], ["*"]),
    ("an open parenthesis", TABLE, ["y ~ x + (1 | g"], ["never closed"]),
    ("an unknown function", TABLE, ["y ~ poly(x, 2) + (1 | g)"], ["poly"]),
    ("an empty formula", TABLE, [""], ["formula"]),
    ("arithmetic on a factor", TABLE, ["y ~ log(text) + (1 | g)"], ["text"]),
    ("the logarithm of a negative number", TABLE, ["y ~ log(x - 1) + (1 | g)"], ["log"]),
    ("an unknown factor", TABLE, ["y ~ x + (1 | g)", "--factor", "colour"], ["colour"]),
    ("an unknown contrast", TABLE, ["y ~ text + (1 | g)", "--contrast", "text=helmert"], ["helmert"]),
    ("a contrast of no factor of the formula", TABLE, ["y ~ text + (1 | g)", "--contrast", "txet=sum"], ["txet"]),
    ("a contrast without a kind", TABLE, ["y ~ text + (1 | g)", "--contrast", "text"], ["text", "--contrast"]),
    ("an unknown reference level", TABLE, ["y ~ text + (1 | g)", "--contrast", "text=treatment:w"], ["w"]),
    ("an unknown column of weights", TABLE, ["y ~ x + (1 | g)", "--weights", "mass"], ["mass"]),
    ("weights that are words", TABLE, ["y ~ x + (1 | g)", "--weights", "text"], ["text"]),
    ("a weight of 0", TABLE.replace(",1\n", ",0\n", 1), ["y ~ x + (1 | g)", "--weights", "w"], ["weight"]),
    ("no data", "y,x,g\n", ["y ~ x + (1 | g)"], ["broken.csv"]),
    ("an empty file", "", ["y ~ x + (1 | g)"], ["broken.csv"]),
    ("a short record", TABLE + "1,2\n", ["y ~ x + (1 | g)"], ["broken.csv:32"]),
    ("a column twice", TABLE.replace("one,text", "x,text", 1), ["y ~ x + (1 | g)"], ["broken.csv:1", "'x'"]),
    ("a value missing in every row", TABLE.replace(",k,", ",NA,"), ["y ~ one + (1 | g)"], ["broken.csv"]),
    ("a response that does not vary", "y,g\n" + "1,a\n1,a\n1,b\n1,b\n1,c\n1,c\n", ["y ~ 1 + (1 | g)"], ["broken.csv"]),
]


def broken(scratch):
    table, good = scratch / "broken.csv", True
    for name, contents, words, parts in BROKEN:
        table.write_text(contents, encoding="utf-8")
        good &= says(name, scratch / "none", ["--table", table, "--formula", *words], 2, parts)
    table.write_text(TABLE, encoding="utf-8")
    good &= says("no table", scratch / "none", ["--formula", "y ~ x"], 2, ["--table"])
    good &= says("no formula", scratch / "none", ["--table", table], 2, ["--formula"])
    good &= says("a table that is not there", scratch / "none", ["--table", scratch / "no.csv", "--formula", "y ~ x"], 2, ["no.csv"])
    os.mkfifo(scratch / "pipe")
    good &= says("a pipe", scratch / "none", ["--table", scratch / "pipe", "--formula", "y ~ x"], 2, ["a pipe", "read twice"])
    (scratch / "run").mkdir()
    (scratch / "run/run.json").write_text("{}", encoding="utf-8")
    good &= says("a run folder", scratch / "run", ["--table", table, "--formula", "y ~ x"], 2, ["run folder"])
    return good


def spoken(scratch):
    table = scratch / "table.csv"
    table.write_text(TABLE.replace(",u,", ",NA,", 2), encoding="utf-8")
    plain = ["--table", table, "--formula", "y ~ x + text + (1 | g)"]
    good = says("dropped rows and types are told", scratch / "a", plain, 0,
                ["2 of 30 rows dropped", "x: numeric", "text: factor with 2 levels (u, v)", "Type III"])
    good &= says("a number that groups", scratch / "g", ["--table", table, "--formula", "y ~ text + (1 | x)"], 0,
                 ["x groups rows: a factor there", "groups: x, 4"])
    good &= says("a numeric column as a factor", scratch / "b", [*plain, "--factor", "x"], 0, ["x: factor with 4 levels"])
    good &= says("another reference", scratch / "c", [*plain, "--contrast", "text=treatment:v"], 0, ["textu"], ["textv"])
    good &= says("sums", scratch / "d", [*plain, "--contrast", "text=sum"], 0, ["text1"])
    good &= says("aliased columns", scratch / "e", ["--table", table, "--formula", "y ~ x + I(2 * x) + (1 | g)"], 0,
                 ["I(2 * x)", "dropped"])
    good &= says("weights", scratch / "f", [*plain, "--weights", "w"], 0, ["REML"])
    good &= says("Kenward-Roger and likelihood ratios", scratch / "kr", [*plain, "--ddf", "kenward-roger", "--lrt"], 0, ["Kenward-Roger", "ikelihood"])
    good &= says("Kenward-Roger needs REML", scratch / "kr-ml", [*plain, "--ddf", "kenward-roger", "--ml"], 2, ["found maximum likelihood", "Fit by REML"])
    good &= says("least squares has no --lrt", scratch / "lm", ["--table", table, "--formula", "y ~ x", "--lrt"], 2, ["F tests of least squares"])
    same = (scratch / "a/coefficients.csv").read_text() != (scratch / "f/coefficients.csv").read_text()
    print("ok      weights matter" if same else "FAILED  weights change nothing")
    return good and same


with tempfile.TemporaryDirectory(prefix="meridian-") as name:
    scratch = pathlib.Path(name)
    outcome = [compare(scratch), broken(scratch), spoken(scratch)]
    sys.exit(0 if all(outcome) else 1)
