"""The pages of a study of similarities and of an audit as a reader sees them: valid HTML, and in Chromium on a desktop, on a phone, in the
dark scheme and in print. Chromium, gnuplot and tidy are needed: skipped by name without them, except in continuous integration."""
import os
import shutil
import subprocess
from pathlib import Path

from browser import Browser
from command_test import main, meridian, skip

TEXT_CONTRAST = 4.5  # WCAG 2.1, level AA
PRINTED_WIDTH, PRINTED_HEIGHT = 718, 1047  # pixels of A4 within margins of 10 mm


def check_validity(page):
    done = subprocess.run(["tidy", "-errors", "-quiet", "-utf8", "--doctype", "html5", "--drop-empty-elements", "no", page],
                          capture_output=True, text=True)
    # HTML allows a heading within summary; tidy is older than that.
    complaints = [line for line in done.stderr.splitlines() if line and "</summary>" not in line]
    assert not complaints and done.returncode < 2, f"{page}:\n" + "\n".join(complaints[:30])


def check_structure(browser, scripts):
    """No request but the file, a silent console, headings in order, every table named, every figure drawn, described and whole."""
    strangers = [address for address in browser.requests if not address.startswith(("file:", "data:"))]
    assert not strangers and len([r for r in browser.requests if r.startswith("file:")]) == 1, browser.requests
    headings = browser.value("measured.headings()")
    assert headings.count(1) == 1 and headings[0] == 1, headings
    assert all(after <= before + 1 for before, after in zip(headings, headings[1:])), headings
    assert browser.value("measured.controls()") == 0, "a control that nothing tests"
    tables = browser.value("measured.tables()")
    assert tables and all(len(table["caption"]) > 3 and table["heads"] > 0 for table in tables), tables
    browser.value("measured.unfold()")
    figures = browser.value("measured.figures()")
    assert len(figures) == len(scripts) > 5, (len(figures), len(scripts))
    for figure in figures:
        assert figure["shown"] and figure["width"] > 300 and figure["height"] > 60 and figure["parts"] > 5, figure
        assert figure["role"] == "img" and len(figure["label"]) > 20 and len(figure["caption"]) > 20 and figure["lost"] == 0, figure
        assert not figure["cut"], f"{figure['id']}: text beyond the picture's edge: {figure['cut']}"
        assert figure["view"][0] == 680 and figure["view"][1] <= 900, (figure["id"], figure["view"])


def check_contrast(browser, scheme):
    for measure, least_texts in (("textContrast", 200), ("pictureContrast", 50)):
        found = browser.value(f"measured.{measure}()")
        assert found["count"] >= least_texts, (scheme, measure, found)
        assert found["ratio"] >= TEXT_CONTRAST, f"{scheme}, {measure}: {found}"


def check_print(browser):
    browser.look(PRINTED_WIDTH, PRINTED_HEIGHT, media="print")
    assert browser.value("measured.overflow()") <= 0, "print: wider than the paper"
    for figure in browser.value("measured.figures()"):
        assert 300 < figure["width"] <= PRINTED_WIDTH, figure
        assert figure["whole"] <= PRINTED_HEIGHT, f"{figure['id']} does not fit a page: {figure['whole']} pixels"


def check_page(browser, run):
    page = run / "report/index.html"
    check_validity(page)
    browser.requests.clear()
    browser.look(1280)
    browser.open(page.as_uri())
    browser.value((Path(__file__).parent / "report_page.js").read_text())
    check_structure(browser, sorted((run / "report/figures").glob("*.gp")))
    assert browser.value("measured.overflow()") <= 0, "desktop: the page scrolls sideways"
    check_contrast(browser, "light")
    browser.look(1280, scheme="dark")
    check_contrast(browser, "dark")
    browser.look(375, 667, phone=True)
    assert browser.value("measured.overflow()") <= 0, "phone: the page scrolls sideways"
    check_print(browser)
    assert not browser.complaints, browser.complaints


def a_study_of_similarities(scratch):
    check_run(scratch / "study", "replicate", "--config", "jobs/mfq2-rq1.ini")


def an_audit(scratch):
    check_run(scratch / "audit", "audit", "--config", "jobs/audit.ini")


def check_run(folder, *words):
    meridian(*words, "--out", folder)
    with Browser() as browser:
        check_page(browser, folder)


missing = [program for program in ("chromium", "tidy", "gnuplot") if not shutil.which(program)]
if missing:
    skip(f"the report in a browser ({', '.join(missing)} not installed)", allowed=os.environ.get("MERIDIAN_PRESET") != "ci")
main(a_study_of_similarities, an_audit)
