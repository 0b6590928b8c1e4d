#include "uncertainty/resampling_findings.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "uncertainty/permutation.hpp"

using Catch::Contains;
using namespace meridian;
using findings::Cell;
using findings::Kind;
using findings::Table;

namespace {

Table intervals() {
  Table table{"intervals", "", "", {{"quantity", Kind::text, ""}, {"name", Kind::text, ""}}, {}};
  for (const char* column : {"estimate", "model_low", "model_high", "percentile_low", "percentile_high"})
    table.columns.push_back({column, Kind::real, ""});
  table.add({"fixed effect", "(Intercept)", 0.2, 0.1, 0.3, 0.1, 0.3});
  table.add({"fixed effect", "nation", -0.179, -0.209, -0.148, -0.206, -0.151});
  table.add({"contrast", "gap", 0.5, {}, {}, 0.4, 0.6});
  table.add({"variance", "llm", 0.01, 0.0, 0.1, 0.0, 0.1});
  return table;
}

Table observed(int statistics) {
  Table table{"permutation",
              "",
              "",
              {{"term", Kind::text, ""},
               {"statistic", Kind::real, ""},
               {"p_value", Kind::real, ""},
               {"permutations", Kind::integer, ""}},
              {}};
  for (int i = 0; i < statistics; ++i) table.add({"term " + std::to_string(i), 2.0, i ? 0.25 : 0.0004, 500});
  return table;
}

}  // namespace

TEST_CASE("effects stand with every method's limits; the intercept, variances and absent limits do not") {
  const auto figure = uncertainty::intervals_figure(intervals(), "500 replicates of scheme two-way");
  REQUIRE(figure.has_value());
  CHECK_NOTHROW(findings::check_figure(*figure));
  REQUIRE(figure->data.rows.size() == 3);
  CHECK(figure->data.rows[0] == std::vector<Cell>{{}, "nation", "the model's limits", {}, -0.179, -0.209, -0.148, {}});
  CHECK(figure->data.rows[1][2] == Cell{"percentile limits"});
  CHECK(figure->data.rows[2][1] == Cell{"gap"});
  CHECK(figure->sample == "500 replicates of scheme two-way");
  Table nothing = intervals();
  nothing.rows.resize(1);
  CHECK_FALSE(uncertainty::intervals_figure(nothing, "none").has_value());
}

TEST_CASE("the sentence of the gap names estimate, percentile limits and the model's") {
  CHECK(uncertainty::intervals_sentence(intervals(), "rq1", "500 replicates") ==
        "rq1, 500 replicates: gap -0.179, 95 % percentile limits -0.206 to -0.151 (the model's: -0.209 to -0.148).");
  Table without = intervals();
  without.rows.erase(without.rows.begin() + 1);
  CHECK(uncertainty::intervals_sentence(without, "rq1", "500 replicates").empty());
}

TEST_CASE("a histogram counts every permutation that is a number, and marks the observed value") {
  Eigen::MatrixXd permuted(100, 2);
  for (Eigen::Index i = 0; i < 100; ++i) permuted.row(i) << 0.03 * static_cast<double>(i) - 1.5, 7.0;
  permuted(0, 0) = std::nan("");
  const auto figure = uncertainty::permutation_figure(observed(2), permuted, uncertainty::exchange_words("nation"));
  REQUIRE(figure.has_value());
  CHECK_NOTHROW(findings::check_figure(*figure));
  double counted = 0;
  std::size_t marks = 0;
  for (const auto& row : figure->data.rows)
    if (row[0] == Cell{"term 0"} && row[1] == Cell{"bar"})
      counted += std::get<double>(row[4]);
    else if (row[0] == Cell{"term 0"})
      marks += row[2] == Cell{2.0} ? 1 : 0;
  CHECK(counted == 99);
  CHECK(marks == 1);
  CHECK(figure->caption ==
        "Bars: the statistic when the nationalities of people are exchanged and each meets what the new one meets; the "
        "line: as observed.");
  Eigen::MatrixXd constant = Eigen::MatrixXd::Constant(10, 1, 2.0);
  CHECK_FALSE(uncertainty::permutation_figure(observed(1), constant, "labels are exchanged").has_value());
}

TEST_CASE("the words for what is exchanged fit the test, refitted or adjusted") {
  CHECK(uncertainty::exchange_words("persona-refit") == "the two personas of whole models are exchanged");
  CHECK(uncertainty::exchange_words("nation-with-language-adjusted") ==
        "what covariates leave unexplained is exchanged among people");
  for (const char* test : {"origin", "max-t", "language", "persona"})
    CHECK_THAT(uncertainty::exchange_words(test), Contains("of whole models"));
  for (const char* test : {"nation", "nation-with-language"})
    CHECK_THAT(uncertainty::exchange_words(test), Contains("of people") && !Contains("models"));
}

TEST_CASE("of many statistics the first six are drawn, and that is said; the sentence has four") {
  const Eigen::MatrixXd permuted = Eigen::MatrixXd::Random(50, 8);
  const auto figure = uncertainty::permutation_figure(observed(8), permuted, "labels are exchanged");
  REQUIRE(figure.has_value());
  CHECK_THAT(figure->caption, Contains("The first 6 of 8 statistics."));
  CHECK(uncertainty::permutation_sentence(observed(5), "rq1", "origin") ==
        "rq1, permutation test of origin (500 permutations): term 0 p < .001; term 1 p = .250; term 2 p = .250; term 3 "
        "p = .250; the others in its table.");
  CHECK(uncertainty::permutation_sentence(observed(0), "rq1", "origin").empty());
}
