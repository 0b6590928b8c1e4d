"""meridian fit --intervals, --test-random, --means: against R, what is told, and what is refused."""
import contextlib
import json
import math
import pathlib
import random
import signal
import statistics

from command_test import every, keyed, main, meridian, near, refused, rows, write_rows
from running_command import Running

DATA = pathlib.Path("tests/oracle/data")
SLEEP = ["--table", DATA / "public/sleepstudy.csv", "--formula", "Reaction ~ Days + (Days | Subject)"]
CBPP = ["--table", DATA / "generalized/cbpp.csv", "--factor", "period", "--family", "binomial", "--trials", "size",
        "--formula", "incidence ~ period + (1 | herd)"]
CAKE = ["--table", DATA / "public/cake.csv", "--factor", "temperature,replicate",
        "--formula", "angle ~ recipe * temperature + (1 | recipe:replicate)"]


def fit(folder, *words):
    return meridian("fit", *words, "--out", folder)


def means_and_contrasts_of_r(scratch):
    columns = ("means", "table", "formula", "factors", "family", "trials")
    cases = {}
    for row in rows(DATA / "intervals/means.csv"):
        cases.setdefault(tuple(row[column] for column in columns), []).append(row)

    def case(means, table, formula, factors, family, trials, expected):
        words = ["--table", DATA / f"{table}.csv", "--formula", formula, "--means", means, "--level", "0.9"]
        for option, value in (("--factor", factors), ("--family", family), ("--trials", trials)):
            words += [option, value] if value else []
        fit(scratch / "means", *words)
        found = rows(scratch / "means/cell_means.csv") + rows(scratch / "means/contrasts.csv")
        assert len(found) == len(expected), f"{len(found)} rows, R has {len(expected)}"
        for ours, theirs in zip(found, expected):
            same_mean(ours, theirs, family)

    assert len(cases) >= 4, list(cases)
    every(case, [(*words, expected) for words, expected in cases.items()])


def same_mean(ours, theirs, family):
    """glmer stops within a few thousandths of a standard error and its numerical Hessian is good to about 1 %."""
    error = float(theirs["std_error"])
    share, limits = (2e-2, 3e-2) if family else (1e-5, 1e-3)
    for column, name, allowed in (("estimate", "estimate", share), ("std_error", "std_error", share),
                                  ("conf_low", "low", limits), ("conf_high", "high", limits)):
        near(ours[column], theirs[name], f"{column} of {ours}", absolute=allowed * error)
    if theirs["df"] in ("Inf", ""):
        assert ours["df"] == "", ours
    else:
        near(ours["df"], theirs["df"], f"df of {ours}", absolute=1e-3 * float(theirs["df"]))
    if theirs["holm"] not in ("", "NA") and not family:
        near(ours["holm_p_value"], theirs["holm"], f"p of {ours}", absolute=1e-4 * float(theirs["holm"]) + 1e-12)


def profile_intervals_of_r(scratch):
    """Of a REML fit those of the likelihood; a limit at zero is called a bound."""
    fit(scratch / "profile", *SLEEP, "--intervals", "profile")
    found = keyed(scratch / "profile/intervals.csv", "kind", "term1", "term2")
    for key, low, high in ((("fixed effect", "Days", ""), 7.35865200444, 13.5759199148),
                           (("standard deviation", "(Intercept)", ""), 14.3813845203, 37.7160549905),
                           (("correlation", "(Intercept)", "Days"), -0.481492580616, 0.685018968496),
                           (("residual standard deviation", "", ""), 22.8982565149, 28.857999208)):
        near(found[key]["conf_low"], low, f"lower limit of {key}", absolute=1e-5 * (high - low))
        near(found[key]["conf_high"], high, f"upper limit of {key}", absolute=1e-5 * (high - low))
    fit(scratch / "bound", "--table", DATA / "intervals/Dyestuff2.csv", "--formula", "Yield ~ 1 + (1 | Batch)", "--intervals", "profile")
    row = keyed(scratch / "bound/intervals.csv", "kind")["standard deviation"]
    assert row["conf_low"] == "0" and row["at_bound"] == "low", row


def wald_intervals_are_those_of_the_coefficients(scratch):
    fit(scratch / "wald", *SLEEP, "--intervals", "wald", "--level", "0.95")
    coefficients, wald = keyed(scratch / "wald/coefficients.csv", "term"), rows(scratch / "wald/intervals.csv")
    for row in wald:
        own = coefficients[row["term1"]]
        assert (row["conf_low"], row["conf_high"]) == (own["conf_low"], own["conf_high"]), row
    fit(scratch / "narrow", *SLEEP, "--intervals", "wald", "--level", "0.5")
    narrow = rows(scratch / "narrow/intervals.csv")
    assert float(narrow[0]["conf_high"]) < float(wald[0]["conf_high"]), (narrow, wald)


def tests_of_random_terms(scratch):
    fit(scratch / "random", "--table", DATA / "public/Penicillin.csv", "--formula", "diameter ~ 1 + (1 | plate) + (1 | sample)", "--test-random")
    found = rows(scratch / "random/random_tests.csv")
    assert [row["term"] for row in found] == ["(1 | plate)", "(1 | sample)"], found
    near(found[0]["chi_squared"], 105.057272653, "chi-squared of the plates", absolute=1e-5)
    near(float(found[0]["mixture_p_value"]) * 2, found[0]["p_value"], "the mixture halves one variance's p", absolute=1e-30)
    fit(scratch / "family", *CBPP, "--test-random")
    [herd] = rows(scratch / "family/random_tests.csv")
    assert herd["term"] == "(1 | herd)", herd
    near(herd["chi_squared"], 14.0058352, "chi-squared of the herds", absolute=1e-4)


def a_contrast_by_name(scratch):
    fit(scratch / "named", *CAKE, "--means", "recipe", "--cell-contrast", "A against both=1,-0.5,-0.5")
    found = {name: float(row["estimate"]) for name, row in keyed(scratch / "named/contrasts.csv", "contrast").items()}
    near(found["A against both"], (found["A - B"] + found["A - C"]) / 2, "A against both", absolute=1e-9)


def fit_json_says_what_was_read(scratch):
    table = scratch / "gaps.csv"
    table.write_text("y,x,g\n" + "".join(f"{(7 * i * i + i) % 11},{'' if i == 3 else i % 4},{'abcde'[i % 5]}\n" for i in range(30)),
                     encoding="utf-8")
    fit(scratch / "gaps", "--table", table, "--formula", "y ~ x + (1 | g)", "--ddf", "kenward-roger")
    read = json.loads((scratch / "gaps/fit.json").read_text(encoding="utf-8"))
    expected = {"rows_read": 30, "rows_dropped_missing": 1, "degrees_of_freedom": "Kenward-Roger",
                "columns": {"y": "numeric", "x": "numeric", "g": "factor with 5 levels"}}
    assert {key: read.get(key) for key in expected} == expected, read
    assert "rows_dropped_missing = 1" in meridian("info", scratch / "gaps").stdout


def the_design_is_judged(scratch):
    done = fit(scratch / "adequate", "--table", DATA / "public/sleepstudy.csv", "--formula", "Reaction ~ Days + (1 | Subject)")
    row = keyed(scratch / "adequate/adequacy.csv", "term", "group")["Days", "Subject"]
    assert row["slope"] == "no" and row["remedy"] == "(1 + Days | Subject)" and float(row["ratio"]) > 1.5, row
    assert "Add slopes: (1 + Days | Subject)" in done.stdout, done.stdout
    # mean and SD of the eighteen slopes of lm(Reaction ~ Days) per subject: 10.46729, 6.566 / sqrt(18)
    near(row["estimate"], 10.467286, "mean of the slopes", absolute=1e-5)
    near(row["std_error"], 1.545790, "its standard error", absolute=1e-5)
    done = fit(scratch / "enough", *SLEEP)
    row = keyed(scratch / "enough/adequacy.csv", "term", "group")["Days", "Subject"]
    assert row["slope"] == "yes" and "Add slopes" not in done.stdout, (row, done.stdout)
    fit(scratch / "logistic", *CBPP)
    found = rows(scratch / "logistic/adequacy.csv")
    assert len(found) == 3 and all(0.3 < float(row["ratio"]) < 3 for row in found), found


def units_count_with_what_they_know(scratch):
    """Persons of 2 to 60 rows without slopes of their own: a plain mean of their slopes would be that of the least known."""
    draw = random.Random(11)
    people = [[(draw.gauss(0, 1), draw.gauss(0, 1)) for _ in range(2 + draw.randrange(59) * (person % 2))] for person in range(300)]
    people = [[(x, 3 + 0.4 * x + 0.5 * (person % 5) + noise) for x, noise in answers] for person, answers in enumerate(people)]
    write_rows(scratch / "uneven.csv", ["y", "x", "person"],
               [(y, x, f"p{person}") for person, answers in enumerate(people) for x, y in answers])
    fit(scratch / "uneven", "--table", scratch / "uneven.csv", "--formula", "y ~ x + (1 | person)")
    slopes, information = [], []
    for answers in people:
        middle = statistics.fmean(x for x, _ in answers)
        information.append(sum((x - middle) ** 2 for x, _ in answers))
        slopes.append(sum((x - middle) * y for x, y in answers) / information[-1])
    n, total = len(people), sum(information)
    pooled = sum(i * b for i, b in zip(information, slopes)) / total
    error = math.sqrt(sum((i * (b - pooled)) ** 2 for i, b in zip(information, slopes)) * n / (n - 1)) / total
    row, = rows(scratch / "uneven/adequacy.csv", term="x")
    near(row["estimate"], pooled, "slope within persons", relative=1e-9)
    near(row["std_error"], error, "its error by person", relative=1e-9)
    assert float(row["ratio"]) < 1.3, row
    plain = statistics.stdev(slopes) / math.sqrt(n)
    assert plain > 3 * error, f"the plain mean would have done: {plain}, {error}"


def answers_of_an_earlier_fit_do_not_stay(scratch):
    answers = [scratch / "one" / name for name in ("intervals.csv", "random_tests.csv", "likelihood_ratio.csv")]
    fit(scratch / "one", *SLEEP, "--intervals", "wald", "--test-random", "--lrt")
    assert all(file.exists() for file in answers), answers
    fit(scratch / "one", *CAKE, "--means", "recipe")
    assert not any(file.exists() for file in answers), answers


PLAIN = ["--table", DATA / "public/sleepstudy.csv", "--formula", "Reaction ~ Days"]
# name, words, what the message must say
REFUSED = [
    ("an unknown kind of intervals", [*SLEEP, "--intervals", "bayes"], ["--intervals", "bayes", "profile"]),
    ("a profile of least squares", [*PLAIN, "--intervals", "profile"], ["--intervals profile", "wald"]),
    ("random tests of least squares", [*PLAIN, "--test-random"], ["--test-random", "no random terms"]),
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


def a_stop_ends_it_at_once(scratch):
    table = scratch / "long.csv"
    table.write_text("y,x,g\n" + "".join(f"{(7 * i * i + i) % 1001},{i % 37},g{i % 5003}\n" for i in range(200000)))
    running = Running("fit", "--table", table, "--formula", "y ~ x + (x | g)", "--out", scratch / "stopped")

    def has_table_open():
        with contextlib.suppress(OSError):  # a file was closed meanwhile
            open_files = [file.resolve() for process in running.ranks() for file in pathlib.Path(f"/proc/{process}/fd").iterdir()]
            return table.resolve() in open_files

    running.wait_for(has_table_open)
    running.freeze()
    running.signal(signal.SIGTERM)
    running.thaw()
    assert running.end() == 75, running.said()
    assert "same command again" in running.said() and not (scratch / "stopped").exists(), running.said()


def what_makes_no_sense(scratch):
    every(lambda _, words, texts: refused(["fit", *words, "--out", scratch / "none"], *texts), REFUSED)


main(means_and_contrasts_of_r, profile_intervals_of_r, wald_intervals_are_those_of_the_coefficients, tests_of_random_terms,
     a_contrast_by_name, fit_json_says_what_was_read, the_design_is_judged, units_count_with_what_they_know,
     answers_of_an_earlier_fit_do_not_stay, a_stop_ends_it_at_once, what_makes_no_sense)
