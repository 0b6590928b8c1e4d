"""What meridian fit writes into its folder beside the numbers that R stored for the same fit."""
import json
import math

from command_test import rows


def stored_fits(file, *keys):
    """R's numbers by (what, term), of each fit that the columns `keys` tell apart."""
    fits = {}
    for row in rows(file):
        fits.setdefault(tuple(row[key] for key in keys), {})[row["what"], row["term"]] = float(row["value"])
    return fits


def results(folder):
    """Every number of a fit's folder under the names of the reference file."""
    fit = json.loads((folder / "fit.json").read_text(encoding="utf-8"))
    found = {("sigma", ""): fit.get("sigma", fit.get("residual_se")), ("criterion", ""): fit.get("criterion")}
    for row in rows(folder / "coefficients.csv"):
        for what in ("estimate", "std_error", "df"):
            found[what, row["term"]] = float(row[what])
    for row in rows(folder / "fit_statistics.csv"):
        found["statistic", row["statistic"]] = float(row["value"])
        assert fit["statistics"][row["statistic"]] == float(row["value"]), row
    for name, value in fit.get("scaled_residuals", fit.get("residuals")).items():
        found["residual", name] = value
    for row in rows(folder / "anova.csv"):
        found["anova_f", row["term"]] = float(row["f"])
        found["anova_sum_sq", row["term"]] = float(row["sum_sq"])
        found["anova_den_df", row["term"]] = float(row["den_df"])
    if (folder / "variance_components.csv").exists():
        for row in rows(folder / "variance_components.csv"):
            found["variance", f"{row['group']}|{row['term1']}|{row['term2']}"] = float(row["variance"])
        for row in rows(folder / "random_effects.csv"):
            found["effect", f"{row['group']}|{row['level']}|{row['term']}"] = float(row["value"])
    return found


def allowed(what, value, sigma, variances):
    """Absolute distance from R's number: relative 1e-6, of degrees of freedom 1e-3; effects and residuals by their scale."""
    if what in ("df", "anova_den_df"):
        return 1e-3 * abs(value)
    if what == "effect":
        return 1e-6 * max(abs(value), math.sqrt(max(variances)))
    if what == "residual":
        return 1e-6 * max(abs(value), 1)
    return 1e-6 * max(abs(value), 1e-6 * sigma)


def agree(found, expected):
    """No number, both by (what, term), differs from R's by more than allowed."""
    variances = [value for (what, _), value in expected.items() if what == "variance"]
    faults = [f"{key}: {found.get(key)}, R {value}" for key, value in expected.items()
              if found.get(key) is None or not abs(found[key] - value) <= allowed(key[0], value, expected["sigma", ""], variances)]
    assert not faults, "\n        ".join([f"{len(faults)} of {len(expected)} numbers differ", *faults[:10]])
