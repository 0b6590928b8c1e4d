#include "report/html.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <vector>

#include "error.hpp"
#include "support/scratch_folder.hpp"

using namespace meridian;
using findings::Document;
using findings::Kind;
using findings::Severity;
using report::html_page;

namespace {

const std::string run = R"({"survey": "MFQ2", "version": "0.1.0", "commit": "abc123", "ranks": 2, "complete": true,
  "declared": [{"survey": "MFQ2", "analysis": "RQ1", "folder": "rq1"}], "request": {"center": "<condition>"}, "empty": []})";

Document example(bool synthetic = false) {
  Document document;
  document.title = "Study of <answers>";
  document.synthetic = synthetic;
  findings::Table table{"by_llm", "By model", "", {{"llm", Kind::text, ""}, {"mean", Kind::real, "cosine"}}, {}};
  table.add({std::string("gpt & co"), 0.25});
  findings::Section integrity{"integrity", "Integrity", "tables/integrity", {"Checked."}, {}, {}};
  integrity.notes.push_back({Severity::caution, "rows", "Two rows are alike.", ""});
  integrity.notes.push_back({Severity::warning, "ids", "One id is <scrambled>.", "Use blocks."});
  document.sections.push_back(integrity);
  document.sections.push_back({"rq1", "RQ1", "tables/rq1", {"Method."}, {}, {table, table}});
  document.exclusions.add("people.csv", "people", "constant answers", "p1");
  return document;
}

bool has(const std::string& page, const std::string& part) { return page.find(part) != std::string::npos; }
std::size_t position(const std::string& page, const std::string& part) {
  INFO(part);
  REQUIRE(has(page, part));
  return page.find(part);
}

// Every value of an attribute, in order.
std::vector<std::string> values_of(const std::string& page, const std::string& attribute) {
  std::vector<std::string> values;
  const std::string start = " " + attribute + "=\"";
  for (auto at = page.find(start); at != std::string::npos; at = page.find(start, at + 1)) {
    const auto from = at + start.size();
    values.push_back(page.substr(from, page.find('"', from) - from));
  }
  return values;
}

// The names of elements left open or closed out of order; void elements do not count.
std::string unbalanced(const std::string& page) {
  const std::set<std::string> empty_elements{"meta", "link", "!DOCTYPE"};
  std::vector<std::string> open;
  for (auto at = page.find('<'); at != std::string::npos; at = page.find('<', at + 1)) {
    const bool closes = page[at + 1] == '/';
    const auto from = at + (closes ? 2 : 1);
    const std::string name = page.substr(from, page.find_first_of(" >", from) - from);
    if (empty_elements.count(name) > 0) continue;
    if (!closes) {
      open.push_back(name);
    } else {
      if (open.empty() || open.back() != name) return name;
      open.pop_back();
    }
  }
  return open.empty() ? "" : open.back();
}

}  // namespace

TEST_CASE("the page is whole, in one language, with one top heading and unique ids", "[report]") {
  const std::string page = html_page(example(), run);
  CHECK(page.rfind("<!DOCTYPE html>\n<html lang=\"en\">", 0) == 0);
  CHECK(unbalanced(page) == "");
  CHECK(page.find("<h1>") == page.rfind("<h1>"));
  const std::vector<std::string> ids = values_of(page, "id");
  const std::set<std::string> distinct(ids.begin(), ids.end());
  CHECK(distinct.size() == ids.size());
  for (const std::string& link : values_of(page, "href"))
    if (link[0] == '#') CHECK(distinct.count(link.substr(1)) == 1);
  for (const std::string& label : values_of(page, "aria-labelledby")) CHECK(distinct.count(label) == 1);
}

TEST_CASE("the page asks nothing of a network and runs nothing", "[report]") {
  const std::string page = html_page(example(), run);
  for (const char* outside : {"http:", "https:", "<script", "src=", "@import", "url("}) CHECK_FALSE(has(page, outside));
}

TEST_CASE("the parts come in the order of reading", "[report]") {
  const std::string page = html_page(example(), run);
  std::size_t last = 0;
  for (const char* part : {"<h1>", "id=\"summary\"", "id=\"contents\"", "id=\"integrity\"", "id=\"rq1\"",
                           "id=\"exclusions\"", "id=\"provenance\"", "id=\"cite\""}) {
    const std::size_t here = position(page, part);
    CHECK(here > last);
    last = here;
  }
}

TEST_CASE("warnings come first in the summary and are told in words", "[report]") {
  const std::string page = html_page(example(), run);
  const std::string summary =
      page.substr(page.find("id=\"summary\""), page.find("id=\"contents\"") - page.find("id=\"summary\""));
  CHECK(position(summary, "Warning: ids.") < position(summary, "Caution: rows."));
  CHECK(has(summary, "One id is &lt;scrambled&gt;."));
  CHECK(has(summary, "1 rule excluded something."));
  CHECK(has(page, "<strong>What to do: </strong>Use blocks."));
}

TEST_CASE("a document's own summary stands inside the page's", "[report]") {
  Document document = example();
  document.sections.push_back({"summary", "Unused title", "", {"The answer in one sentence."}, {}, {}});
  const std::string page = html_page(document, run);
  CHECK(position(page, "The answer in one sentence.") < position(page, "id=\"contents\""));
  CHECK_FALSE(has(page, "Unused title"));
}

TEST_CASE("sections read within another follow it, asides folded, titles without what they share", "[report]") {
  Document document = example();
  findings::Section model{"rq1-model", "RQ1: mixed model", "", {"Fitted."}, {}, {}};
  model.under = "rq1";
  findings::Section twin{"rq1-twin-model", "Twin", "", {"Repaired."}, {}, {}};
  twin.under = "rq1-model";
  twin.aside = true;
  findings::Section lost{"lost", "Of nothing", "", {}, {}, {}};
  lost.under = "not there";
  document.sections.insert(document.sections.begin(), model);
  document.sections.push_back(twin);
  document.sections.push_back(lost);
  const std::string page = html_page(document, run);
  CHECK(unbalanced(page) == "");
  CHECK(has(page, "<section id=\"rq1-model\"><h3>Mixed model</h3>"));
  CHECK(has(page, "<details class=\"aside\"><summary><h3>Twin</h3></summary><div id=\"rq1-twin-model\">"));
  CHECK(position(page, "<section id=\"rq1\">") < position(page, "<section id=\"rq1-model\">"));
  CHECK(position(page, "id=\"rq1-twin-model\"") < position(page, "<section id=\"lost\">"));
  CHECK(has(page, "<a href=\"#rq1-model\">Mixed model</a>"));
}

TEST_CASE("long notes show their first sentence, notes of one kind share a box, many cautions are folded", "[report]") {
  Document document = example();
  auto& notes = document.sections[0].notes;
  for (int i = 0; i < 3; ++i)
    notes.push_back({Severity::caution, "fit", "It is singular. Because " + std::string(300, 'x') + " holds.", ""});
  for (const char* about : {"a", "b", "c"}) notes.push_back({Severity::caution, about, "Odd.", ""});
  const std::string page = html_page(document, run);
  CHECK(unbalanced(page) == "");
  CHECK(has(page, "<strong>Caution: fit. </strong>It is singular.</p><details><summary>the rest</summary>"));
  CHECK(has(page, "<summary>2 more of this kind</summary>"));
  CHECK(has(page, "<summary>5 cautions, each with the section it belongs to</summary>"));
}

TEST_CASE("a long sentence is cut between two clauses", "[report]") {
  Document document = example();
  const std::string clause = "the error is larger (t = 2, p = 0.01), ";
  std::string text = "For three effects: ";
  for (int i = 0; i < 8; ++i) text += clause;
  document.sections[0].notes.push_back({Severity::caution, "design", text + "and so on.", ""});
  CHECK(has(html_page(document, run), "p = 0.01), ...</p>"));
}

TEST_CASE("text from outside never becomes markup", "[report]") {
  const std::string page = html_page(example(), run);
  CHECK(has(page, "<h1>Study of &lt;answers&gt;</h1>"));
  CHECK(has(page, "gpt &amp; co"));
  CHECK(has(page, "&lt;condition&gt;"));
}

TEST_CASE("synthetic studies are marked at the top, in the title and in the citation", "[report]") {
  const std::string page = html_page(example(true), run);
  CHECK(position(page, "<strong>SYNTHETIC. </strong>") < position(page, "<h1>"));
  CHECK(has(page, "<title>SYNTHETIC - Study"));
  CHECK(has(page, "never the numbers as findings"));
  CHECK_FALSE(has(html_page(example(), run), "SYNTHETIC"));
}

TEST_CASE("provenance shows every entry, and the citation names the build", "[report]") {
  const std::string page = html_page(example(), run);
  CHECK(has(page, "<th scope=\"row\">complete</th><td class=\"words\">yes</td>"));
  CHECK(has(page, "<td class=\"words\">RQ1</td><td class=\"words\">rq1</td>"));
  CHECK(has(page, "<th scope=\"row\">center</th>"));
  CHECK(has(page, "Software: meridian 0.1.0, commit abc123."));
  CHECK(has(page, "Atari"));
  CHECK_FALSE(has(page, "Haerpfer"));
  CHECK_THROWS_AS(html_page(example(), "no json"), Error);
  CHECK_THROWS_AS(html_page(example(), "[]"), Error);
}

TEST_CASE("a study without findings still gives a page", "[report]") {
  const std::string page = html_page(Document{}, "{}");
  CHECK(unbalanced(page) == "");
  CHECK(has(page, "No check of this run raised a warning or a caution."));
  CHECK(has(page, "Nothing was excluded."));
}
