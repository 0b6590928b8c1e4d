"""meridian rank on synthetic rankings (same digest at every rank count), on broken input, killed and continued, in every format."""
import csv
import os
import pathlib
import subprocess
import sys
import tempfile
import time

EXE = os.environ["MERIDIAN_EXE"]
LAUNCH = os.environ["MERIDIAN_LAUNCH"].split()
FEW = ["--set", "resampling.trees=200", "--set", "resampling.cohesion=1500", "--set", "resampling.permutations=1500", "--set", "resampling.stability=99"]


def run(words, ranks=1):
    launch = [*LAUNCH, str(ranks)] if ranks > 1 else []
    return subprocess.run([*launch, EXE, *map(str, words)], capture_output=True, text=True, timeout=120)


def refused(words, *expected):
    done = run(words)
    assert done.returncode == 2, done
    for text in expected:
        assert text in done.stderr, (text, done.stderr)


with tempfile.TemporaryDirectory() as name:
    scratch = pathlib.Path(name)
    digests = []
    for ranks in (1, 2, 3):
        done = run(["rank", "--out", scratch / str(ranks), *FEW], ranks)
        assert done.returncode == 0, done.stderr
        digests.append((scratch / str(ranks) / "digest.txt").read_text())
    assert len(set(digests)) == 1, digests
    tables = scratch / "1" / "tables"
    stability = list(csv.DictReader((tables / "stability/stability.csv").open()))
    assert len(stability) == 20 and abs(float(stability[0]["w"]) - 1) < 1e-12
    assert float(list(csv.DictReader((tables / "clusters/nodes.csv").open()))[-1]["support"]) == 1
    assert (scratch / "1" / "report" / "index.html").exists()

    data = (scratch / "1" / "synthetic-study" / "rankings.csv").read_text().splitlines()
    broken = scratch / "broken.csv"
    broken.write_text("\n".join(data).replace(",Logic,", ",Logik,") + "\n")
    refused(["rank", "--data", broken, "--out", scratch / "b"], "broken.csv:", "Logik", "Logic")
    broken.write_text("\n".join([data[0], "Nobody,1,Logic,3"]) + "\n")
    refused(["rank", "--data", broken, "--out", scratch / "b"], "Nobody")
    broken.write_text("\n".join([*data[:-1], data[-1].rsplit(",", 1)[0] + ",first"]) + "\n")
    refused(["rank", "--data", broken, "--out", scratch / "b"], "first", "a rank")
    refused(["rank", "--out", scratch / "b", "--set", "clusters.linkage=ward"], "euclidean")
    broken.write_text("\n".join(data[:-1]) + "\n")
    done = run(["rank", "--data", broken, "--out", scratch / "b", *FEW])
    assert done.returncode == 0, done.stderr
    assert "left out: missing term" in (scratch / "b" / "findings.json").read_text()

    # More replicates extend a finished run and give what one run of that size gives; 3 more kinds of replicates stay.
    more = [word.replace("stability=99", "stability=199") for word in FEW]
    for folder in ("1", "fresh"):
        assert run(["rank", "--out", scratch / folder, *more]).returncode == 0
    assert (scratch / "1/digest.txt").read_bytes() == (scratch / "fresh/digest.txt").read_bytes()
    assert (scratch / "1/tables/stability/stability.csv").read_bytes() == (scratch / "fresh/tables/stability/stability.csv").read_bytes()

    # Killed in the middle, and continued by another number of ranks: the same bytes.
    large = [word.replace("trees=200", "trees=5000") for word in FEW]
    assert run(["rank", "--out", scratch / "whole", *large]).returncode == 0
    killed = scratch / "killed"
    process = subprocess.Popen([EXE, "rank", "--out", killed, *large], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None and not list(killed.glob("resampling/dendrogram/replicates-*.h5")):
        time.sleep(0.005)
    process.kill()
    process.wait()
    assert not (killed / "run.json").exists(), "the run ended before it could be killed"
    assert run(["rank", "--out", killed, *large], 2).returncode == 0
    for file in ["digest.txt", "digests.txt", "findings.json", *(path.relative_to(killed) for path in killed.glob("tables/*/*.csv"))]:
        assert (killed / file).read_bytes() == (scratch / "whole" / file).read_bytes(), file

    # The same rankings as a wide table and as answers of the models: the same tables.
    terms = [row["term"] for row in csv.DictReader((scratch / "1/tables/priorities/term_means.csv").open())]
    ranks = {}
    for row in csv.DictReader(data):
        ranks.setdefault((row["model"], row["replicate"]), {})[row["term"]] = int(row["rank"])
    with (scratch / "wide.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["model", "replicate", *terms])
        writer.writerows([*key, *(of[term] for term in terms)] for key, of in ranks.items())
    with (scratch / "answers.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["model", "replicate", "answer"])
        for key, of in ranks.items():
            writer.writerow([*key, "My ranking:\n" + "\n".join(f"{of[term]}. **{term}** - why" for term in sorted(terms, key=of.get))])
    for form in ("wide", "answers"):
        done = run(["rank", "--data", scratch / f"{form}.csv", "--out", scratch / form, *FEW])
        assert done.returncode == 0, done.stderr
        for table in ("priorities/term_means", "agreement/cohesion", "clusters/nodes", "stability/stability"):
            other = scratch / "2/tables" / f"{table}.csv"
            assert (scratch / form / "tables" / f"{table}.csv").read_bytes() == other.read_bytes(), (form, table)

    # Languages and versions: a model that answers alike in both agrees with itself; d = 13 for twelve terms and -12 for thirteen gives rho -0.5.
    with (scratch / "conditions.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["model", "replicate", "language", "version", "term", "rank"])
        for (model, replicate), of in ranks.items():
            for language in ("CN", "EN"):
                turned = model == "Falcon (180B)" and language == "EN"
                writer.writerows([model, replicate, language, f"v{replicate}", term, (rank + 12) % 25 + 1 if turned else rank] for term, rank in of.items())
    done = run(["rank", "--data", scratch / "conditions.csv", "--out", scratch / "conditions", *FEW])
    assert done.returncode == 0, done.stderr
    conditions = sorted(path.name for path in (scratch / "conditions/tables/conditions").glob("*.csv"))
    assert len(conditions) == 4, conditions
    rho = {row["model"]: float(row["rho"]) for row in csv.DictReader((scratch / "conditions/tables/conditions/language_agreement.csv").open())}
    assert abs(rho["Falcon (180B)"] + 0.5) < 1e-12 and abs(rho["Gemma 3 (27B)"] - 1) < 1e-12, rho
sys.exit(0)
