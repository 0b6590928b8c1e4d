#include "report/table_html.hpp"

#include <catch2/catch.hpp>

using meridian::findings::Kind;
using meridian::findings::Table;
using meridian::report::table_html;

namespace {

Table example() {
  Table table{"by_llm",
              "Similarity <by model>",
              "Mean over people.",
              {{"llm_name", Kind::text, ""},
               {"persona", Kind::text, ""},
               {"mean", Kind::real, "cosine"},
               {"n", Kind::integer, ""}},
              {}};
  table.add({std::string("A & B"), {}, 0.13577773555173725, std::int64_t{517}});
  table.add({std::string("C"), {}, {}, std::int64_t{20640}});
  return table;
}

bool has(const std::string& markup, const std::string& part) { return markup.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a table has caption, headed columns with units, headed rows and all digits", "[report]") {
  const std::string markup = table_html(example(), "rq1-by-llm", "tables/rq1").markup;
  CHECK(has(markup, "<caption id=\"rq1-by-llm-caption\">"));
  CHECK(has(markup, "<strong>Similarity &lt;by model&gt;</strong> Mean over people."));
  CHECK(
      has(markup, "<th scope=\"col\" class=\"number\" title=\"mean\">mean<span class=\"unit\"> (cosine)</span></th>"));
  CHECK(has(markup, "<th scope=\"row\">A &amp; B</th>"));
  CHECK(has(markup, "<td title=\"0.13577773555173725\">0.1358</td>"));
  CHECK(has(markup, "aria-labelledby=\"rq1-by-llm-caption\""));
  CHECK(has(markup, "href=\"../tables/rq1/by_llm.csv\""));
}

TEST_CASE("a column without a single entry is left out, an empty cell is not", "[report]") {
  const std::string markup = table_html(example(), "t", "").markup;
  CHECK_FALSE(has(markup, "persona"));
  CHECK(has(markup, "<td></td>"));
  CHECK_FALSE(has(markup, "href"));
}

TEST_CASE("columns of several models stand under the models' names", "[report]") {
  Table table{"side_by_side", "Models", "", {{"term", Kind::text, ""}}, {}};
  for (const char* model : {"rq1", "rq2"})
    for (const char* what : {"estimate", "p_value"})
      table.columns.push_back({std::string(model) + "_" + what, Kind::real, what[0] == 'e' ? "cosine" : ""});
  table.add({"nation", 0.1, 0.2, 0.3, 0.4});
  CHECK(has(table_html(table, "t", "").markup,
            "<thead><tr><th scope=\"col\" rowspan=\"2\" title=\"term\">term</th>"
            "<th scope=\"colgroup\" colspan=\"2\" class=\"group\">rq1</th>"
            "<th scope=\"colgroup\" colspan=\"2\" class=\"group\">rq2</th></tr>"
            "<tr><th scope=\"col\" class=\"number\" title=\"rq1_estimate\">estimate"
            "<span class=\"unit\"> (cosine)</span></th>"));
}

TEST_CASE("an empty table and a very long one say so", "[report]") {
  Table empty = example();
  empty.rows.clear();
  CHECK(has(table_html(empty, "t", "").markup, "No rows."));
  CHECK(has(table_html(empty, "t", "").markup, "persona"));
  Table tall = example();
  for (int i = 0; i < 600; ++i) tall.add({std::string("row"), {}, 0.5, std::int64_t{i}});
  const std::string markup = table_html(tall, "t", "tables/rq1").markup;
  CHECK(has(markup, "The first 60 of 602 rows"));
  CHECK(has(markup, ">57</td>"));
  CHECK_FALSE(has(markup, ">58</td>"));
}
