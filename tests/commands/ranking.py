"""meridian rank on synthetic rankings (same digest at every rank count), on broken input; meridian compare-groups."""
import csv
import os
import pathlib
import subprocess
import sys
import tempfile

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

    table = scratch / "table.csv"
    first = [1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 1, 1]
    second = [3, 3, 4, 3, 1, 2, 3, 1, 1, 5, 4]
    table.write_text("g,v\n" + "".join(f"a,{v}\n" for v in first) + "".join(f"b,{v}\n" for v in second))
    done = run(["compare-groups", "--table", table, "--value", "v", "--group", "g", "--test", "brunner-munzel", "--out", scratch / "c"])
    assert done.returncode == 0, done.stderr
    found = {row["quantity"]: float(row["value"]) for row in csv.DictReader((scratch / "c" / "compare_groups.csv").open())}
    assert abs(found["p_value"] - 0.00578620866615146) < 1e-12, found
    refused(["compare-groups", "--table", table, "--value", "v", "--group", "g", "--test", "welsh"], "welch")
    refused(["compare-groups", "--table", table, "--value", "v", "--group", "g", "--test", "paired-t"], "--pair")
sys.exit(0)
