"""meridian audit, layer first-token: the truth of the synthetic study comes back, the same digest at every rank count, broken input."""
import csv
import os
import pathlib
import subprocess
import tempfile

EXE = os.environ["MERIDIAN_EXE"]
LAUNCH = os.environ["MERIDIAN_LAUNCH"].split()


def run(words, ranks=1):
    launch = [*LAUNCH, str(ranks)] if ranks > 1 else []
    return subprocess.run([*launch, EXE, *map(str, words)], capture_output=True, text=True, timeout=120)


def rows(folder, name):
    with (folder / "tables/first-token" / f"{name}.csv").open() as file:
        return list(csv.DictReader(file))


def refused(folder, setting, *expected):
    done = run(["audit", "--config", "jobs/audit-first-token.ini", "--out", folder / "refused", "--set", f"layer first-token.{setting}"])
    assert done.returncode == 2, done
    for text in expected:
        assert text in done.stderr, (text, done.stderr)


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    digests = []
    for ranks in (1, 2, 3):
        done = run(["audit", "--config", "jobs/audit-first-token.ini", "--out", folder / str(ranks), "--replicates", 100], ranks)
        assert done.returncode == 0, done.stderr
        digests.append((folder / str(ranks) / "digest.txt").read_text())
    assert len(set(digests)) == 1, digests
    out = folder / "1"
    sim = {(row["model"], row["method"]): float(row["sim_js"]) for row in rows(out, "alignment") if row["cell"] == "mean of test cells"}
    for model in ("attentive", "deaf"):
        assert sim[model, "calibrated"] > sim[model, "zero-shot"] + 0.05, sim
    assert sim["attentive", "calibrated"] > sim["", "question mean"] > sim["", "uniform"], sim
    context = {(row["model"], row["contrast"]): row for row in rows(out, "contrasts") if row["cell"] == "mean of test cells"}
    assert float(context["attentive", "context sensitivity, calibrated"]["conf_low"]) > 0.02, context
    assert abs(float(context["deaf", "context sensitivity, calibrated"]["sim_js"])) < 0.02, context
    side = {(row["model"], row["method"]): row for row in rows(out, "side_by_side")}
    assert abs(float(side["attentive", "calibrated"]["sim_js mean of test cells"]) - sim["attentive", "calibrated"]) < 1e-12
    with (out / "tables/governance/governance_summary.csv").open() as file:
        cautions = {row["model"]: row["caution"] for row in csv.DictReader(file) if row["metric"].startswith("context sensitivity") and row["metric"].endswith("calibrated")}
    assert "no sign" in cautions["deaf"] and not cautions["attentive"], cautions
    terms = {(row["model"], row["term"], row["level"]): float(row["estimate"]) for row in rows(out, "calibrators")}
    assert abs(terms["attentive", "inverse temperature", "all"] + terms["attentive", "inverse temperature", "4 options"] - 0.5) < 0.1, terms
    for level, bias in zip("1234", (0.6, 0.1, -0.2, -0.5)):
        assert abs(terms["attentive", "letter bias", f"4 options, {level}"] - bias) < 0.2, terms
    assert terms["attentive", "country", "Egypt"] == 0

    (folder / "no-test.csv").write_text("group,part,member\nC1,country,*\nC2,country,Atlantis\nQ1,question,1-300\nC1-Q1,cell,train\nC2-Q1,cell,test\n")
    done = run(["audit", "--config", "jobs/audit-first-token.ini", "--out", folder / "no-test", "--replicates", 10, "--set", f"layer first-token.splits={folder / 'no-test.csv'}"])
    told = (folder / "no-test/findings.json").read_text()
    assert done.returncode == 0 and "do not have: 'Atlantis'" in told and "role test" in told, done
    assert not rows(folder / "no-test", "../governance/governance_summary")

    broken = folder / "scores.csv"
    broken.write_text("model,country,question,option,value\nm,Atlantis,1,A,0\n")
    refused(folder, f"scores={broken}", "names of countries")
    refused(folder, "ridges=0", "ridges", "above 0")
    refused(folder, "records=data/audit/models.csv", "both")
    splits = folder / "splits.csv"
    splits.write_text("group,part,member\nC1,country,*\nQ1,question,1-20\nC1-Q2,cell,train\n")
    refused(folder, f"splits={splits}", "splits.csv", "C1-Q2")
    splits.write_text("group,part,member\nC1,country,*\nQ1,question,500-600\nC1-Q1,cell,train\n")
    refused(folder, f"splits={splits}", "training cells")
