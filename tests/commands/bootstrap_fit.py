"""meridian bootstrap on the folder of a fit: its table, weights and codings are those of the fit, and must not have changed."""
import random

from command_test import every, files, keyed, main, meridian, near, refused, same_files

FORMULA = "y ~ condition + (1 | person) + (1 | item)"


def write_answers(file):
    """40 people x 6 items in three conditions, rows of unequal weight."""
    draw = random.Random(3)
    lines = ["y,yes,person,item,condition,w"]
    items = [draw.gauss(0, 0.5) for _ in range(6)]
    for person in range(40):
        own = draw.gauss(0, 1)
        for item, shift in enumerate(items):
            weight = draw.choice((1, 2, 4))
            y = own + shift + (item % 3) * 0.3 + draw.gauss(0, weight ** -0.5)
            lines.append(f"{y:.6f},{int(y > 0)},p{person:02},i{item},{'abc'[item % 3]},{weight}")
    file.write_text("\n".join(lines) + "\n")


def same_model(fit, out):
    """Class statistics with weights of everybody 1 give back the fit, coded as there."""
    fitted, boot = keyed(fit / "coefficients.csv", "term"), keyed(out / "intervals.csv", "name", quantity="fixed effect")
    assert set(fitted) == set(boot) and len(fitted) == 3, (fitted, boot)
    for term, row in fitted.items():
        near(boot[term]["estimate"], row["estimate"], term, absolute=1e-6)
        near(boot[term]["model_std_error"], row["std_error"], f"standard error of {term}", absolute=1e-5)


def the_model_of_a_weighted_fit(scratch):
    table, fit = scratch / "answers.csv", scratch / "fit"
    write_answers(table)
    meridian("fit", "--table", table, "--formula", FORMULA, "--weights", "w", "--contrast", "condition=sum", "--out", fit)
    for scheme, more in (("people", []), ("parametric", []), ("two-way", ["--columns", "item"])):
        meridian("bootstrap", "--run", fit, "--scheme", scheme, "--replicates", 100, *more)
        same_model(fit, fit / "resampling" / f"answers-{scheme}")
    assert "100 replicates so far" in meridian("bootstrap", "--run", fit, "--scheme", "people", "--so-far").stdout
    meridian("report", "--run", fit)
    page = (fit / "report/index.html").read_text()
    for words in (FORMULA, "bootstrap, people", "levels of person drawn again", "bootstrap, two-way", "levels of person and of item drawn"):
        assert words in page, words


def the_bytes_of_a_table_without_weights(scratch):
    model = ["--table", scratch / "answers.csv", "--formula", FORMULA]
    meridian("fit", *model, "--out", scratch / "plain")
    meridian("bootstrap", "--run", scratch / "plain", "--replicates", 100, "--out", scratch / "a")
    meridian("bootstrap", *model, "--replicates", 100, "--out", scratch / "b")
    assert (scratch / "a/intervals.csv").exists(), files(scratch / "a")
    same_files(scratch / "a", scratch / "b")


def what_does_not_fit_the_fit(scratch):
    again = ["bootstrap", "--run", scratch / "fit"]
    refused([*again, "--replicates", 100, "--out", scratch / "a"], "weights")
    every(lambda words, part: refused([*again, *words], part), [
        (["--formula", "y ~ 1"], "--formula"), (["--analysis", "rq1"], "--analysis"), (["--scheme", "models"], "--columns"),
        (["--scheme", "items"], "items")])
    table, generalized = scratch / "answers.csv", scratch / "generalized"
    meridian("fit", "--table", table, "--formula", "yes ~ 1 + (1 | person)", "--family", "binomial", "--out", generalized)
    refused(["bootstrap", "--run", generalized], "binomial")
    with table.open("a") as stream:
        stream.write("1,1,p00,i0,a,1\n")
    refused(again, "other contents")


main(the_model_of_a_weighted_fit, the_bytes_of_a_table_without_weights, what_does_not_fit_the_fit)
