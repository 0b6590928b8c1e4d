"""meridian report on a small synthetic run: the page, its figures and tables, made again and compared. Pictures need gnuplot: passed
over, by name, where not installed. The page in a browser: report_in_browser.py."""
import csv
import html.parser
import json
import re
import shutil
import zipfile

from command_test import every, main, meridian, refused, rows, run

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


def slug(words):
    return re.sub("[^a-z0-9]", "-", words.lower())


def contents(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*")
            if path.is_file() and path.suffix in {".html", ".csv", ".gp", ".svg", ".tex", ".md"}}


def whole_page(report, coefficients, figures):
    """At least so many figures, every link leads somewhere, and every coefficient stands there."""
    page = Page((report / "index.html").read_text())
    assert len(page.ids) == len(set(page.ids)), "an id stands twice"
    for link in page.links:
        if link.startswith("#"):
            assert link[1:] in page.ids, f"no place {link}"
        elif not link.startswith("data:"):
            assert (report / link).exists(), f"no file {link}"
    scripts = sorted((report / "figures").glob("*.gp"))
    assert page.names.count("figure") == len(scripts) >= figures, (page.names.count("figure"), scripts)
    assert "script" not in page.names, "the page needs no script"
    for row in rows(coefficients):
        for name in ("estimate", "std_error", "p_value"):
            assert row[name] in page.values, f"{row['term']} {name} {row[name]} is not in the page"
    if not shutil.which("gnuplot"):
        print("skipped: pictures (gnuplot is not installed)")
    assert len(page.pictures) == (len(scripts) if shutil.which("gnuplot") else 0), len(page.pictures)
    for picture in page.pictures:
        assert picture["role"] == "img" and len(picture["aria-label"]) > 20, picture


def the_page_and_its_parts(scratch):
    meridian("replicate", "--config", "jobs/mfq2-rq1.ini", "--out", scratch / "run")
    whole_page(scratch / "run/report", scratch / "run/models/rq1/coefficients.csv", 6)
    summary = (scratch / "run/report/index.html").read_text().partition("Contents")[0]
    origin = float(rows(scratch / "run/models/rq1/coefficients.csv", term="origin")[0]["estimate"])
    assert f"origin (China less USA) {origin:+.3f}" in summary, summary


def the_page_of_a_fit(scratch):
    """Of a table, of a family, of a run's analysis, in one folder: nothing of an earlier fit stays behind."""
    fit, page, data = scratch / "fit", scratch / "fit/report/index.html", "tests/oracle/data"

    def case(figures, words, *texts):
        meridian("fit", *words, "--out", fit)
        assert not page.exists() and len(list((fit / "figures").iterdir())) == figures, "of the fit before"
        meridian("report", "--run", fit)
        whole_page(fit / "report", fit / "coefficients.csv", figures)
        for text in texts:
            assert text in page.read_text(), text
        assert "World Values" not in page.read_text(), "of other people's surveys there is nothing to cite"

    every(case, [
        (4, ["--table", f"{data}/public/sleepstudy.csv", "--formula", "Reaction ~ Days + (Days | Subject)"],
         "Reaction ~ Days + (Days | Subject)", "sleepstudy.csv", "REML criterion 1743.6283"),
        (2, ["--table", f"{data}/generalized/cbpp.csv", "--factor", "period", "--family", "binomial", "--trials", "size",
             "--formula", "incidence ~ period + (1 | herd)"], "binomial with logit link", "scale of the link"),
        (3, ["--table", f"{data}/public/sleepstudy.csv", "--formula", "Reaction ~ Days"], "least squares"),
        (4, ["--run", scratch / "run", "--analysis", "rq1", "--formula", "cosine ~ nation + (1 | llm)"], "SYNTHETIC")])


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


def tables_for_a_manuscript(scratch):
    """Each holds every row and number of its file, rounded."""
    folder = scratch / "run"
    checked = 0
    for section in json.loads((folder / "findings.json").read_text())["sections"]:
        for name in section["tables"]:
            fragment = folder / "report/tables" / (slug(f"{section['id']}-{name}") + ".html")
            if fragment.exists():
                checked += rounded_numbers(fragment, folder / section["folder"] / (name + ".csv"))
    assert checked > 500, checked


def rounded_numbers(fragment, file):
    """How many numbers of a table are those of its file, rounded; the rest is the same text."""
    with open(file, encoding="utf-8") as stream:
        header, *stored = csv.reader(stream)
    used = [at for at in range(len(header)) if any(row[at] for row in stored)]
    shown_rows, latex, rounded = Cells(fragment.read_text()).rows, fragment.with_suffix(".tex").read_text(), 0
    assert len(shown_rows) == len(stored), fragment
    for shown, row in zip(shown_rows, stored):
        assert len(shown) == len(used), (fragment, shown)
        for words, value in zip(shown, (row[at] for at in used)):
            if words != value:
                assert agrees(words, value), f"{fragment}: {words} is not {value}"
                rounded += 1
            if re.fullmatch(r"\.[0-9]{3}|[0-9.]+", words):
                assert words in latex, (fragment, words)
    return rounded


def made_again_it_is_the_same(scratch):
    report = scratch / "run/report"
    before = contents(report)
    shutil.rmtree(report)
    meridian("report", "--run", scratch / "run", "--format", "html,latex,markdown")
    after = contents(report)
    assert before.keys() == after.keys(), before.keys() ^ after.keys()
    changed = [name for name in before if before[name] != after[name]]
    assert not changed, f"made again, these differ: {changed}"


def two_runs_compared(scratch):
    compare, other = ["report", "--compare", scratch / "run", scratch / "other"], scratch / "other"
    shutil.copytree(scratch / "run", other)
    assert ": 0 differ" in said(meridian(*compare)), "a copy differs in nothing"
    file = other / "models/rq1/coefficients.json"
    text = file.read_text()
    first = re.search(r'"\(Intercept\)", (-?[0-9.e-]+)', text).group(1)
    file.write_text(text.replace(first, repr(float(first) * (1 + 1e-6)), 1))
    told = said(meridian(*compare, expect=3))
    assert "models/rq1/coefficients, (Intercept), estimate" in told and "relative change 1e-06" in told, told
    meridian(*compare, "--threshold", "1e-5")
    refused([*compare, "--threshold", "-1"], "--threshold")
    file.write_text(text.replace(first, '"NaN"', 1))
    meridian(*compare, "--threshold", "1e9", expect=3)


def said(done):
    return done.stdout + done.stderr


def what_is_wrong_is_named(scratch):
    refused(["report", "--compare", scratch / "run"], "--compare")
    refused(["report", "--run", scratch, "--format", "gif"], "gif")
    refused(["report", "--run", scratch / "nothing"], "nothing")


def compile_tables(folder):
    run(["pdflatex", "-interaction=batchmode", "-halt-on-error", f"-output-directory={folder}", folder / "tables.tex"], cwd=folder)


def tables_compile(scratch):
    """Also where labels are of characters that pdflatex has no font for."""
    folder = scratch / "run/report/tables"
    if not shutil.which("pdflatex"):
        print("skipped: compiling tables.tex (pdflatex is not installed)")
        return
    compile_tables(folder)
    assert (folder / "tables.pdf").stat().st_size > 10000, "pages with tables"
    (scratch / "cities.csv").write_text("y,city\n" + "".join(f"{i % 7},{'北京' if i % 2 else 'Ωmega 😀'}\n" for i in range(20)))
    meridian("fit", "--table", scratch / "cities.csv", "--formula", "y ~ city", "--out", scratch / "cities")
    meridian("report", "--run", scratch / "cities", "--format", "latex")
    compile_tables(scratch / "cities/report/tables")


def a_document_holds_the_numbers(scratch):
    folder = scratch / "run/report/tables"
    if not shutil.which("pandoc"):
        print("skipped: tables.docx (pandoc is not installed)")
        return
    meridian("report", "--run", scratch / "run", "--format", "markdown,docx")
    with zipfile.ZipFile(folder / "tables.docx") as document:
        text = document.read("word/document.xml").decode()
    sections = re.findall(r"<w:sectPr.*?</w:sectPr>|<w:sectPr ?/>", text)
    assert len(sections) == 1 and 'w:orient="landscape"' in sections[0], f"a page of its own at the end: {sections}"
    assert not list(folder.glob("across*")), "scratch files of pandoc"
    back = run(["pandoc", folder / "tables.docx", "--to", "plain", "--columns", "1000"]).stdout
    for row in rows(scratch / "run/models/rq1/coefficients.csv"):
        assert row["term"] in back and f"{abs(float(row['estimate'])):.4f}" in back, row["term"]


main(the_page_and_its_parts, the_page_of_a_fit, tables_for_a_manuscript, made_again_it_is_the_same, two_runs_compared,
     what_is_wrong_is_named, tables_compile, a_document_holds_the_numbers)
