"""meridian compare-groups: golden values through the executable, several columns with adjusted p-values, analyses of variance, refusals."""
import csv
import os
import pathlib
import subprocess
import tempfile

EXE = os.environ["MERIDIAN_EXE"]
X = [1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 1, 1]
Y = [3, 3, 4, 3, 1, 2, 3, 1, 1, 5, 4]
# The rows and R's numbers of tests/unit/inference (rank_tests_test.cpp, make_rank_reference.R).
ROWS = [[4.1, 5.2, 3.3, 6.0], [3.9, 4.4, 2.8, 5.1], [5.5, 6.1, 4.9, 5.2], [2.2, 3.9, 3.1, 4.8], [4.6, 4.9, 2.0, 6.6], [3.3, 5.8, 3.9, 4.1], [5.0, 4.2, 3.7, 7.3]]


def run(*words):
    return subprocess.run([EXE, "compare-groups", *map(str, words)], capture_output=True, text=True, timeout=60)


def refused(words, *expected):
    done = run(*words)
    assert done.returncode == 2, done
    for text in expected:
        assert text in done.stderr, (text, done.stderr)


def found(scratch, *words):
    done = run(*words, "--out", scratch / "out")
    assert done.returncode == 0, done.stderr
    rows = csv.DictReader((scratch / "out" / "compare_groups.csv").open())
    return {(row["column"], row["quantity"]): float(row["value"]) for row in rows}


def close(value, expected):
    assert abs(value - expected) <= 1e-10 * max(1, abs(expected)), (value, expected)


with tempfile.TemporaryDirectory() as name:
    scratch = pathlib.Path(name)
    table = scratch / "table.csv"
    groups = ["--table", table, "--group", "g"]
    values = [("a", v) for v in X] + [("b", v) for v in Y]
    table.write_text("g,v,w,u\n" + "".join(f"{g},{v},{v if g == 'a' else 6 - v},{(7 * i) % 11}\n" for i, (g, v) in enumerate(values)))

    one = found(scratch, *groups, "--value", "v", "--test", "brunner-munzel")
    close(one["v", "p_value"], 0.00578620866615146)
    close(one["v", "statistic"], 3.1374674823029505)
    singles = [found(scratch, *groups, "--value", c, "--test", "brunner-munzel")[c, "p_value"] for c in "vwu"]
    holm = found(scratch, *groups, "--value", "v,w,u", "--test", "brunner-munzel", "--adjust", "holm")
    bh = found(scratch, *groups, "--value", "v,w,u", "--test", "brunner-munzel", "--adjust", "bh")
    by_size = sorted(singles)
    for c, p in zip("vwu", singles):
        place = by_size.index(p)
        close(holm[c, "p_value"], p)
        close(holm[c, "p_value_holm"], min(1, max((3 - i) * by_size[i] for i in range(place + 1))))
        close(bh[c, "p_value_bh"], min(3 / (i + 1) * by_size[i] for i in range(place, 3)))

    subjects = scratch / "subjects.csv"
    lines = [f"s{i},{'ab'[i > 3]},{level},{value}\n" for i, row in enumerate(ROWS) for level, value in enumerate(row)]
    subjects.write_text("s,g,level,y\n" + "".join(lines) + "s9,a,1,2\ns9,a,0,NA\n")
    within = ["--table", subjects, "--value", "y", "--pair", "s", "--within", "level"]
    oneway = found(scratch, *within, "--test", "rm-anova")
    close(oneway["y", "f_within"], 8.3252907569883607)
    close(oneway["y", "p_gg_within"], 0.007820279058251214)
    assert oneway["y", "incomplete_subjects"] == 1 and oneway["y", "missing"] == 1 and oneway["y", "subjects"] == 7
    mixed = found(scratch, *within, "--test", "mixed-anova", "--group", "g")
    assert (mixed["y", "df_interaction"], mixed["y", "error_df_interaction"], mixed["y", "error_df_group"]) == (3, 15, 5)
    fixed = found(scratch, *within, "--test", "mixed-anova", "--group", "g", "--error", "model-fixed")
    assert fixed["y", "error_df_group"] == 15 and fixed["y", "f_within"] == mixed["y", "f_within"]

    refused([*groups, "--value", "v", "--test", "welsh"], "welch")
    refused([*groups, "--value", "v", "--test", "paired-t"], "--pair")
    refused([*groups, "--value", "v", "--test", "welch", "--within", "u"], "--within")
    refused([*groups, "--value", "v", "--test", "welch", "--adjust", "holm"], "one column")
    refused([*groups, "--value", "v,w", "--test", "welch", "--adjust", "sidak"], "holm or bh")
    refused([*groups, "--value", "v,v", "--test", "welch"], "different names")
    refused([*within, "--test", "rm-anova", "--group", "g"], "--group")
    refused([*within, "--test", "rm-anova", "--error", "split-plot"], "--error")
    refused([*within, "--test", "mixed-anova", "--group", "g", "--error", "mixed"], "split-plot")
    subjects.write_text("s,g,level,y\n" + "".join(lines) + "s0,a,0,3\n")
    refused([*within, "--test", "rm-anova"], "subjects.csv:", "twice")
    subjects.write_text("s,g,level,y\n" + "".join(lines) + "s0,b,9,3\n")
    refused([*within, "--test", "mixed-anova", "--group", "g"], "'b'", "one group")
    subjects.write_text("s,g,level,y\ns0,a,0,1\ns0,a,1,2\n")
    refused([*within, "--test", "rm-anova"], "at least two")
