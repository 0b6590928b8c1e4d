"""meridian fit on tables made from a seed, crossed, nested, singular, with slopes and weights, against the stored numbers of R
(tests/oracle/make_generated_reference.R makes the same tables)."""
import pathlib
import sys
import tempfile

import generated_tables
from reference_fits import faults_of, results, rows, run

REFERENCE = pathlib.Path("tests/oracle/data/generated/fits.csv")


def references():
    fits = {}
    for row in rows(REFERENCE):
        key = (row["table"], row["formula"], row["method"], row["weights"])
        fits.setdefault(key, {})[row["what"], row["term"]] = float(row["value"])
    return fits


def table_faults(table, expected):
    """The table is the one that R fitted."""
    sums = {column: sum(value * value if column == "x" else value for value in table[column])
            for what, column in expected if what == "table"}
    return [f"sum of {column}: {total}, R {expected['table', column]}" for column, total in sums.items()
            if not abs(total - expected["table", column]) <= 1e-11 * abs(total)]


def compare(scratch):
    tables = {name: make() for name, make in generated_tables.TABLES.items()}
    for name, table in tables.items():
        generated_tables.write(table, scratch / f"{name}.csv")
    good = len(references()) >= 7
    for (name, formula, method, weights), expected in references().items():
        words = ["--table", scratch / f"{name}.csv", "--formula", formula]
        words += (["--ml"] if method == "ML" else []) + (["--weights", weights] if weights else [])
        done = run(scratch / "fit", *words)
        faults = [f"exit code {done.returncode}: {done.stderr}"] if done.returncode else table_faults(tables[name], expected)
        if not faults:
            numbers = {key: value for key, value in expected.items() if key[0] != "table"}
            faults = faults_of(results(scratch / "fit"), numbers)
        good &= not faults
        print(("ok      " if not faults else "FAILED  ") + f"{name}: {formula} ({method}, {len(expected)} numbers)")
        print("\n".join("        " + fault for fault in faults[:10]), end="\n" if faults else "")
    return good


with tempfile.TemporaryDirectory(prefix="meridian-") as name:
    sys.exit(0 if compare(pathlib.Path(name)) else 1)
