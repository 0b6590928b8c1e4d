"""meridian bootstrap on the folder of a fit: its table, weights and codings are those of the fit, and must not have changed."""
import csv
import os
import pathlib
import random
import subprocess
import sys
import tempfile

EXE = os.environ["MERIDIAN_EXE"]


def require(condition, what):
    if not condition:
        sys.exit(f"FAILED  {what}")
    print(f"ok      {what}", flush=True)


def meridian(*words, expect=0):
    done = subprocess.run([EXE, *map(str, words)], capture_output=True, text=True, timeout=120)
    if done.returncode != expect:
        sys.exit(f"{words}: exit {done.returncode}, expected {expect}\n{done.stderr}")
    return done.stderr


def rows(file):
    return list(csv.DictReader(file.open()))


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
    """Class statistics with weights of everybody 1 give back the fit."""
    fitted = {r["term"]: r for r in rows(fit / "coefficients.csv")}
    boot = {r["name"]: r for r in rows(out / "intervals.csv") if r["quantity"] == "fixed effect"}
    require(set(fitted) == set(boot) and len(fitted) == 3, "the fit's coefficients, coded as there")
    for term, row in fitted.items():
        require(abs(float(row["estimate"]) - float(boot[term]["estimate"])) < 1e-6 and
                abs(float(row["std_error"]) - float(boot[term]["model_std_error"])) < 1e-5, f"{term} is the fit's")


def main(scratch):
    table, fit, plain = scratch / "answers.csv", scratch / "fit", scratch / "plain"
    formula = "y ~ condition + (1 | person) + (1 | item)"
    write_answers(table)
    meridian("fit", "--table", table, "--formula", formula, "--weights", "w", "--contrast", "condition=sum", "--out", fit)
    for scheme, more in (("people", []), ("parametric", []), ("two-way", ["--columns", "item"])):
        meridian("bootstrap", "--run", fit, "--scheme", scheme, "--replicates", 100, *more)
        same_model(fit, fit / "resampling" / f"answers-{scheme}")
    meridian("fit", "--table", table, "--formula", formula, "--out", plain)
    meridian("bootstrap", "--run", plain, "--replicates", 100, "--out", scratch / "a")
    meridian("bootstrap", "--table", table, "--formula", formula, "--replicates", 100, "--out", scratch / "b")
    names = sorted(p.name for p in (scratch / "a").iterdir() if p.is_file() and p.name != "lock.json")
    require("intervals.csv" in names and all((scratch / "a" / n).read_bytes() == (scratch / "b" / n).read_bytes()
                                             for n in names), "without weights: the bytes of --table")
    require("weights" in meridian("bootstrap", "--run", fit, "--replicates", 100, "--out", scratch / "a", expect=2),
            "replicates of another model are refused in the same folder")
    for words, part in ((["--formula", "y ~ 1"], "--formula"), (["--analysis", "rq1"], "--analysis"),
                        (["--scheme", "models"], "--columns"), (["--scheme", "items"], "items")):
        require(part in meridian("bootstrap", "--run", fit, *words, expect=2), f"{' '.join(words)}: named")
    meridian("fit", "--table", table, "--formula", "yes ~ 1 + (1 | person)", "--family", "binomial", "--out", scratch / "glmm")
    require("binomial" in meridian("bootstrap", "--run", scratch / "glmm", expect=2), "a generalized model is refused")
    with table.open("a") as stream:
        stream.write("1,1,p00,i0,a,1\n")
    require("other contents" in meridian("bootstrap", "--run", fit, expect=2), "a changed table is refused")


with tempfile.TemporaryDirectory(prefix="meridian-") as name:
    main(pathlib.Path(name))
