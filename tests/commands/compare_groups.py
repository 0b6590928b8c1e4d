"""meridian compare-groups: golden values through the executable, several columns with adjusted p-values, analyses of variance, refusals."""
from command_test import every, keyed, main, meridian, near, refused, rows

X = [1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 1, 1]
Y = [3, 3, 4, 3, 1, 2, 3, 1, 1, 5, 4]
# The rows and R's numbers of tests/unit/inference (rank_tests_test.cpp, make_rank_reference.R).
ROWS = [[4.1, 5.2, 3.3, 6.0], [3.9, 4.4, 2.8, 5.1], [5.5, 6.1, 4.9, 5.2], [2.2, 3.9, 3.1, 4.8],
        [4.6, 4.9, 2.0, 6.6], [3.3, 5.8, 3.9, 4.1], [5.0, 4.2, 3.7, 7.3]]


TESTED = [f"s{i},{'ab'[i > 3]},{level},{value}\n" for i, row in enumerate(ROWS) for level, value in enumerate(row)]


def found(scratch, words, *more):
    """Values by column and quantity."""
    meridian("compare-groups", *words, *more, "--out", scratch / "out")
    return {key: float(row["value"]) for key, row in keyed(scratch / "out/compare_groups.csv", "column", "quantity").items()}


def close(value, expected, what):
    near(value, expected, what, absolute=1e-10 * max(1, abs(expected)))


def groups(scratch):
    return ["--table", scratch / "table.csv", "--group", "g"]


def within(scratch):
    return ["--table", scratch / "subjects.csv", "--value", "y", "--pair", "s", "--within", "level"]


def write_subjects(scratch, lines, *more):
    (scratch / "subjects.csv").write_text("s,g,level,y\n" + "".join([*lines, *more]))


def one_column_and_three_adjusted(scratch):
    values = [("a", v) for v in X] + [("b", v) for v in Y]
    (scratch / "table.csv").write_text("g,v,w,u\n" + "".join(
        f"{g},{v},{v if g == 'a' else 6 - v},{(7 * i) % 11}\n" for i, (g, v) in enumerate(values)))
    test = [*groups(scratch), "--test", "brunner-munzel", "--value"]
    singles = {column: found(scratch, test, column)[column, "p_value"] for column in "vwu"}
    one = found(scratch, test, "v")
    close(one["v", "p_value"], 0.00578620866615146, "p of R")
    close(one["v", "statistic"], 3.1374674823029505, "statistic of R")
    holm, bh = (found(scratch, test, "v,w,u", "--adjust", kind) for kind in ("holm", "bh"))
    by_size = sorted(singles.values())
    for column, p in singles.items():
        place = by_size.index(p)
        close(holm[column, "p_value"], p, column)
        close(holm[column, "p_value_holm"], min(1, max((3 - i) * by_size[i] for i in range(place + 1))), f"Holm of {column}")
        close(bh[column, "p_value_bh"], min(3 / (i + 1) * by_size[i] for i in range(place, 3)), f"Benjamini-Hochberg of {column}")


def signs_say_which_group_is_larger(scratch):
    """The first group is the larger one."""
    (scratch / "signs.csv").write_text("g,i,v\n" + "".join(f"a,{i},{v + 1.1 + 0.1 * i}\nb,{i},{v}\n" for i, v in enumerate(Y)))
    for test in ("mann-whitney", "brunner-munzel", "welch", "paired-t", "wilcoxon"):
        pair = ["--pair", "i"] if test in ("paired-t", "wilcoxon") else []
        found(scratch, ["--table", scratch / "signs.csv", "--group", "g", "--test", test, "--value", "v", *pair])
        told = {row["quantity"]: row for row in rows(scratch / "out/compare_groups.csv") if row["direction"]}
        assert told, f"{test}: signs are explained"
        for quantity, row in told.items():
            over = float(row["value"]) > (0.5 if "0.5" in row["direction"] else 0)
            assert over == ("first group" in row["direction"]), (test, quantity, row)


def analyses_of_variance(scratch):
    write_subjects(scratch, TESTED, "s9,a,1,2\ns9,a,0,NA\n")
    oneway = found(scratch, within(scratch), "--test", "rm-anova")
    close(oneway["y", "f_within"], 8.3252907569883607, "F of R")
    close(oneway["y", "p_gg_within"], 0.007820279058251214, "Greenhouse and Geisser's p of R")
    assert oneway["y", "incomplete_subjects"] == 1 and oneway["y", "missing"] == 1 and oneway["y", "subjects"] == 7, oneway
    mixed = found(scratch, within(scratch), "--test", "mixed-anova", "--group", "g")
    assert (mixed["y", "df_interaction"], mixed["y", "error_df_interaction"], mixed["y", "error_df_group"]) == (3, 15, 5), mixed
    fixed = found(scratch, within(scratch), "--test", "mixed-anova", "--group", "g", "--error", "model-fixed")
    assert fixed["y", "error_df_group"] == 15 and fixed["y", "f_within"] == mixed["y", "f_within"], fixed


def what_makes_no_sense(scratch):
    values, subjects = [*groups(scratch), "--value"], within(scratch)
    every(lambda words, *texts: refused(["compare-groups", *words], *texts), [
        ([*values, "v", "--test", "welsh"], "welch"),
        ([*values, "v", "--test", "paired-t"], "--pair"),
        ([*values, "v", "--test", "welch", "--within", "u"], "--within"),
        ([*values, "v", "--test", "welch", "--adjust", "holm"], "one column"),
        ([*values, "v,w", "--test", "welch", "--adjust", "sidak"], "holm or bh"),
        ([*values, "v,v", "--test", "welch"], "different names"),
        ([*subjects, "--test", "rm-anova", "--group", "g"], "--group"),
        ([*subjects, "--test", "rm-anova", "--error", "split-plot"], "--error"),
        ([*subjects, "--test", "mixed-anova", "--group", "g", "--error", "mixed"], "split-plot")])


def subjects_that_cannot_be_tested(scratch):
    def case(test, lines, *texts):
        write_subjects(scratch, lines)
        refused(["compare-groups", *within(scratch), "--test", *test.split()], *texts)

    every(case, [("rm-anova", [*TESTED, "s0,a,0,3\n"], "subjects.csv:", "twice"),
                 ("mixed-anova --group g", [*TESTED, "s0,b,9,3\n"], "'b'", "one group"),
                 ("rm-anova", ["s0,a,0,1\ns0,a,1,2\n"], "at least two")])


main(one_column_and_three_adjusted, signs_say_which_group_is_larger, analyses_of_variance, what_makes_no_sense, subjects_that_cannot_be_tested)
