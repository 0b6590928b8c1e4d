"""meridian fit on lme4's public example data against the stored numbers of R, and on broken input."""
import os
import pathlib

from command_test import every, main, meridian, refused
from reference_fits import agree, results, stored_fits

PUBLIC = pathlib.Path("tests/oracle/data/public")  # origin and R's search: tests/oracle/make_public_reference.R


def the_numbers_of_r(scratch):
    folder = scratch / "fits"  # one folder for all: nothing of an earlier fit may stay behind

    def case(formula, table, method, factors, expected):
        words = ["--table", PUBLIC / f"{table}.csv", "--formula", formula, *(["--ml"] if method == "ML" else []),
                 *(["--factor", factors] if factors else [])]
        meridian("fit", *words, "--out", folder)
        found = results(folder)
        agree(found, expected)
        kinds = {what for what, _ in expected}
        more = [key for key in found if key[0] in {"estimate", "variance", "effect", "anova_f"}
                and (key[0] in kinds or key[0] != "anova_f") and key not in expected]
        assert not more, f"these are not in R's fit: {more}"

    fits = stored_fits(PUBLIC / "fits.csv", "formula", "table", "method", "factors")
    assert len(fits) >= 9, list(fits)
    every(case, [(*fit, expected) for fit, expected in fits.items()])


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


def broken_tables_and_formulas(scratch):
    table = scratch / "broken.csv"

    def case(_, contents, words, texts):
        table.write_text(contents, encoding="utf-8")
        refused(["fit", "--table", table, "--formula", *words, "--out", scratch / "none"], *texts)

    every(case, BROKEN)


def what_is_no_table_and_no_place_to_write(scratch):
    table, none = scratch / "table.csv", ["--out", scratch / "none"]
    table.write_text(TABLE, encoding="utf-8")
    os.mkfifo(scratch / "pipe")
    (scratch / "run").mkdir()
    (scratch / "run/run.json").write_text("{}", encoding="utf-8")
    plain = ["--table", table, "--formula", "y ~ x"]
    every(lambda words, *texts: refused(["fit", *words], *texts), [
        ([*plain[2:], *none], "--table"),
        ([*plain[:2], *none], "--formula"),
        (["--table", scratch / "no.csv", *plain[2:], *none], "no.csv"),
        (["--table", scratch / "pipe", *plain[2:], *none], "a pipe", "read twice"),
        ([*plain, "--out", scratch / "run"], "run folder"),
        ([*plain, *none, "--lrt"], "F tests of least squares"),
        ([*plain[:3], "y ~ x + (1 | g)", *none, "--ddf", "kenward-roger", "--ml"], "found maximum likelihood", "Fit by REML")])


def what_is_told(scratch):
    table = scratch / "table.csv"
    table.write_text(TABLE.replace(",u,", ",NA,", 2), encoding="utf-8")
    (scratch / "stray.csv").write_text(TABLE.replace(",1,", ",?,", 1), encoding="utf-8")
    plain = ["--table", table, "--formula", "y ~ x + text + (1 | g)"]

    def case(name, words, *texts):
        done = meridian("fit", *words, "--out", scratch / name)
        for text in texts:
            assert text in done.stdout + done.stderr, f"'{text}' is not said\n{done.stdout}{done.stderr}"

    every(case, [
        ("dropped rows and types", plain, "2 of 30 rows dropped", "x: numeric", "text: factor with 2 levels (u, v)", "Type III"),
        ("a number that groups", ["--table", table, "--formula", "y ~ text + (1 | x)"], "x groups rows: a factor there", "groups: x, 4"),
        ("a numeric column as a factor", [*plain, "--factor", "x"], "x: factor with 4 levels"),
        ("a word among the numbers of a predictor", ["--table", scratch / "stray.csv", *plain[2:]], "'x' is a factor with", "'?'"),
        ("sums", [*plain, "--contrast", "text=sum"], "text1"),
        ("aliased columns", ["--table", table, "--formula", "y ~ x + I(2 * x) + (1 | g)"], "I(2 * x)", "dropped"),
        ("weights", [*plain, "--weights", "w"], "REML"),
        ("Kenward-Roger and likelihood ratios", [*plain, "--ddf", "kenward-roger", "--lrt"], "Kenward-Roger", "ikelihood")])
    other = meridian("fit", *plain, "--contrast", "text=treatment:v", "--out", scratch / "other")
    assert "textu" in other.stdout and "textv" not in other.stdout + other.stderr, other
    unweighted, weighted = (scratch / name / "coefficients.csv" for name in ("dropped rows and types", "weights"))
    assert unweighted.read_text() != weighted.read_text(), "weights matter"


main(the_numbers_of_r, broken_tables_and_formulas, what_is_no_table_and_no_place_to_write, what_is_told)
