"""The first study from its public files, as a user runs it: every printed number, and the full-precision references.
Needs ../shared (skipped without it; a failure where MERIDIAN_REQUIRE_SHARED is 1)."""
import csv
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile

EXE = os.environ["MERIDIAN_EXE"]
SHARED = pathlib.Path("../shared")
DATA = SHARED / "data" / "china_us_llm_alignment"
TERMS = {"Chinese_ppt": "nation", "Chinese_origin": "origin", "China_origin": "origin", "Chinese_lang": "language",
         "Chinese_persona": "persona"}


def run(*words, expect=0):
    done = subprocess.run([EXE, *map(str, words)], capture_output=True, text=True, timeout=600)
    if done.returncode != expect:
        sys.exit(f"{words}: exit {done.returncode}, expected {expect}\n{done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def rows(path):
    with open(path, encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def our_term(term):
    parts = [TERMS.get(part, part.replace("dimension", "removed", 1)) for part in term.split(":")]
    return ":".join(parts)


def near(found, wanted, relative, what):
    found, wanted = float(found), float(wanted)
    if not math.isclose(found, wanted, rel_tol=relative, abs_tol=1e-300):
        sys.exit(f"{what}: {found!r}, reference {wanted!r}, relative difference {abs(found / wanted - 1):.1e}")


def check_fits(run_folder, oracle, suffix):
    compared = 0
    for meta in rows(oracle / "models_meta.csv"):
        if meta["method"] != "REML":
            continue
        folder = run_folder / "models" / (meta["analysis"].lower() + suffix)
        fit = json.loads((folder / "fit.json").read_text())
        if abs(fit["criterion"] - float(meta["criterion"])) > 1e-6 or not fit["converged"]:
            sys.exit(f"{folder}: criterion {fit['criterion']}, reference {meta['criterion']}")
        near(fit["sigma"], meta["sigma"], 1e-6, f"{folder} sigma")
        ours = {row["term"]: row for row in rows(folder / "coefficients.csv")}
        for row in rows(oracle / "fixed_effects.csv"):
            if (row["analysis"], row["method"]) != (meta["analysis"], "REML"):
                continue
            mine = ours[our_term(row["term"])]
            what = f"{folder} {row['term']}"
            near(mine["estimate"], row["estimate"], 1e-6, what + " estimate")
            near(mine["std_error"], row["std_error"], 1e-6, what + " standard error")
            near(mine["df"], row["df_satterthwaite"], 1e-4, what + " df")
            compared += 1
    print(f"{oracle.name}: {compared} coefficients agree")
    return compared


def check_descriptives(run_folder, oracle, suffix):
    ours = {}
    for analysis in ("rq1", "rq2"):
        for row in rows(run_folder / "tables" / (analysis + suffix) / "by_llm.csv"):
            ours[(analysis.upper(), row["llm_name"], row["nation"], row["language"], row["persona"])] = row
    compared = 0
    for row in rows(oracle / "descriptives.csv"):
        if row["table"] != "by_llm":
            continue
        key = (row["analysis"], row["llm_name"], row["human_nation"], row["language"], row["persona"])
        near(ours[key]["mean"], row["mean"], 1e-9, f"{key} mean")
        near(ours[key]["sd"], row["sd"], 1e-9, f"{key} sd")
        compared += 1
    print(f"{oracle.name}: {compared} means and standard deviations agree")
    return compared


def check_permutations(run_folder):
    """Exact tests on whole models: the published p-values count the cells of one model as independent."""
    def permuted(analysis, test):
        run("permute", "--run", run_folder, "--analysis", analysis, "--test", test)
        return {row["term"]: row for row in rows(run_folder / "resampling" / f"{analysis}-permute-{test}" / "permutation.csv")}

    adequacy = {row["term"]: row for row in rows(run_folder / "models" / "rq2" / "adequacy.csv") if row["group"] == "llm"}
    for test, wanted in (("language", {"language": ("-2.09", "0.051"), "nation:language": ("4.83", "6.7e-05")}),
                         ("persona", {"persona": ("-0.45", "0.68"), "nation:persona": ("7.47", "7.6e-06")})):
        found = permuted("rq2", test)
        for term, (statistic, p) in wanted.items():
            row = found[term]
            if (f"{float(row['statistic']):.2f}", f"{float(row['p_value']):.2g}") != (statistic, p):
                sys.exit(f"RQ2 {term}: T {row['statistic']}, p {row['p_value']}; expected {statistic}, {p}")
            near(row["p_value"], adequacy[term]["sign_flip_p"], 1e-12, f"{term}: all 2^20 sign patterns")
    fitted = {row["term"]: row for row in rows(run_folder / "models" / "rq1" / "coefficients.csv")}
    for term, row in permuted("rq1", "origin").items():
        near(row["estimate"], fitted[term]["estimate"], 1e-6, f"RQ1 {term}: contrast and mixed model")
        if row["permutations"] != "184756":
            sys.exit(f"RQ1 {term}: {row['permutations']} relabellings, not C(20,10)")
    changes = list(permuted("rq3", "max-t").values())
    for effect in ("origin", "nation:origin"):
        family = [row for row in changes if row["family"] == effect]
        if len(family) != 6 or any(float(row["max_t_p"]) < float(row["p_value"]) for row in family):
            sys.exit(f"RQ3 {effect}: {family}")
    print("permutation tests agree with the sign flips of the adequacy table and with the mixed model")


def check_wvs(scratch):
    """The WVS half: real model answers, synthetic people."""
    run("simulate", "--out", scratch / "people", "--surveys", "wvs", "--parts", "people")
    people = scratch / "people" / "Data" / "WVS" / "human_wvs_responses.csv"
    run("replicate", "--config", "jobs/wvs.ini", "--data", DATA, "--out", scratch / "wvs", "--set", f"people.file={people}")
    fit = json.loads((scratch / "wvs" / "models" / "rq1" / "fit.json").read_text())
    if fit["nobs"] != 72310 or fit["groups"] != {"participant": 5165, "llm": 14}:
        sys.exit(f"WVS RQ1: {fit['nobs']} rows, {fit['groups']}")
    if not json.loads((scratch / "wvs" / "run.json").read_text())["synthetic"]:
        sys.exit("a run on synthetic people must say so")
    run("verify", "--run", scratch / "wvs", "--published", "data/published", expect=2)
    for analysis, models in (("rq1", 14), ("rq2", 17), ("rq3", 14)):
        groups = json.loads((scratch / "wvs" / "models" / analysis / "fit.json").read_text())["groups"]
        if groups["llm"] != models:
            sys.exit(f"WVS {analysis}: {groups['llm']} models, expected {models}")
    print("WVS: real model answers with synthetic people")


def main(scratch):
    run("replicate", "--config", "jobs/mfq2.ini", "--data", DATA, "--out", scratch / "mfq2")
    verdict = run("verify", "--run", scratch / "mfq2", "--published", "data/published").strip().splitlines()[-1]
    print(verdict)
    if verdict != "matched 1410 of 1449 printed numbers, 39 known differences":
        sys.exit("not every printed number is there")
    compared = 0
    for oracle, suffix in (("mfq2", ""), ("mfq2_restored", "-restored")):
        compared += check_fits(scratch / "mfq2", SHARED / "oracle" / oracle, suffix)
        compared += check_descriptives(scratch / "mfq2", SHARED / "oracle" / oracle, suffix)
    if compared < 300:
        sys.exit(f"only {compared} comparisons were made")
    check_permutations(scratch / "mfq2")
    coefficients = scratch / "mfq2" / "models" / "rq1" / "coefficients.csv"
    coefficients.write_text(coefficients.read_text().replace("nation,-0.178", "nation,-0.188", 1))
    run("verify", "--run", scratch / "mfq2", "--published", "data/published", expect=3)
    check_wvs(scratch)


if not (SHARED / "oracle").is_dir():
    print("skipped: ../shared is absent")
    sys.exit(1 if os.environ.get("MERIDIAN_REQUIRE_SHARED") == "1" else 77)
with tempfile.TemporaryDirectory(prefix="meridian-") as name:
    main(pathlib.Path(name))
