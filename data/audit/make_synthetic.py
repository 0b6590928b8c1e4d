#!/usr/bin/env python3
"""Writes the synthetic tables of jobs/audit.ini beside this file: no model's answers. The truth behind them is in MODELS.

usage: make_synthetic.py [FOLDER] [--dilemmas N] [--steps N] [--repeats N]
  (defaults: this folder, 10 dilemmas per pair of values, 30 dilemmas in steps, every question asked once)
"""
import argparse
import csv
import itertools
import math
import pathlib
import random

PAIRS = [("truth", "loyalty"), ("individual", "community"), ("short-term", "long-term"), ("justice", "mercy")]
TEMPLATES = [("direct", False), ("direct-reverse", True), ("compare", False), ("compare-reverse", True)]
# name, origin, family, training, parameters in 10^9, released; probability of the first value of each pair; of taking
# the action listed first whatever it is; of another choice when consequences speak against it; of obeying a guideline;
# of an invalid answer, of a refusal
MODELS = [
    ("aurora-base", "West", "aurora", "base", 8, 2023.2, (.70, .40, .30, .55), .25, .45, .60, .06, .00),
    ("aurora-chat", "West", "aurora", "instruct", 8, 2023.6, (.85, .30, .22, .50), .10, .35, .80, .01, .02),
    ("borealis-base", "West", "borealis", "base", 70, 2024.0, (.80, .35, .25, .52), .15, .40, .70, .04, .00),
    ("borealis-chat", "West", "borealis", "instruct", 70, 2024.4, (.92, .25, .15, .48), .05, .25, .88, .01, .03),
    ("cathay-base", "China", "cathay", "base", 14, 2023.5, (.68, .28, .26, .58), .22, .48, .62, .05, .00),
    ("cathay-chat", "China", "cathay", "instruct", 14, 2024.1, (.84, .20, .18, .54), .09, .38, .82, .01, .04),
    ("dragon-base", "China", "dragon", "base", 72, 2024.3, (.78, .24, .21, .56), .14, .42, .72, .03, .00),
    ("dragon-chat", "China", "dragon", "instruct", 72, 2024.8, (.91, .16, .12, .50), .05, .28, .90, .01, .05),
]
# Strength of the values of the dilemmas in steps, and what each step adds to it; a choice follows Bradley-Terry with
# these strengths times the model's decisiveness.
VALUES = {"care": (.9, .00), "fairness": (.5, .05), "sanctity": (.0, .00), "authority": (-.2, -.08), "liberty": (-.4, .03), "loyalty": (-.8, .00)}
DECISIVENESS = [.6, 1., .8, 1.2, .7, 1.1, .9, 1.3]  # of MODELS
STEPS = 5


def write(path, header, rows):
    with path.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def dilemmas(per_pair):
    """id, pair, value of action 1, value of action 2; every second dilemma has the pair's first value as action 2."""
    for first, second in PAIRS:
        for k in range(per_pair):
            values = (first, second) if k % 2 == 0 else (second, first)
            yield f"{first}-{second}-{k + 1:04d}", f"{first}-{second}", *values


def shown(draw, model, preferred, reverse):
    """What the model says: its preferred action, unless it takes what is listed first, or says nothing usable."""
    position, _, _, invalid, refusal = model[7:]
    if draw.random() < invalid:
        return "invalid"
    if draw.random() < refusal:
        return "refused"
    listed_first = "2" if reverse else "1"
    return listed_first if draw.random() < position else preferred


def answers(corpus, repeats, draw):
    for model in MODELS:
        name, flip, obey = model[0], model[8], model[9]
        for dilemma, pair, value1, _ in corpus:
            index = [f"{a}-{b}" for a, b in PAIRS].index(pair)
            wants_first = draw.random() < model[6][index]
            preferred = "1" if wants_first == (value1 == PAIRS[index][0]) else "2"
            changed = preferred if draw.random() >= flip else "12".replace(preferred, "")
            for _ in range(repeats):
                for template, reverse in TEMPLATES:
                    yield name, dilemma, template, shown(draw, model, preferred, reverse), "no", ""
                yield name, dilemma, "direct", shown(draw, model, changed, False), "yes", ""
                for value in PAIRS[index]:
                    asked = "1" if value1 == value else "2"
                    given = asked if draw.random() < obey else "12".replace(asked, "")
                    yield name, dilemma, "direct", given, "no", value


def step_labels(count):
    """dilemma, step, values of choices A and B: every step meets every pair of values, either one as choice A."""
    pairs = [pair[::turn] for turn in (1, -1) for pair in itertools.combinations(VALUES, 2)]
    for k in range(count):
        for step in range(1, STEPS + 1):
            yield f"d{k + 1:04d}", step, *pairs[(k + 4 * (step - 1)) % len(pairs)]


def step_answers(labels, repeats, draw):
    for model, decisiveness in zip(MODELS, DECISIVENESS):
        for dilemma, step, a, b in labels:
            strength = {value: base + (step - 1) * drift for value, (base, drift) in VALUES.items()}
            chance_a = 1 / (1 + math.exp(-decisiveness * (strength[a] - strength[b])))
            for _ in range(repeats):
                choice = "A" if draw.random() < chance_a else "B"
                yield model[0], dilemma, step, "invalid" if draw.random() < model[10] else choice


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=pathlib.Path, default=pathlib.Path(__file__).parent)
    parser.add_argument("--dilemmas", type=int, default=10)
    parser.add_argument("--steps", type=int, default=30)
    parser.add_argument("--repeats", type=int, default=1)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    draw = random.Random("meridian audit, synthetic answers")
    corpus = list(dilemmas(given.dilemmas))
    write(given.folder / "models.csv", ["name", "origin", "family", "training", "parameters", "released"], [model[:6] for model in MODELS])
    write(given.folder / "dilemmas.csv", ["dilemma", "pair", "value_1", "value_2"], corpus)
    write(given.folder / "dilemma_answers.csv", ["model", "dilemma", "template", "choice", "consequence", "guideline"], answers(corpus, given.repeats, draw))
    labels = list(step_labels(given.steps))
    write(given.folder / "step_labels.csv", ["dilemma", "step", "value_a", "value_b"], labels)
    write(given.folder / "step_answers.csv", ["model", "dilemma", "step", "choice"], step_answers(labels, given.repeats, draw))


main()
