#!/usr/bin/env python3
"""Writes the synthetic opinions of jobs/audit.ini beside this file: no person's and no model's answers. Models answer as people of one
country do, instruct models more closely; how far they follow the country that is asked for stands in ADAPTS. The models are those of
models.csv.

usage: make_opinions.py [FOLDER]     (default: this folder)
"""
import csv
import pathlib
import random
import sys
from collections import Counter

TYPES = ("EVI", "IDV", "IVR", "LTO", "MAS", "PDI", "TDI", "UAI", "USI")
COUNTRIES = {"West": "US", "China": "CN"}
GROUPS = [(sex, age) for sex in ("men", "women") for age in ("<=29", "30-49", ">=50")]
ASPECTS = ("IU", "QC", "RP", "CV", "FF", "IR")
CLOSE = {"base": 0.55, "instruct": 0.85}
ADAPTS = {"base": 0.2, "instruct": 0.6}
REFUSES = {"base": 0.002, "instruct": 0.02}
RUNS, PEOPLE_PER_GROUP, RESPONDENTS, PREDICTED = 20, 25, 24, 12


def write(path, header, rows):
    with path.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def models():
    """name, origin, training"""
    with (pathlib.Path(__file__).parent / "models.csv").open() as file:
        return [(row["name"], row["origin"], row["training"]) for row in csv.DictReader(file)]


def questions():
    return [(f"{kind}{k}", kind) for kind in TYPES for k in (1, 2, 3)]


def centre(question, country, number):
    """Where a country's answers on the scale 1 .. 4 lie; the countries differ in every second type."""
    return 1.6 + (number * 7 % 9) / 6 + (0.8 if country == "CN" and TYPES.index(question[:3]) % 2 == 0 else 0)


def answer(draw, middle):
    return min(4, max(1, round(draw.gauss(middle, 0.8))))


def people(draw):
    """Counts by country, question, answer, sex and age; older people answer a little higher."""
    for country in COUNTRIES.values():
        for number, (question, _) in enumerate(questions()):
            for sex, age in GROUPS:
                shift = 0.2 * (age == ">=50") - 0.1 * (sex == "men")
                given = Counter(answer(draw, centre(question, country, number) + shift) for _ in range(PEOPLE_PER_GROUP))
                for code in sorted(given):
                    yield country, question, code, given[code], sex, age


def model_answers(draw):
    for name, origin, training in models():
        for country in COUNTRIES.values():
            for number, (question, _) in enumerate(questions()):
                texts = Counter()
                for _ in range(RUNS):
                    like = country if draw.random() < ADAPTS[training] else COUNTRIES[origin]
                    close = draw.random() < CLOSE[training]
                    code = answer(draw, centre(question, like, number)) if close else draw.randint(1, 4)
                    texts["refused" if draw.random() < REFUSES[training] else code] += 1
                for code in sorted(texts, key=str):
                    yield name, country, question, code, texts[code], f"My answer is {code}."


def verdicts(draw):
    for name, _, training in models():
        for country in COUNTRIES.values():
            for aspect in ASPECTS:
                for _ in range(15):
                    yield name, country, aspect, "No" if draw.random() < (0.25 if training == "base" else 0.1) else "Yes"


def respondents(draw):
    for person in range(RESPONDENTS):
        country = ("US", "CN")[person % 2]
        for number, (question, _) in enumerate(questions()[:: len(questions()) // PREDICTED][:PREDICTED]):
            yield f"r{person + 1:02d}", country, question, answer(draw, centre(question, country, number))


def predictions(draw, answers):
    for name, origin, training in models():
        for person, country, question, code in answers:
            hit = draw.random() < 0.5 * CLOSE[training] + 0.1 * (COUNTRIES[origin] == country)
            told = code if hit else draw.randint(1, 4)
            yield name, person, country, question, "none" if draw.random() < REFUSES[training] else told


def main():
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).parent
    draw = random.Random(3)
    write(folder / "opinion_types.csv", ["question", "type"], questions())
    write(folder / "opinion_people.csv", ["country", "question", "answer", "count", "sex", "age"], people(draw))
    write(folder / "opinion_answers.csv", ["model", "country", "question", "answer", "count", "text"], model_answers(draw))
    write(folder / "opinion_verdicts.csv", ["model", "country", "aspect", "verdict"], verdicts(draw))
    answers = list(respondents(draw))
    write(folder / "respondents.csv", ["respondent", "country", "question", "answer"], answers)
    write(folder / "predictions.csv", ["model", "respondent", "country", "question", "answer"], predictions(draw, answers))


if __name__ == "__main__":
    main()
