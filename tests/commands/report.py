#!/usr/bin/env python3
"""meridian report on a small synthetic run: the page, its figures and tables, made again and compared.

Needs MERIDIAN_EXE. Pictures need gnuplot: passed over, by name, where not installed. The page in a browser: report_in_browser.py."""
import csv
import html.parser
import json
import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

VOID = {"meta", "link", "br", "img", "hr", "input"}


class Page(html.parser.HTMLParser):
    """Elements, ids, references and numbers of a page; fails on elements that do not nest."""

    def __init__(self, text):
        super().__init__()
        self.open, self.ids, self.links, self.names, self.values, self.pictures = [], [], [], [], set(), []
        self.feed(text)
        assert not self.open, f"not closed: {self.open}"

    def handle_starttag(self, name, attributes):
        values = dict(attributes)
        self.names.append(name)
        if "id" in values:
            self.ids.append(values["id"])
        if name == "svg" and "aria-hidden" not in values:
            self.pictures.append(values)
        if name == "td" and "title" in values:
            self.values.add(values["title"])
        self.links += [values[key] for key in ("href", "src", "xlink:href") if key in values]
        if name not in VOID:
            self.open.append(name)

    def handle_startendtag(self, name, attributes):
        self.handle_starttag(name, attributes)
        if name not in VOID:
            self.open.pop()

    def handle_endtag(self, name):
        assert self.open and self.open[-1] == name, f"</{name}> closes {self.open[-1:]}, line {self.getpos()}"
        self.open.pop()


def run(*words, code=0, cwd=None):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, cwd=cwd)
    assert done.returncode == code, f"{words}: exit code {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def slug(words):
    return re.sub("[^a-z0-9]", "-", words.lower())


def contents(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*")
            if path.is_file() and path.suffix in {".html", ".csv", ".gp", ".svg", ".tex", ".md"}}


def check_page(run_folder, drawn):
    page = Page((run_folder / "report/index.html").read_text())
    assert len(page.ids) == len(set(page.ids)), "an id stands twice"
    for link in page.links:
        if link.startswith("#"):
            assert link[1:] in page.ids, f"no place {link}"
        elif not link.startswith("data:"):
            assert (run_folder / "report" / link).exists(), f"no file {link}"
    scripts = sorted((run_folder / "report/figures").glob("*.gp"))
    assert page.names.count("figure") == len(scripts) >= 6
    assert len(page.pictures) == (len(scripts) if drawn else 0)
    for picture in page.pictures:
        assert picture["role"] == "img" and len(picture["aria-label"]) > 20
    assert "script" not in page.names
    return page


class Cells(html.parser.HTMLParser):
    """The rows of the body of a table."""

    def __init__(self, text):
        super().__init__()
        self.rows, self.within = [], False
        self.feed(text)

    def handle_starttag(self, name, attributes):
        if name == "tbody":
            self.within = True
        elif self.within and name == "tr":
            self.rows.append([])
        elif self.within and name == "td":
            self.rows[-1].append("")

    def handle_data(self, data):
        if self.within and self.rows and self.rows[-1]:
            self.rows[-1][-1] += data.strip("\n")

    def handle_endtag(self, name):
        self.within = self.within and name != "tbody"


def agrees(shown, stored):
    """Whether a number in APA style is `stored`, rounded to the digits shown."""
    if shown in ("< .001", "> .999"):
        return float(stored) < 0.001 if shown[0] == "<" else float(stored) > 0.999
    digits = shown.replace("\u2212", "-").replace("\u202f", "")
    if shown in ("undefined", "\u221e", "\u2212\u221e"):
        return stored.lower().lstrip("+-") in ("nan", "inf", "infinity")
    mantissa, exponent = (digits.split("e") + ["0"])[:2]
    decimals = len(mantissa.partition(".")[2]) - int(exponent)
    return abs(float(digits) - float(stored)) <= 0.500001 * 10.0 ** -decimals + 1e-12


def check_digits(run_folder, page):
    """Every number of the stored coefficients stands in the page with all its digits; every table for a manuscript holds every row and
    number of its file, rounded."""
    with open(run_folder / "models/rq1/coefficients.csv") as file:
        for row in csv.DictReader(file):
            for name in ("estimate", "std_error", "p_value"):
                assert row[name] in page.values, f"{row['term']} {name} {row[name]} is not in the page"
    checked = 0
    for section in json.loads((run_folder / "findings.json").read_text())["sections"]:
        for name in section["tables"]:
            fragment = run_folder / "report/tables" / (slug(f"{section['id']}-{name}") + ".html")
            if not fragment.exists():
                continue
            with open(run_folder / section["folder"] / (name + ".csv")) as file:
                stored = list(csv.reader(file))
            used = [at for at in range(len(stored[0])) if any(row[at] for row in stored[1:])]
            rows = Cells(fragment.read_text()).rows
            assert len(rows) == len(stored) - 1, fragment
            latex = fragment.with_suffix(".tex").read_text()
            for shown, row in zip(rows, stored[1:]):
                assert len(shown) == len(used), (fragment, shown)
                for words, value in zip(shown, (row[at] for at in used)):
                    if words != value:
                        assert agrees(words, value), f"{fragment}: {words} is not {value}"
                        checked += 1
                    if re.fullmatch(r"\.[0-9]{3}|[0-9.]+", words):
                        assert words in latex, (fragment, words)
    assert checked > 500, checked


def check_remake(meridian, run_folder):
    before = contents(run_folder / "report")
    shutil.rmtree(run_folder / "report")
    run(meridian, "report", "--run", run_folder, "--format", "html,latex,markdown")
    after = contents(run_folder / "report")
    assert before.keys() == after.keys(), before.keys() ^ after.keys()
    changed = [name for name in before if before[name] != after[name]]
    assert not changed, f"made again, these differ: {changed}"


def check_compare(meridian, run_folder, scratch):
    other = scratch / "other"
    shutil.copytree(run_folder, other)
    assert ": 0 differ" in run(meridian, "report", "--compare", run_folder, other)
    file = other / "models/rq1/coefficients.json"
    text = file.read_text()
    first = re.search(r'"\(Intercept\)", (-?[0-9.e-]+)', text).group(1)
    file.write_text(text.replace(first, repr(float(first) * (1 + 1e-6)), 1))
    told = run(meridian, "report", "--compare", run_folder, other, code=3)
    assert "models/rq1/coefficients, (Intercept), estimate" in told and "relative change 1e-06" in told, told
    run(meridian, "report", "--compare", run_folder, other, "--threshold", "1e-5")
    run(meridian, "report", "--compare", run_folder, other, "--threshold", "-1", code=2)
    file.write_text(text.replace(first, '"NaN"', 1))
    run(meridian, "report", "--compare", run_folder, other, "--threshold", "1e9", code=3)
    run(meridian, "report", "--compare", run_folder, code=2)
    run(meridian, "report", "--run", scratch, "--format", "gif", code=2)
    run(meridian, "report", "--run", scratch / "nothing", code=2)


def check_manuscript(meridian, run_folder):
    """tables.tex compiles and tables.docx holds the numbers, where pdflatex and pandoc are installed."""
    folder = run_folder / "report/tables"
    if shutil.which("pdflatex"):
        run("pdflatex", "-interaction=batchmode", "-halt-on-error", f"-output-directory={folder}", folder / "tables.tex", cwd=folder)
        assert (folder / "tables.pdf").stat().st_size > 10000
    else:
        print("skipped: compiling tables.tex (pdflatex is not installed)")
    if not shutil.which("pandoc"):
        print("skipped: tables.docx (pandoc is not installed)")
        return
    run(meridian, "report", "--run", run_folder, "--format", "markdown,docx")
    with zipfile.ZipFile(folder / "tables.docx") as document:
        text = document.read("word/document.xml").decode()
    sections = re.findall(r"<w:sectPr.*?</w:sectPr>|<w:sectPr ?/>", text)
    assert len(sections) == 1 and 'w:orient="landscape"' in sections[0], f"a page of its own at the end: {sections}"
    assert not list(folder.glob("across*")), "scratch files of pandoc"
    back = run("pandoc", folder / "tables.docx", "--to", "plain", "--columns", "1000")
    with open(run_folder / "models/rq1/coefficients.csv") as file:
        for row in csv.DictReader(file):
            assert row["term"] in back and f"{abs(float(row['estimate'])):.4f}" in back, row["term"]


def main():
    meridian = os.environ["MERIDIAN_EXE"]
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        run_folder = scratch / "run"
        run(meridian, "replicate", "--config", "jobs/mfq2-rq1.ini", "--out", run_folder)
        drawn = shutil.which("gnuplot") is not None
        if not drawn:
            print("skipped: pictures (gnuplot is not installed)")
        check_digits(run_folder, check_page(run_folder, drawn))
        check_remake(meridian, run_folder)
        check_compare(meridian, run_folder, scratch)
        check_manuscript(meridian, run_folder)


main()
