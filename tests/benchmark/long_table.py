"""A long table for `meridian fit --table`: y = 1 + 0.5 x + person (+ item) + noise, every level of both factors met.

    python3 tests/benchmark/long_table.py ROWS PERSONS ITEMS FILE     # ITEMS 0: one grouping factor"""
import random
import sys


def rows(count, persons, items, draw):
    person_effect = [draw.gauss(0, 0.6) for _ in range(persons)]
    item_effect = [draw.gauss(0, 0.4) for _ in range(items)]
    for row in range(count):
        person = row if row < persons else draw.randrange(persons)
        x = round(draw.gauss(0, 1), 3)
        mean = 1 + 0.5 * x + person_effect[person]
        item = ""
        if items:
            place = row if row < items else draw.randrange(items)
            mean += item_effect[place]
            item = f",i{place}"
        yield f"{mean + draw.gauss(0, 1.2):.5f},{x},p{person}{item}\n"


def main():
    count, persons, items = map(int, sys.argv[1:4])
    with open(sys.argv[4], "w", buffering=1 << 20) as out:
        out.write("y,x,person" + (",item" if items else "") + "\n")
        out.writelines(rows(count, persons, items, random.Random(20261121)))


main()
