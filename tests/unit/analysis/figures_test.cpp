// Figures and the side-by-side table show exactly the numbers of the tables and fits they are made from.
#include <catch2/catch.hpp>
#include <cmath>

#include "analysis/fit_figures.hpp"
#include "analysis/residual_shape.hpp"
#include "analysis/side_by_side.hpp"
#include "analysis/table_figures.hpp"

using namespace meridian;
using findings::Cell;
using findings::Kind;

namespace {

models::Fit fit(double nation) {
  models::Fit made;
  made.formula = "cosine ~ nation + (nation+1|llm)";
  made.nobs = 80;
  made.groups = {{"participant", 40}, {"llm", 2}};
  made.coefficients = {{"(Intercept)", 0.2, 0.1, 9, 2, 0.05, 0.0, 0.4},
                       {"nation", nation, 0.1, 9, 2, 0.04, nation - 0.2, nation + 0.2}};
  made.variance_components = {{"llm", "(Intercept)", "", 0.04, 0.2},
                              {"llm", "(Intercept)", "nation", 0.01, 0.5},
                              {"Residual", "", "", 0.25, 0.5}};
  made.random_effects = {{"llm", "a", "(Intercept)", -0.1, 0.05}, {"llm", "b", "(Intercept)", 0.3, 0.05}};
  made.sigma = 0.5;
  made.criterion = -12.5;
  return made;
}

findings::Table means(const std::vector<const char*>& keys, const std::vector<std::vector<Cell>>& rows) {
  findings::Table table{"means", "", "", {}, {}};
  for (const char* key : keys) table.columns.push_back({key, Kind::text, ""});
  table.columns.insert(table.columns.end(),
                       {{"mean", Kind::real, ""}, {"sd", Kind::real, ""}, {"n", Kind::integer, ""}});
  for (const auto& row : rows) table.add(row);
  return table;
}

}  // namespace

TEST_CASE("a forest holds every fit's estimates and limits, term by term, without the intercept") {
  const models::Fit first = fit(-0.3), second = fit(0.1);
  const auto figure = analysis::coefficients_figure({{"rq1", &first}, {"rq1-maximal", &second}});
  REQUIRE(figure.has_value());
  CHECK_NOTHROW(findings::check_figure(*figure));
  REQUIRE(figure->data.rows.size() == 2);
  CHECK(figure->data.rows[0] == std::vector<Cell>{{}, "nation", "rq1", {}, -0.3, -0.5, -0.3 + 0.2, 80});
  CHECK(figure->data.rows[1][2] == Cell{"rq1-maximal"});
  models::Fit nothing = first;
  nothing.coefficients.resize(1);
  CHECK_FALSE(analysis::coefficients_figure({{"rq1", &nothing}}).has_value());
}

TEST_CASE("random effects come sorted; factors with many levels stay out") {
  models::Fit made = fit(0);
  for (int i = 0; i < 61; ++i)
    made.random_effects.push_back({"participant", std::to_string(i), "(Intercept)", 0.01 * i, 0.1});
  made.groups = {{"participant", 61}, {"llm", 2}};
  const auto figures = analysis::random_effects_figures(made);
  REQUIRE(figures.size() == 1);
  CHECK(figures[0].caption ==
        "How far each level lies from the fixed effect, sorted. participant has 61 levels, more than 60, and is not "
        "drawn.");
  CHECK_NOTHROW(findings::check_figure(figures[0]));
  REQUIRE(figures[0].data.rows.size() == 2);
  CHECK(figures[0].data.rows[0][1] == Cell{"b"});
  CHECK(std::get<double>(figures[0].data.rows[0][5]) == Approx(0.3 - 1.96 * 0.05).epsilon(1e-5));
}

TEST_CASE("many random effects go on in a further figure, no panel is cut or lost") {
  models::Fit made = fit(0);
  made.random_effects.clear();
  for (int term = 0; term < 5; ++term)
    for (int level = 0; level < 20; ++level)
      made.random_effects.push_back({"llm", std::to_string(level), "term" + std::to_string(term), 0.01 * level, 0.1});
  const auto figures = analysis::random_effects_figures(made);
  REQUIRE(figures.size() == 2);
  CHECK(figures[0].data.rows.size() == 80);
  CHECK(figures[1].data.rows.size() == 20);
  CHECK(figures[1].name == "random_effects_2");
  for (const findings::Figure& figure : figures) CHECK_NOTHROW(findings::check_figure(figure));
}

TEST_CASE("means by prompt and by removed part keep the means, with limits from SD and n") {
  const std::vector<const char*> keys = {"llm", "llm_name", "origin", "nation", "language", "persona", "removed"};
  const auto row = [](const char* language, double mean) {
    return std::vector<Cell>{{}, {}, "China", "USA", language, {}, {}, mean, 0.5, 100};
  };
  const auto figure = analysis::conditions_figure(means(keys, {row("Chinese", 0.2), row("English", 0.4)}));
  REQUIRE(figure.has_value());
  CHECK_NOTHROW(findings::check_figure(*figure));
  CHECK(figure->data.rows[1][4] == Cell{0.4});
  CHECK(std::get<double>(figure->data.rows[1][6]) == Approx(0.4 + 1.959964 * 0.05));
  CHECK_FALSE(analysis::conditions_figure(means(keys, {row("Chinese", 0.2)})).has_value());
}

TEST_CASE("parts left out stand in the order of the questionnaire, items with their glosses") {
  survey::Instrument instrument;
  for (const char* item : {"2", "10"}) {
    instrument.items.emplace_back();
    instrument.items.back().id = item;
    instrument.items.back().gloss = std::string("gloss of ") + item;
  }
  const findings::Figure removal =
      analysis::removal_figure(means({"origin", "nation", "removed"},
                                     {{"USA", "China", "10", -0.1, 0.2, 50}, {"USA", "China", "2", 0.1, 0.2, 50}}),
                               instrument);
  CHECK_NOTHROW(findings::check_figure(removal));
  CHECK(removal.data.rows[0][0] == Cell{"Models from USA"});
  CHECK(removal.data.rows[0][1] == Cell{"2 gloss of 2"});
  CHECK(removal.data.rows[1][4] == Cell{-0.1});
}

TEST_CASE("models side by side: terms aligned, what a fit lacks is empty, no digit lost") {
  models::Fit first = fit(-0.3), second = fit(1.0 / 3);
  first.coefficients.push_back({"origin", 0.7, 0.1, 9, 2, 0.01, 0.5, 0.9});
  models::FitStatistics statistics;
  statistics.icc = 0.25;
  const findings::Table table =
      analysis::side_by_side_table({{"rq1", &first, &statistics}, {"rq1_maximal", &second, &statistics}});
  const auto cell = [&](const std::string& term, const char* column) {
    for (const auto& row : table.rows)
      if (findings::to_text(row[1]) == term) return row[table.column(column)];
    FAIL("no row " << term);
    return Cell{};
  };
  CHECK(cell("nation", "rq1_maximal_estimate") == Cell{1.0 / 3});
  CHECK(cell("origin", "rq1_p_value") == Cell{0.01});
  CHECK(cell("origin", "rq1_maximal_estimate") == Cell{});
  CHECK(cell("llm: SD of (Intercept)", "rq1_estimate") == Cell{0.2});
  CHECK(cell("llm: correlation of (Intercept) and nation", "rq1_estimate") == Cell{0.5});
  CHECK(cell("N of participant", "rq1_estimate") == Cell{40.0});
  CHECK(cell("ICC", "rq1_estimate") == Cell{0.25});
  CHECK(cell("REML criterion", "rq1_maximal_estimate") == Cell{-12.5});
}

TEST_CASE("residuals of a short table are points, of a long one counts in cells; both against normal quantiles") {
  for (const Eigen::Index rows : {200, 5000}) {
    Eigen::VectorXd fitted(rows), scaled(rows);
    for (Eigen::Index i = 0; i < rows; ++i) {
      fitted[i] = 100 + 7.0 * static_cast<double>(i % 60);
      scaled[i] = -2 + 4.0 * static_cast<double>(i) / static_cast<double>(rows - 1);
    }
    const auto figures = analysis::residual_figures(fitted, scaled, "ms");
    REQUIRE(figures.size() == 2);
    for (const findings::Figure& figure : figures) CHECK_NOTHROW(findings::check_figure(figure));
    double counted = 0;
    for (const auto& row : figures[0].data.rows) counted += rows > 1000 ? std::get<double>(row[5]) : 1;
    CHECK(counted == static_cast<double>(rows));
    CHECK(figures[0].x.unit == "ms");
    REQUIRE(figures[1].data.rows.size() == 99);
    CHECK(std::get<double>(figures[1].data.rows[24][4]) == Approx(-1).margin(1e-9));
    CHECK(std::get<double>(figures[1].data.rows[74][3]) == Approx(0.6744897501960817));
  }
}
