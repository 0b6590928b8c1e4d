"""meridian fit on an untidy table, with every part of the formula language, against lme4's stored numbers
(tests/oracle/make_messy_reference.R)."""
import json
import pathlib
import shlex

from command_test import every, main, meridian, near, rows
from reference_fits import agree, results, stored_fits

STORED = pathlib.Path("tests/oracle/data/messy")


def agree_with_glmer(folder, expected):
    """glmer stops within 1e-4 standard errors, and its standard errors, from differences of values, are good to 1 %."""
    found = {("criterion", ""): json.loads((folder / "fit.json").read_text(encoding="utf-8"))["criterion"]}
    for row in rows(folder / "coefficients.csv"):
        found["estimate", row["term"]], found["std_error", row["term"]] = row["estimate"], row["std_error"]
    for row in rows(folder / "variance_components.csv"):
        found["variance", f"{row['group']}|{row['term1']}|{row['term2']}"] = row["variance"]
    for (what, term), value in expected.items():
        allowed = {"estimate": 1e-4 * expected.get(("std_error", term), 0), "std_error": 1e-2 * value, "criterion": 1e-4,
                   "variance": 1e-3 * abs(value)}[what]
        near(found[what, term], value, f"{what} {term}", absolute=allowed)


def the_numbers_of_lme4(scratch):
    def case(formula, options, expected):
        done = meridian("fit", "--table", STORED / "messy.csv", "--formula", formula, *shlex.split(options), "--out", scratch / "fit")
        used = expected.pop(("nobs", ""))
        for part in ("Converged.", f"Number of obs: {used:.0f}", f"{420 - used:.0f} of 420 rows dropped"):
            assert part in done.stdout, (part, done.stdout)
        if "--family" in options:
            agree_with_glmer(scratch / "fit", expected)
        else:
            agree(results(scratch / "fit"), expected)

    fits = stored_fits(STORED / "fits.csv", "formula", "options")
    assert len(fits) >= 9, list(fits)
    every(case, [(*fit, expected) for fit, expected in fits.items()])


main(the_numbers_of_lme4)
