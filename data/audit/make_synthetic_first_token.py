#!/usr/bin/env python3
"""Writes the synthetic tables of jobs/audit-first-token.ini: people's distributions and two models' logits with a known truth.

No country's people and no model gave any of these numbers; names of countries and question numbers only meet the splits of data/audit/splits_cao.csv.
Truth: people's log-shares are question + country x position; a model sees them through logits = (log-shares - letter bias)/factor + noise.
Model "attentive" knows the countries, "deaf" only the questions; both want the factor and bias below from a calibrator.
"""
import csv
import math
import pathlib
import random

HERE = pathlib.Path(__file__).resolve().parent
COUNTRIES = ["Egypt", "Kenya", "Tunisia", "Malaysia", "Greece", "Peru", "Mexico", "China", "United States", "Germany", "Japan", "Brazil", "Turkey", "Canada"]
QUESTIONS = [*range(1, 13), *range(164, 168), *range(199, 207)]
MODELS = {"attentive": (0.5, 1.0), "deaf": (0.4, 0.0)}  # factor of the logits that brings them back, share of the country's part that is seen
BIAS = {4: [0.6, 0.1, -0.2, -0.5], 5: [-0.4, 0.0, 0.1, 0.0, 0.3]}


def softmax(values):
    powers = [math.exp(value - max(values)) for value in values]
    return [power / sum(powers) for power in powers]


def main():
    draw = random.Random(20251117)
    country_slopes = {country: draw.gauss(0, 1.2) for country in COUNTRIES}
    with open(HERE / "first_token_people.csv", "w", newline="") as people_file, open(HERE / "first_token_scores.csv", "w", newline="") as score_file:
        people, scores = csv.writer(people_file, lineterminator="\n"), csv.writer(score_file, lineterminator="\n")
        people.writerow(["question", "country", "option", "share"])
        scores.writerow(["model", "country", "question", "option", "value"])
        for question in QUESTIONS:
            options = 4 if question % 2 else 5
            base = [draw.gauss(0, 0.8) for _ in range(options)]
            for country in COUNTRIES:
                slope = country_slopes[country] * draw.uniform(0.4, 1)
                position = [k / (options - 1) - 0.5 for k in range(options)]
                for letter, share in zip("ABCDE", softmax([b + slope * x for b, x in zip(base, position)])):
                    people.writerow([question, country, letter, f"{100 * share:.3f}"])
                for model, (factor, seen) in MODELS.items():
                    for k in range(options):
                        logit = (base[k] + seen * slope * position[k] - BIAS[options][k]) / factor + draw.gauss(0, 0.3)
                        scores.writerow([model, country, question, "ABCDE"[k], f"{logit:.4f}"])


if __name__ == "__main__":
    main()
