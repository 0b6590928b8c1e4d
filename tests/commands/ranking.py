"""meridian rank on synthetic rankings (same digest at every rank count), on broken input, killed and continued, in every format."""
import json

from command_test import files, keyed, main, meridian, near, refused, rows, same_files, write_rows
from running_command import kill_in_the_middle

TABLES = [f"tables/{name}.csv" for name in ("priorities/term_means", "agreement/cohesion", "clusters/nodes", "stability/stability")]


def few(trees=200, stability=99):
    sizes = {"trees": trees, "cohesion": 1500, "permutations": 1500, "stability": stability}
    return [word for name, size in sizes.items() for word in ("--set", f"resampling.{name}={size}")]


def rankings(scratch):
    """The synthetic study's, as it is written beside its run."""
    return rows(scratch / "1/synthetic-study/rankings.csv")


def ranks_by_sample(scratch):
    """Of each model and replicate, the rank of every term."""
    ranks = {}
    for row in rankings(scratch):
        ranks.setdefault((row["model"], row["replicate"]), {})[row["term"]] = int(row["rank"])
    return ranks


def any_ranks(scratch):
    for ranks in (1, 2, 3):
        meridian("rank", "--out", scratch / str(ranks), *few(), ranks=ranks)
        same_files(scratch / "1", scratch / str(ranks), ["digest.txt"])


def what_every_study_has(scratch):
    tables = scratch / "1/tables"
    stability = rows(tables / "stability/stability.csv")
    assert len(stability) == 20, stability
    near(stability[0]["w"], 1, "stability of the most stable", absolute=1e-12)
    assert float(rows(tables / "clusters/nodes.csv")[-1]["support"]) == 1, "the root stands in every tree"
    assert (scratch / "1/report/index.html").exists(), "there is a report"


def what_is_wrong_is_named(scratch):
    lines = (scratch / "1/synthetic-study/rankings.csv").read_text().splitlines()
    broken = scratch / "broken.csv"
    for text, *texts in ((["\n".join(lines).replace(",Logic,", ",Logik,")], "broken.csv:", "Logik", "Logic"),
                         ([lines[0], "Nobody,1,Logic,3"], "Nobody"),
                         ([*lines[:-1], lines[-1].rsplit(",", 1)[0] + ",first"], "first", "a rank")):
        broken.write_text("\n".join(text) + "\n")
        refused(["rank", "--data", broken, "--out", scratch / "b"], *texts)
    refused(["rank", "--out", scratch / "b", "--set", "clusters.linkage=ward"], "euclidean")
    broken.write_text("\n".join(lines[:-1]) + "\n")
    meridian("rank", "--data", broken, "--out", scratch / "b", *few())
    assert "left out: missing term" in (scratch / "b/findings.json").read_text(), "what is incomplete is counted"


def more_replicates_extend_a_finished_run(scratch):
    """They give what one run of that size gives; three more kinds of replicates stay."""
    for folder in ("1", "fresh"):
        meridian("rank", "--out", scratch / folder, *few(stability=199))
    same_files(scratch / "1", scratch / "fresh", ["digest.txt", "tables/stability/stability.csv"])


def killed_and_continued_by_other_ranks(scratch):
    large, killed = few(trees=5000), scratch / "killed"
    meridian("rank", "--out", scratch / "whole", *large)
    trees = len(files(scratch / "whole/resampling/dendrogram", "replicates-*.h5"))
    kill_in_the_middle(["rank", "--out", killed, *large], killed, "resampling/dendrogram/replicates-*.h5", after=1, of=trees)
    assert not (killed / "run.json").exists(), files(killed)
    meridian("rank", "--out", killed, *large, ranks=2)
    tables = [path.relative_to(killed) for path in killed.glob("tables/*/*.csv")]
    same_files(killed, scratch / "whole", ["digest.txt", "digests.txt", "findings.json", *tables])


def other_formats_give_the_same_tables(scratch):
    """A wide table, and answers of the models."""
    terms, ranks = list(keyed(scratch / "1/tables/priorities/term_means.csv", "term")), ranks_by_sample(scratch)
    write_rows(scratch / "wide.csv", ["model", "replicate", *terms], [[*key, *(of[term] for term in terms)] for key, of in ranks.items()])
    write_rows(scratch / "answers.csv", ["model", "replicate", "answer"], [
        [*key, "My ranking:\n" + "\n".join(f"{of[term]}. **{term}** - why" for term in sorted(terms, key=of.get))]
        for key, of in ranks.items()])
    for form in ("wide", "answers"):
        meridian("rank", "--data", scratch / f"{form}.csv", "--out", scratch / form, *few())
        same_files(scratch / "2", scratch / form, TABLES)


def made_up_rankings_stay_marked(scratch):
    meridian("rank", "--data", scratch / "1/synthetic-study/rankings.csv", "--out", scratch / "copied", *few())
    assert json.loads((scratch / "copied/run.json").read_text())["synthetic"] is True
    page = (scratch / "copied/report/index.html").read_text()
    assert "SYNTHETIC" in page and "printed numbers" not in page, "the printed numbers are of another study"
    assert "printed numbers" in (scratch / "1/report/index.html").read_text()


def languages_and_versions(scratch):
    """A model that answers alike in both agrees with itself; d = 13 for twelve terms and -12 for thirteen gives rho -0.5."""
    conditions = scratch / "conditions/tables/conditions"
    lines = []
    for (model, replicate), of in ranks_by_sample(scratch).items():
        for language in ("CN", "EN"):
            turned = model == "Falcon (180B)" and language == "EN"
            lines += [[model, replicate, language, f"v{replicate}", term, (rank + 12) % 25 + 1 if turned else rank]
                      for term, rank in of.items()]
    write_rows(scratch / "conditions.csv", ["model", "replicate", "language", "version", "term", "rank"], lines)
    meridian("rank", "--data", scratch / "conditions.csv", "--out", scratch / "conditions", *few())
    assert len(files(conditions, "*.csv")) == 4, files(conditions)
    rho = keyed(conditions / "language_agreement.csv", "model")
    near(rho["Falcon (180B)"]["rho"], -0.5, "turned by half", absolute=1e-12)
    near(rho["Gemma 3 (27B)"]["rho"], 1, "the same in both", absolute=1e-12)


main(any_ranks, what_every_study_has, what_is_wrong_is_named, more_replicates_extend_a_finished_run, killed_and_continued_by_other_ranks,
     other_formats_give_the_same_tables, made_up_rankings_stay_marked, languages_and_versions)
