"""Derives the parameter files of this folder from public aggregates (README.md names origin and method of each file).

usage: derive_parameters.py STUDY MOMENTS REFUSALS WVS_DISTRIBUTIONS
  STUDY              the first study's public Data folder (model means, registry)
  MOMENTS            folder with item_moments.csv and correlations_<nation>_blocks_of_36.csv of the MFQ-2 answers
  REFUSALS           folder with <survey>_cell_counts_bound.csv (lower bounds on refusals per cell)
  WVS_DISTRIBUTIONS  CSV of answer distributions by country (country, question, answer_code, percent)
Needs numpy. Only aggregates are written: shares, means, loadings, regression coefficients.
"""
import csv
import sys
from collections import defaultdict
from pathlib import Path
from statistics import NormalDist

import numpy as np

HERE = Path(__file__).parent
NATIONS = ("China", "USA")
LANGUAGES = ("Chinese", "English")
PERSONAS = ("none", "China", "USA")
SURVEYS = {"MFQ2": [str(i) for i in range(1, 37)], "WVS": [str(i) for i in range(177, 196)]}
DIMENSIONS = ("Care", "Equality", "Proportionality", "Loyalty", "Authority", "Purity")
# Two facets known from the literature on these items, and violence; loadings and correlations are assumptions (README.md).
WVS_FACETS = {"dishonesty": range(177, 182), "intimacy": (*range(182, 189), 193, 195), "violence": (189, 190, 191, 192, 194)}
WVS_LOADINGS = {"China": {"dishonesty": 0.80, "intimacy": 0.75, "violence": 0.75}, "USA": {"dishonesty": 0.85, "intimacy": 0.85, "violence": 0.80}}
WVS_DEATH_PENALTY = {"China": 0.50, "USA": 0.35}
WVS_CORRELATIONS = {"China": (0.4, 0.5, 0.3), "USA": (0.3, 0.4, 0.2)}
LEAST_ITERATION_SD = 0.30  # below it rounding to whole answers would blur which nation a model leans to
UNKNOWN_REFUSAL = 0.002  # added to the bounds, which are lower bounds


def read(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write(name, header, rows):
    with open(HERE / name, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def short(value):
    return f"{value:.4f}"


def marginals(moments, distributions):
    shares = {}
    for row in read(moments / "item_moments.csv"):
        shares["MFQ2", row["country"], row["item"]] = np.array([float(row[f"prop_{k}"]) for k in range(1, 6)])
    nation = {"China": "China", "United States": "USA"}
    for row in read(distributions):
        if row["country"] in nation and row["question"] in SURVEYS["WVS"] and 1 <= int(row["answer_code"]) <= 10:
            key = ("WVS", nation[row["country"]], row["question"])
            shares.setdefault(key, np.zeros(10))[int(row["answer_code"]) - 1] = float(row["percent"]) / 100
    return {key: value / value.sum() for key, value in shares.items()}


def attenuation(share):
    """Correlation of a standard normal with its ordinal version cut at the thresholds of `share`."""
    normal, codes = NormalDist(), np.arange(1, len(share) + 1)
    cuts = [normal.inv_cdf(c) for c in np.cumsum(share)[:-1] if 0 < c < 1 - 1e-12]
    deviation = np.sqrt(share @ codes**2 - (share @ codes) ** 2)
    return sum(normal.pdf(cut) for cut in cuts) / deviation


def one_factor(r):
    """Loadings of one factor fitted to the off-diagonal of r (principal axis factoring)."""
    communality = np.full(len(r), 0.5)
    for _ in range(500):
        reduced = r.copy()
        np.fill_diagonal(reduced, communality)
        values, vectors = np.linalg.eigh(reduced)
        loading = np.abs(vectors[:, -1]) * np.sqrt(values[-1])
        communality = np.minimum(loading**2, 0.95)
    return np.sqrt(communality)


def mfq_structure(moments, shares, nation, dimension_of):
    items = SURVEYS["MFQ2"]
    r = np.eye(36)
    for row in read(moments / f"correlations_{nation}_blocks_of_36.csv"):
        i, j = int(row["item_row"]) - 1, int(row["item_col"]) - 1
        r[i, j] = r[j, i] = float(row["r"])
    a = np.array([attenuation(shares["MFQ2", nation, item]) for item in items])
    latent = r / np.outer(a, a)
    members = {d: [k for k, item in enumerate(items) if dimension_of[item] == d] for d in DIMENSIONS}
    loading = np.zeros(36)
    for own in members.values():
        loading[own] = one_factor(latent[np.ix_(own, own)])
    correlation = np.eye(6)
    for i, d in enumerate(DIMENSIONS):
        for j, e in enumerate(DIMENSIONS[:i]):
            block, outer = latent[np.ix_(members[d], members[e])], np.outer(loading[members[d]], loading[members[e]])
            correlation[i, j] = correlation[j, i] = (block * outer).sum() / (outer**2).sum()
    values, vectors = np.linalg.eigh(correlation)
    correlation = vectors @ np.diag(np.maximum(values, 0.01)) @ vectors.T
    scale = np.sqrt(np.diag(correlation))
    return loading, correlation / np.outer(scale, scale)


def structures(moments, shares, dimension_of):
    loadings, correlations = [], []
    for nation in NATIONS:
        loading, correlation = mfq_structure(moments, shares, nation, dimension_of)
        loadings += [("MFQ2", nation, item, dimension_of[item], short(x)) for item, x in zip(SURVEYS["MFQ2"], loading)]
        for i, d in enumerate(DIMENSIONS):
            correlations += [("MFQ2", nation, d, e, short(correlation[i, j])) for j, e in enumerate(DIMENSIONS[:i])]
        facet_of = {str(item): facet for facet, own in WVS_FACETS.items() for item in own}
        for item in SURVEYS["WVS"]:
            value = WVS_DEATH_PENALTY[nation] if item == "195" else WVS_LOADINGS[nation][facet_of[item]]
            loadings.append(("WVS", nation, item, facet_of[item], short(value)))
        pairs = (("intimacy", "dishonesty"), ("violence", "dishonesty"), ("violence", "intimacy"))
        correlations += [("WVS", nation, *pair, short(x)) for pair, x in zip(pairs, WVS_CORRELATIONS[nation])]
    write("people_loadings.csv", ["survey", "nation", "item", "factor", "loading"], loadings)
    write("people_factors.csv", ["survey", "nation", "factor", "other", "correlation"], correlations)


def model_cells(study):
    """Mean answers: [survey][model][language, persona] -> vector over items; conditions with a gap are left out."""
    files = {"MFQ2": ["MFQ2/llm_mfq_responses.csv"], "WVS": ["WVS/llm_wvs_responses.csv", "WVS/llm_wvs_persona_responses.csv"]}
    cells = {survey: defaultdict(lambda: defaultdict(dict)) for survey in files}
    for survey, names in files.items():
        for row in (row for name in names for row in read(study / name)):
            cells[survey][row["LLM"]][row["language"], row["persona"]][row["item"]] = float(row["llm_response"])
    return {survey: {model: {condition: np.array([values[item] for item in SURVEYS[survey]]) for condition, values in by.items()}
                     for model, by in models.items()} for survey, models in cells.items()}


def refusal_rates(refusals):
    counts = defaultdict(lambda: [0, 0])
    for survey, name in (("MFQ2", "mfq"), ("WVS", "wvs"), ("WVS", "wvs_persona")):
        for row in read(refusals / f"{name}_cell_counts_bound.csv"):
            count = counts[survey, row["LLM"], row["language"], row["persona"]]
            count[0] += int(row["refused_lower_bound"])
            count[1] += 20
    return {key: a / b + UNKNOWN_REFUSAL for key, (a, b) in counts.items()}


def iteration_sd(means, whole_share, highest, rng):
    """The spread of single answers at which as many 20-fold means are whole numbers as in the study."""
    noise = rng.standard_normal((20, len(means)))
    grid = np.arange(0.05, 1.55, 0.05)
    gaps = [abs((np.clip(np.rint(means + sd * noise), 1, highest).mean(0) % 1 == 0).mean() - whole_share) for sd in grid]
    return max(LEAST_ITERATION_SD, grid[int(np.argmin(gaps))])


def leanings(survey, cells, shares, refusal, origin, rng):
    """Regression of each condition's means on the two nations' means, and how the rest divides."""
    items, highest = SURVEYS[survey], 5 if survey == "MFQ2" else 10
    human = [np.array([shares[survey, n, i] @ np.arange(1, highest + 1) for i in items]) for n in NATIONS]
    design = np.column_stack([np.ones(len(items)), *human])
    fitted = {(m, c): np.linalg.lstsq(design, v, rcond=None)[0] for m, by in cells.items() for c, v in by.items()}
    rest = {key: cells[key[0]][key[1]] - design @ beta for key, beta in fitted.items()}
    common = {lang: np.mean([r for (_, c), r in rest.items() if c[0] == lang], axis=0) for lang in LANGUAGES}
    conditions, spread = [], []
    for model in origin:
        own = {c: rest[model, c] - common[c[0]] for c in cells.get(model, {})}
        if own:
            centre = np.mean(list(own.values()), axis=0)
            within = np.sqrt(np.mean([(r - centre) ** 2 for r in own.values()]) * len(own) / max(1, len(own) - 1))
            between = np.sqrt(max(0.01, np.mean(centre**2) - within**2 / len(own)))
            means = np.concatenate([cells[model][c] for c in own])
            smooth = np.concatenate([design @ fitted[model, c] + rest[model, c] for c in own])
            jitter = iteration_sd(smooth + rng.uniform(-0.3, 0.3, len(smooth)), (means % 1 == 0).mean(), highest, rng)
            spread.append((survey, model, between, within, jitter))
        for c in ((a, b) for a in LANGUAGES for b in PERSONAS):
            donors = [model] if (model, c) in fitted else [m for m in origin if origin[m] == origin[model] and (m, c) in fitted]
            beta = np.mean([fitted[m, c] for m in donors], axis=0)
            rate = np.mean([refusal.get((survey, m, *c), UNKNOWN_REFUSAL) for m in donors])
            conditions.append((survey, model, *c, *map(short, (*beta, rate))))
    for model in (m for m in origin if m not in cells):
        typical = np.mean([row[2:] for row in spread if origin[row[1]] == origin[model]], axis=0)
        spread.append((survey, model, *typical))
    rows = [(*row[:2], *map(short, row[2:])) for row in sorted(spread, key=lambda row: list(origin).index(row[1]))]
    return conditions, rows, [(survey, lang, i, short(x)) for lang in LANGUAGES for i, x in zip(items, common[lang])]


def main(study, moments, refusals, distributions):
    shares = marginals(moments, distributions)
    write("people_marginals.csv", ["survey", "nation", "item", "answer", "share"],
          [(s, n, i, k + 1, f"{x:.6f}") for s in SURVEYS for n in NATIONS for i in SURVEYS[s] for k, x in enumerate(shares[s, n, i])])
    structures(moments, shares, {row["item"]: row["dimension"] for row in read(moments / "item_moments.csv")})
    registry = [row for row in read(study / "llm_info.csv") if row["group"] == "LLM"]
    halves = [[row["LLM"] for row in registry if row["llm_nation"] == nation] for nation in NATIONS]
    origin = {m: n for pair in zip(*halves) for m, n in zip(pair, NATIONS)}
    cells, refusal, rng = model_cells(study), refusal_rates(refusals), np.random.default_rng(1)
    parts = [leanings(survey, cells[survey], shares, refusal, origin, rng) for survey in SURVEYS]
    write("model_conditions.csv", ["survey", "model", "language", "persona", "level", "lean_China", "lean_USA", "refusal_rate"],
          [row for part in parts for row in part[0]])
    write("model_spread.csv", ["survey", "model", "deviation_sd", "condition_sd", "iteration_sd"], [row for part in parts for row in part[1]])
    write("model_common.csv", ["survey", "language", "item", "deviation"], [row for part in parts for row in part[2]])


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(*map(Path, sys.argv[1:]))
