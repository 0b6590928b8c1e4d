"""The synthetic tables of data/audit/make_synthetic.py in any size, and the job of their layers."""
import pathlib
import sys

from command_test import run


def layers(text, *names):
    """[audit] of a job, and those of its layers."""
    first, *others = text.split("\n[layer ")
    return "\n[layer ".join([first, *(layer for layer in others if layer.partition("]")[0] in names)])


def synthetic_study(folder, size):
    """Writes folder/data with `size` dilemmas of each kind and folder/job.ini, whose path is returned."""
    run([sys.executable, "data/audit/make_synthetic.py", folder / "data", "--dilemmas", size, "--steps", size])
    text = layers(pathlib.Path("jobs/audit.ini").read_text(), "dilemmas", "steps")
    job = folder / "job.ini"
    job.write_text(text.replace("data/audit/", "").replace("published.csv", "data/audit/published.csv"))
    return job
