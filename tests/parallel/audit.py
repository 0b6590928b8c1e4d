"""meridian audit: the same bytes at 1, 2 and 3 ranks, with rows in several blocks and faults in some of them."""
import os
import pathlib
import shlex
import subprocess
import sys
import tempfile

EXE = os.environ["MERIDIAN_EXE"]
LAUNCH = shlex.split(os.environ["MERIDIAN_LAUNCH"])


def own_layers(text):
    """[audit] and the layers whose tables make_synthetic.py writes."""
    first, *layers = text.split("\n[layer ")
    return "\n[layer ".join([first, *(layer for layer in layers if layer.startswith(("dilemmas]", "steps]")))])


with tempfile.TemporaryDirectory(prefix="meridian-") as name:
    scratch = pathlib.Path(name)
    subprocess.run([sys.executable, "data/audit/make_synthetic.py", scratch / "data", "--dilemmas", "60", "--steps", "60"], check=True)
    answers = scratch / "data/dilemma_answers.csv"
    lines = answers.read_text().splitlines()
    assert len(lines) > 3 * 4096, "one block per rank at least"
    for line in range(5, len(lines), 1000):
        lines[line] += ",surplus"
    answers.write_text("\n".join(lines) + "\n")
    job = scratch / "job.ini"
    job.write_text(own_layers(pathlib.Path("jobs/audit.ini").read_text()).replace("data/audit/", "").replace("published.csv", "data/audit/published.csv"))
    for ranks in (1, 2, 3):
        launch = [*LAUNCH, str(ranks)] if ranks > 1 else []
        done = subprocess.run([*launch, EXE, "audit", "--config", job, "--data", scratch / "data", "--out", scratch / str(ranks), "--replicates", "101"],
                              capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        files = sorted(path.relative_to(scratch / str(ranks)) for path in (scratch / str(ranks) / "tables").rglob("*.*"))
        assert len(files) > 40, files
        for file in [*files, pathlib.Path("digest.txt"), pathlib.Path("findings.json")]:
            assert (scratch / str(ranks) / file).read_bytes() == (scratch / "1" / file).read_bytes(), (ranks, file)
