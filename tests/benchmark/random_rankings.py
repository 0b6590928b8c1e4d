"""Random rankings of any size for the benchmark of `meridian rank`: a wide table and the tables of terms and models.

    python3 tests/benchmark/random_rankings.py FOLDER [MODELS REPLICATES TERMS]      default: 500 50 100
    mpirun -np 2 meridian rank --config FOLDER/rankings.ini --data FOLDER/rankings.csv --out FOLDER/run --threads 1
"""
import csv
import pathlib
import random
import sys

folder = pathlib.Path(sys.argv[1])
models, replicates, terms = map(int, sys.argv[2:5]) if len(sys.argv) > 2 else (500, 50, 100)
folder.mkdir(parents=True, exist_ok=True)
generator = random.Random(1)
names = [f"term {t + 1}" for t in range(terms)]


def write(name, rows):
    with (folder / name).open("w", newline="") as file:
        csv.writer(file).writerows(rows)


def rankings():
    """A model's replicates are its own order with noise, so that trees have something to find."""
    yield ["model", "replicate", *names]
    for model in range(models):
        order = [generator.gauss(0, 1) for _ in names]
        for replicate in range(replicates):
            scores = [value + generator.gauss(0, 1) for value in order]
            ranks = [0] * terms
            for rank, term in enumerate(sorted(range(terms), key=scores.__getitem__)):
                ranks[term] = rank + 1
            yield [f"model {model + 1}", replicate + 1, *ranks]


write("rankings.csv", rankings())
write("terms.csv", [["term", "dimension", "names"], *([name, f"dimension {t * 5 // terms + 1}", ""] for t, name in enumerate(names))])
write("models.csv", [["model", "group"], *([f"model {model + 1}", "AB"[model % 2]] for model in range(models))])
(folder / "rankings.ini").write_text(f"""[study]
title = {models} models x {replicates} replicates x {terms} terms
terms = {folder.resolve()}/terms.csv
models = {folder.resolve()}/models.csv

[resampling]
trees = 10000
cohesion = 1000
permutations = 1000
stability = 0
""")
