"""Tables that Python here and R in tests/oracle/make_generated_reference.R make alike, to the last bit, from a seed: Lehmer's
generator (Park & Miller 1988 with the multiplier 48271 of Park, Miller & Stockmeyer 1993), whose products are exact in
doubles, and sums and products of doubles in one order."""


class Lehmer:
    def __init__(self, seed):
        self.state = seed

    def uniform(self):
        self.state = 48271 * self.state % 2147483647
        return self.state / 2147483647

    def bell(self):
        """Symmetric, variance 1."""
        return (self.uniform() + self.uniform() + self.uniform() - 1.5) * 2

    def bells(self, count, scale):
        return [scale * self.bell() for _ in range(count)]

    def below(self, count):
        return int(count * self.uniform())


def crossed():
    """15 000 rows of 2 500 people x 1 200 items; popular items are met more often."""
    draw = Lehmer(20261121)
    person, item = draw.bells(2500, 0.7), draw.bells(1200, 0.5)
    table = {"y": [], "x": [], "person": [], "item": []}
    for row in range(15000):
        p = row if row < 2500 else draw.below(2500)
        i = row if row < 1200 else int(1200 * draw.uniform() * draw.uniform())
        x = draw.bell()
        table["y"].append(1 + 0.5 * x + person[p] + item[i] + 1.1 * draw.bell())
        table["x"].append(x)
        table["person"].append(f"p{p}")
        table["item"].append(f"i{i}")
    return table


def pupils():
    """1 600 pupils tested twice, in 400 classes in 40 schools, by 7 raters; x is known of every test."""
    draw = Lehmer(19931209)
    pupil, group, school, rater = (draw.bells(count, scale) for count, scale in ((1600, 0.8), (400, 0.5), (40, 0.6), (7, 0.3)))
    table = {"y": [], "x": [], "pupil": [], "class": [], "school": [], "rater": []}
    for row in range(3200):
        p, r, x = row // 2, draw.below(7), draw.bell()
        c = p % 400
        s = c // 10
        table["y"].append(2 - 0.4 * x + pupil[p] + group[c] + school[s] + rater[r] + 0.9 * draw.bell())
        for name, value in (("x", x), ("pupil", f"p{p}"), ("class", f"c{c}"), ("school", f"s{s}"), ("rater", f"r{r}")):
            table[name].append(value)
    return table


def visits():
    """600 rows of 40 people x 14 places, unbalanced. y has every effect; flat has people whose slopes are their intercepts
    times -0.5 and places that do not differ; precise has variance 1 / weight."""
    draw = Lehmer(48271)
    effects = {name: draw.bells(count, scale) for name, count, scale in
               (("a", 40, 0.9), ("ax", 40, 0.6), ("aw", 40, 0.4), ("b", 14, 0.7), ("bw", 14, 0.5))}
    table = {name: [] for name in ("y", "flat", "precise", "x", "w", "weight", "person", "place")}
    for row in range(600):
        p = row if row < 40 else draw.below(40)
        b = row if row < 14 else draw.below(14)
        x, w, weight = draw.bell(), draw.bell(), 0.2 + 3 * draw.uniform()
        a = effects["a"][p]
        noise = draw.bell()
        table["y"].append(3 + 0.5 * x - 0.3 * w + a + effects["ax"][p] * x + effects["aw"][p] * w + effects["b"][b]
                          + effects["bw"][b] * w + 0.8 * noise)
        table["flat"].append(1 + 0.5 * x + a + -0.5 * a * x + 0.8 * noise)
        table["precise"].append(2 + 0.2 * x + a + noise / weight ** 0.5)
        for name, value in (("x", x), ("w", w), ("weight", weight), ("person", f"p{p}"), ("place", f"b{b}")):
            table[name].append(value)
    return table


TABLES = {"crossed": crossed, "pupils": pupils, "visits": visits}


def write(table, file):
    names = list(table)
    lines = [",".join(names)] + [",".join(map(str, row)) for row in zip(*table.values())]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
