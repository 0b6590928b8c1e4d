"""meridian fit on an untidy table, with every part of the formula language, against lme4's stored numbers."""
import json
import pathlib
import shlex
import sys
import tempfile

from reference_fits import faults_of, results, rows, run

STORED = pathlib.Path("tests/oracle/data/messy")  # made by tests/oracle/make_messy_reference.R


def generalized_faults(folder, expected):
    """glmer stops within 1e-4 standard errors, and its standard errors, from differences of values, are good to 1 %."""
    found = {("criterion", ""): json.loads((folder / "fit.json").read_text(encoding="utf-8"))["criterion"]}
    for row in rows(folder / "coefficients.csv"):
        found["estimate", row["term"]], found["std_error", row["term"]] = float(row["estimate"]), float(row["std_error"])
    for row in rows(folder / "variance_components.csv"):
        found["variance", f"{row['group']}|{row['term1']}|{row['term2']}"] = float(row["variance"])
    faults = []
    for (what, term), value in expected.items():
        allowed = {"estimate": 1e-4 * expected.get(("std_error", term), 0), "std_error": 1e-2 * value, "criterion": 1e-4,
                   "variance": 1e-3 * abs(value)}[what]
        if (what, term) not in found or not abs(found[what, term] - value) <= allowed:
            faults.append(f"{what} {term}: {found.get((what, term))}, R {value}")
    return faults


def compare(scratch, formula, options, expected):
    done = run(scratch, "--table", STORED / "messy.csv", "--formula", formula, *shlex.split(options))
    observed = expected.pop(("nobs", ""))
    if done.returncode != 0 or "Converged." not in done.stdout:
        return [f"exit code {done.returncode}", done.stdout, done.stderr]
    faults = [] if f"Number of obs: {observed:.0f}" in done.stdout else [f"{observed:.0f} rows are not said to be used"]
    faults += [] if f"{420 - observed:.0f} of 420 rows dropped" in done.stdout else ["rows dropped are not counted"]
    return faults + (generalized_faults(scratch, expected) if "--family" in options else faults_of(results(scratch), expected))


fits = {}
for row in rows(STORED / "fits.csv"):
    fits.setdefault((row["formula"], row["options"]), {})[row["what"], row["term"]] = float(row["value"])
good = len(fits) >= 9
with tempfile.TemporaryDirectory() as scratch:
    for (formula, options), expected in fits.items():
        faults = compare(pathlib.Path(scratch), formula, options, expected)
        good &= not faults
        print(("ok      " if not faults else "FAILED  ") + f"{formula} {options}")
        print("\n".join("        " + fault for fault in faults[:10]), end="\n" if faults else "")
sys.exit(0 if good else 1)
