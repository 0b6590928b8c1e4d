#!/usr/bin/env python3
"""meridian report on a small synthetic run: the page, its figures and tables, made again and compared.

Needs MERIDIAN_EXE. Pictures need gnuplot: passed over, by name, where not installed. The page in a browser: report_in_browser.py."""
import csv
import html.parser
import os
import re
import shutil
import subprocess
import tempfile
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


def check_digits(run_folder, page):
    """Every number of the stored coefficients stands in the page with all its digits, and rounded in LaTeX."""
    with open(run_folder / "models/rq1/coefficients.csv") as file:
        rows = list(csv.DictReader(file))
    latex = (run_folder / "report/tables/rq1-model-coefficients.tex").read_text()
    for row in rows:
        for name in ("estimate", "std_error", "p_value"):
            assert row[name] in page.values, f"{row['term']} {name} {row[name]} is not in the page"
        shown = re.search(re.escape(row["term"]) + r" & (\$-\$)?([0-9.]+) &", latex)
        decimals = len(shown.group(2).split(".")[1])
        assert abs(abs(float(row["estimate"])) - float(shown.group(2))) <= 0.5000001 * 10 ** -decimals


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
