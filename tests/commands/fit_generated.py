"""meridian fit on tables made from a seed, crossed, nested, singular, with slopes and weights, against the stored numbers of R
(tests/oracle/make_generated_reference.R makes the same tables)."""
import generated_tables
from command_test import every, main, meridian, near
from reference_fits import agree, results, stored_fits


def the_numbers_of_r(scratch):
    tables = {name: make() for name, make in generated_tables.TABLES.items()}
    for name, table in tables.items():
        generated_tables.write(table, scratch / f"{name}.csv")

    def case(formula, name, method, weights, expected):
        for what, column in expected:
            if what == "table":  # the table is the one that R fitted
                total = sum(value * value if column == "x" else value for value in tables[name][column])
                near(total, expected[what, column], f"sum of {column}", relative=1e-11)
        words = ["--table", scratch / f"{name}.csv", "--formula", formula, *(["--ml"] if method == "ML" else []),
                 *(["--weights", weights] if weights else [])]
        meridian("fit", *words, "--out", scratch / "fit")
        agree(results(scratch / "fit"), {key: value for key, value in expected.items() if key[0] != "table"})

    fits = stored_fits("tests/oracle/data/generated/fits.csv", "formula", "table", "method", "weights")
    assert len(fits) >= 7, list(fits)
    every(case, [(*fit, expected) for fit, expected in fits.items()])


main(the_numbers_of_r)
