#include <catch2/catch.hpp>

#include "findings/files.hpp"
#include "report/run_comparison.hpp"
#include "report/table_columns.hpp"
#include "report/table_files.hpp"
#include "support/scratch_folder.hpp"

using Catch::Contains;
using Catch::EndsWith;
using Catch::StartsWith;
using namespace meridian;
using findings::Kind;
using findings::Table;

namespace {

Table coefficients() {
  Table table{"coefficients",
              "Fixed effects",
              "y ~ x_1 & 5 %",
              {{"term", Kind::text, ""}, {"estimate", Kind::real, "cosine"}, {"p_value", Kind::real, ""}},
              {}};
  table.add({"nation:origin", -0.1785916, 0.0123});
  table.add({"a|b_c", 0.25, 1e-9});
  table.add({"sure", 0.5, 0.9999});
  table.add({"none", {}, {}});
  return table;
}

findings::Document with(const Table& table) {
  findings::Document document;
  document.title = "Study";
  document.sections.push_back({"rq1", "First", "models/rq1", {}, {}, {table}});
  return document;
}

}  // namespace

TEST_CASE("p-values in the style of the APA: no leading zero, bounds where digits end") {
  const Table table = coefficients();
  CHECK(report::apa_number(table, 0, 2) == ".012");
  CHECK(report::apa_number(table, 1, 2) == "< .001");
  CHECK(report::apa_number(table, 2, 2) == "> .999");
  CHECK(report::apa_number(table, 3, 2).empty());
  CHECK(report::apa_number(table, 0, 1) == "\u22120.1786");
}

TEST_CASE("LaTeX: booktabs rules, every special character escaped") {
  const std::string latex = report::latex_table(coefficients(), "tab:c");
  CHECK_THAT(
      latex,
      Contains("{!}{%\n\\begin{tabular}{@{}lrr@{}}\n\\toprule\nterm & estimate (cosine) & p value \\\\\n\\midrule\n"
               "nation:origin & $-$0.1786 & .012 \\\\\na\\textbar{}b\\_c & 0.2500 & \\textless{} .001 \\\\\n"));
  CHECK_THAT(latex, Contains("\\textit{Note.} y \\textasciitilde{} x\\_1 \\& 5 \\%") && Contains("\\label{tab:c}"));
  Table long_one = coefficients();
  for (int i = 0; i < 50; ++i) long_one.add({"row", 1.0 * i, 0.5});
  CHECK_THAT(report::latex_table(long_one, "x"), Contains("\\begin{longtable}") && Contains("\\endhead"));
}

TEST_CASE("a long table that is too wide for a page stands in pieces, shrunk to the page's width") {
  Table table = coefficients();
  for (int i = 0; i < 50; ++i) table.add({std::string(120, 'w'), 0.5, 0.5});
  const std::string latex = report::latex_table(table, "tab:w");
  CHECK_THAT(latex, !Contains("longtable") && Contains("Table \\ref{tab:w} (continued)"));
  std::size_t pieces = 0;
  for (std::size_t at = latex.find("\\begin{tabular}"); at != std::string::npos;
       at = latex.find("\\begin{tabular}", at + 1))
    ++pieces;
  CHECK(pieces == 2);
  CHECK(latex.find("\\textit{Note.}") == latex.rfind("\\textit{Note.}"));
}

TEST_CASE("columns of several models stand under their names, wide tables across the page") {
  Table table{"side_by_side", "Models", "", {{"block", Kind::text, ""}, {"term", Kind::text, ""}}, {}};
  for (const char* model : {"rq_1", "rq_1-maximal"})
    for (const char* what : {"estimate", "conf_low", "conf_high", "p_value"})
      table.columns.push_back({std::string(model) + "_" + what, Kind::real, ""});
  table.add({"fixed", "nation", 0.1, 0.0, 0.2, 0.01, 0.3, 0.1, 0.5, 0.02});
  const auto groups = report::column_groups(table);
  REQUIRE(groups.size() == 2);
  CHECK(groups[1].title == "rq_1-maximal");
  CHECK((groups[1].first == 6 && groups[1].count == 4));
  const std::string latex = report::latex_table(table, "x");
  CHECK_THAT(latex, Contains("& & \\multicolumn{4}{c}{rq\\_1} & \\multicolumn{4}{c}{rq\\_1-maximal} \\\\\n"
                             "\\cmidrule(lr){3-6}\\cmidrule(lr){7-10}\nblock & term & estimate & conf low &"));
  CHECK_THAT(latex, StartsWith("\\begin{landscape}") && EndsWith("\\end{landscape}\n"));
  const std::string html = report::html_fragment(table);
  CHECK_THAT(html, Contains("<th scope=\"colgroup\" colspan=\"4\"") && Contains(">conf low</th>"));
  CHECK(report::column_groups(coefficients()).empty());
  table.columns.back().name = "rq_1-maximal_q";
  CHECK(report::column_groups(table).empty());
}

TEST_CASE("the piece of HTML holds what the other forms hold, escaped") {
  Table table = coefficients();
  table.columns.push_back({"never", Kind::real, ""});
  for (auto& row : table.rows) row.emplace_back();
  const std::string html = report::html_fragment(report::without_empty_columns(table));
  CHECK_THAT(html, StartsWith("<div style=\"overflow-x:auto\"><table") && Contains(">.012</td>") &&
                       Contains(">&lt; .001</td>") && Contains("\u22120.1786") && Contains("y ~ x_1 &amp; 5 %</p>"));
  CHECK_THAT(html, !Contains("never"));
}

TEST_CASE("Markdown: numbers to the right, bars escaped") {
  CHECK_THAT(report::markdown_table(coefficients()),
             Contains("**Fixed effects**\n\n| term | estimate (cosine) | p value |\n|:---|---:|---:|\n") &&
                 Contains("| a\\|b\\_c | 0.2500 | \\< .001 |\n") && Contains("*Note.* y \\~ x\\_1 & 5 %"));
}

TEST_CASE("the files: one per table, a document of all, leftovers gone") {
  const tests::ScratchFolder folder;
  folder.write("old-table.tex", "old");
  CHECK(report::write_tables(with(coefficients()), folder.path(), {true, true, false}).empty());
  CHECK(tests::bytes_of(folder.path() / "rq1-coefficients.tex") ==
        report::latex_table(coefficients(), "tab:rq1-coefficients"));
  CHECK_THAT(tests::bytes_of(folder.path() / "tables.tex"), Contains("\\input{rq1-coefficients}"));
  CHECK_THAT(tests::bytes_of(folder.path() / "tables.md"), Contains("# Study\n\n## First\n\n**Fixed effects**"));
  CHECK_FALSE(std::filesystem::exists(folder.path() / "old-table.tex"));
}

TEST_CASE("two runs: equal ones do not differ, every change is found with its size") {
  const findings::Document before = with(coefficients());
  CHECK(report::compare_runs(before, before).changes.empty());
  CHECK(report::compare_runs(before, before).compared == 8);
  findings::Document after = before;
  Table& table = after.sections[0].tables[0];
  table.rows[1][1] = 0.2;
  table.rows.pop_back();
  table.add({"new", 1.0, 1.0});
  const report::RunComparison comparison = report::compare_runs(before, after);
  REQUIRE(comparison.changes.size() == 3);
  CHECK(comparison.changes[2].where == "models/rq1/coefficients, a|b_c, estimate");
  CHECK(comparison.changes[2].size == Approx(0.2));
  CHECK(comparison.largest() > 1e300);
  CHECK_THAT(report::comparison_text(comparison, 0.1), Contains("estimate: 0.25 -> 0.2 (relative change 0.2)") &&
                                                           Contains("compared 6 numbers: 3 differ, 3 by more"));
  CHECK_THAT(report::comparison_text(comparison, 0.5), !Contains("estimate: 0.25") && Contains("2 by more than 0.5"));
}

TEST_CASE("zeros that differ by rounding come last, however large they are beside each other") {
  findings::Document before = with(coefficients());
  Table& table = before.sections[0].tables[0];
  table.rows[0][1] = -5e-18;
  table.rows[1][1] = 0.25;
  findings::Document after = before;
  after.sections[0].tables[0].rows[0][1] = 5e-18;
  after.sections[0].tables[0].rows[1][1] = 0.251;
  const report::RunComparison comparison = report::compare_runs(before, after);
  REQUIRE(comparison.changes.size() == 2);
  CHECK(comparison.changes[0].after == "0.251");
  CHECK(comparison.changes[1].size < 1e-12);
}

TEST_CASE("a verdict that changed is told as such, not as a row lost and a row gained") {
  Table table = coefficients();
  table.columns.push_back({"verdict", Kind::text, ""});
  for (auto& row : table.rows) row.emplace_back(std::string("no"));
  findings::Document before = with(table), after = with(table);
  after.sections[0].tables[0].rows[0][3] = std::string("now significant");
  const report::RunComparison comparison = report::compare_runs(before, after);
  REQUIRE(comparison.changes.size() == 1);
  CHECK(comparison.compared == 8);
  CHECK(report::comparison_text(comparison, 1e9) ==
        "models/rq1/coefficients, nation:origin, verdict: no -> now significant\n"
        "compared 8 numbers: 1 differ, 1 by more than 1e+09 (relative)\n");
}

TEST_CASE("rows that share their words are compared in order; a lost table is a change") {
  Table table = coefficients();
  table.add({"sure", 7.0, {}});
  findings::Document before = with(table), after = with(table);
  CHECK(report::compare_runs(before, after).changes.empty());
  after.sections[0].tables.clear();
  CHECK(report::compare_runs(before, after).changes.at(0).before == "a table");
  CHECK(report::compare_runs(after, before).changes.at(0).after == "a table");
}
