"""meridian audit, layer first-token: the truth of the synthetic study comes back, the same digest at every rank count, broken input."""
import command_test
from command_test import keyed, main, meridian, near, rows, same_files

JOB = ("audit", "--config", "jobs/audit-first-token.ini")
GOVERNANCE = "tables/governance/governance_summary.csv"


def any_ranks(scratch):
    for ranks in (1, 2, 3):
        meridian(*JOB, "--out", scratch / str(ranks), "--replicates", 100, ranks=ranks)
        same_files(scratch / "1", scratch / str(ranks), ["digest.txt"])


def the_truth_comes_back(scratch):
    out = scratch / "1"
    tables = out / "tables/first-token"
    sim = {key: float(row["sim_js"]) for key, row in keyed(tables / "alignment.csv", "model", "method", cell="mean of test cells").items()}
    for model in ("attentive", "deaf"):
        assert sim[model, "calibrated"] > sim[model, "zero-shot"] + 0.05, sim
    assert sim["attentive", "calibrated"] > sim["", "question mean"] > sim["", "uniform"], sim
    context = keyed(tables / "contrasts.csv", "model", contrast="context sensitivity, calibrated", cell="mean of test cells")
    assert float(context["attentive"]["conf_low"]) > 0.02, context
    assert abs(float(context["deaf"]["sim_js"])) < 0.02, context
    side = keyed(tables / "side_by_side.csv", "model", "method")["attentive", "calibrated"]
    near(side["sim_js_mean of test cells"], sim["attentive", "calibrated"], "side by side", absolute=1e-12)
    cautions = {row["model"]: row["caution"] for row in rows(out / GOVERNANCE)
                if row["metric"].startswith("context sensitivity") and row["metric"].endswith("calibrated")}
    assert "no sign" in cautions["deaf"] and not cautions["attentive"], cautions


def the_calibrators_terms(scratch):
    terms = {key: float(row["estimate"]) for key, row in
             keyed(scratch / "1/tables/first-token/calibrators.csv", "term", "level", model="attentive").items()}
    near(terms["inverse temperature", "all"] + terms["inverse temperature", "4 options"], 0.5, "inverse temperature", absolute=0.1)
    for level, bias in zip("1234", (0.6, 0.1, -0.2, -0.5)):
        near(terms["letter bias", f"4 options, {level}"], bias, f"bias of letter {level}", absolute=0.2)
    assert terms["country", "Egypt"] == 0, terms


def splits_without_a_test(scratch):
    splits = scratch / "no-test.csv"
    splits.write_text("group,part,member\nC1,country,*\nC2,country,Atlantis\nQ1,question,1-300\nC1-Q1,cell,train\nC2-Q1,cell,test\n")
    meridian(*JOB, "--out", scratch / "no-test", "--replicates", 10, "--set", f"layer first-token.splits={splits}")
    told = (scratch / "no-test/findings.json").read_text()
    assert "do not have: 'Atlantis'" in told and "role test" in told, told
    assert not rows(scratch / "no-test" / GOVERNANCE), "nothing is known of untested cells"


def what_is_wrong_is_named(scratch):
    def refused(setting, *texts):
        command_test.refused([*JOB, "--out", scratch / "refused", "--set", f"layer first-token.{setting}"], *texts)

    broken, splits = scratch / "scores.csv", scratch / "splits.csv"
    broken.write_text("model,country,question,option,value\nm,Atlantis,1,A,0\n")
    refused(f"scores={broken}", "names of countries")
    refused("ridges=0", "ridges", "above 0")
    refused("records=data/audit/models.csv", "both")
    splits.write_text("group,part,member\nC1,country,*\nQ1,question,1-20\nC1-Q2,cell,train\n")
    refused(f"splits={splits}", "splits.csv", "C1-Q2")
    splits.write_text("group,part,member\nC1,country,*\nQ1,question,500-600\nC1-Q1,cell,train\n")
    refused(f"splits={splits}", "training cells")


main(any_ranks, the_truth_comes_back, the_calibrators_terms, splits_without_a_test, what_is_wrong_is_named)
