#include "analysis/refusals.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "analysis/refusal_tables.hpp"
#include "error.hpp"

namespace meridian::analysis {
namespace {

using Catch::Contains;

survey::Instrument instrument() {
  survey::Instrument result;
  result.name = "small";
  for (const char* id : {"1", "2", "3", "4"})
    result.items.push_back({id, std::string(id) < "3" ? "Care" : "Purity", "", 1, 5});
  return result;
}

/// 6 models (3 of each origin) x 2 languages x 3 personas x 4 items; cells in a scrambled order of models.
survey::ModelAnswers answers(bool means) {
  survey::ModelAnswers result;
  result.file = means ? "means.csv" : "trials.csv";
  for (int m = 0; m < 6; ++m)
    result.models.push_back({"m" + std::to_string(m), "Model " + std::to_string(m), m < 3 ? "China" : "USA", ""});
  result.languages = {"Chinese", "English"};
  result.personas = {"none", "China", "USA"};
  for (int k = 0; k < 6 * 24; ++k) {
    survey::Cell cell;
    cell.model = (5 * k + 2) % 6;
    cell.item = k / 6 % 4;
    cell.language = k / 24 % 2;
    cell.persona = k / 48;
    const int refused = (7 * k * k + 3 * k + cell.model * cell.model) % 5;
    if (means) {
      cell.mean = 3 + 1.0 / (20 - refused);
      cell.first_trial = 100;
    } else {
      cell.valid = 20 - refused;
      cell.refused = refused;
    }
    result.cells.push_back(cell);
  }
  return result;
}

survey::ModelAnswers one_mean(double mean, std::int64_t first_trial, std::int64_t others_first) {
  survey::ModelAnswers result = answers(true);
  result.cells.resize(40);
  for (survey::Cell& cell : result.cells) {
    cell.mean = 4;
    cell.first_trial = others_first;
    cell.model = 0;
  }
  result.cells.front().mean = mean;
  result.cells.front().first_trial = first_trial;
  return result;
}

RefusalCell first_cell(double mean, std::int64_t first_trial = 0, std::int64_t others_first = 0) {
  return count_refusals(one_mean(mean, first_trial, others_first), instrument(), 20).cells.front();
}

const findings::Table& table_named(const std::vector<findings::Table>& tables, const std::string& name) {
  for (const findings::Table& table : tables)
    if (table.name == name) return table;
  throw Error(ExitCode::bug, "no table " + name);
}

std::int64_t count_in(const findings::Table& table, std::size_t row, const char* column) {
  return std::get<std::int64_t>(table.rows[row][table.column(column)]);
}

RefusalJob job() {
  RefusalJob result;
  result.name = result.title = "refusals";
  result.formula = "refused ~ origin*language + origin*persona + (1|llm)";
  return result;
}

}  // namespace

TEST_CASE("a mean bounds the number of trials without an answer") {
  CHECK(first_cell(3.5).fewest == 0);
  CHECK(first_cell(3.5).most == 18);  // two valid trials
  CHECK(first_cell(3 + 1.0 / 3).fewest == 2);
  CHECK(first_cell(3 + 1.0 / 19).fewest == 1);
  CHECK(first_cell(3 + 1.0 / 19).most == 1);
  CHECK(first_cell(4).fewest == 0);
  CHECK(first_cell(4).most == 19);
  CHECK(first_cell(4, 3).fewest == 3);         // trials 0, 1, 2 were not kept
  CHECK(first_cell(3.5, 3).fewest == 4);       // and 17 valid ones cannot have this mean
  CHECK(first_cell(4, 101, 100).fewest == 1);  // numbers that start elsewhere
  CHECK(first_cell(4, 10, 15).fewest == 15);   // or go round: 15 ... 19, 0 ... 9
  CHECK(first_cell(std::numeric_limits<double>::quiet_NaN()).fewest == 20);
  CHECK_THROWS_WITH(first_cell(3 + 1.0 / 23), Contains("iterations"));
}

TEST_CASE("raw trials and means that betray them give the same counts") {
  const RefusalCounts exact = count_refusals(answers(false), instrument(), 20);
  const RefusalCounts bounds = count_refusals(answers(true), instrument(), 20);
  CHECK(exact.exact);
  CHECK_FALSE(bounds.exact);
  REQUIRE(exact.cells.size() == bounds.cells.size());
  for (std::size_t i = 0; i < exact.cells.size(); ++i) {
    CHECK(exact.cells[i].fewest == exact.cells[i].most);
    CHECK(exact.cells[i].fewest == bounds.cells[i].fewest);
    CHECK(exact.cells[i].llm == bounds.cells[i].llm);
    CHECK(exact.cells[i].trials == 20);
  }
  CHECK(exact.cells.front().llm == "m0");
}

TEST_CASE("tables of refusals hold every trial once") {
  const RefusalCounts counts = count_refusals(answers(false), instrument(), 20);
  std::int64_t refused = 0;
  for (const RefusalCell& cell : counts.cells) refused += cell.fewest;
  const std::vector<findings::Table> tables = refusal_tables(counts);
  const std::vector<std::pair<std::string, std::size_t>> sizes = {
      {"by_dimension", 2}, {"by_item", 4}, {"by_condition", 6}, {"by_llm", 0}};
  for (const auto& [name, together] : sizes) {
    const findings::Table& table = table_named(tables, name);
    INFO(name);
    REQUIRE(table.rows.size() == (together == 0 ? 6 : 3 * together));
    std::int64_t apart = 0, whole = 0;
    for (std::size_t row = 0; row < table.rows.size(); ++row)
      (row < together ? whole : apart) += count_in(table, row, "refused");
    CHECK(apart == refused);
    CHECK(whole == (together == 0 ? 0 : refused));
    CHECK(std::holds_alternative<std::monostate>(table.rows[0][table.column("rate_most")]));
  }
  const findings::Table& items = table_named(tables, "by_item");
  const double rate = std::get<double>(items.rows[0][items.column("rate")]);
  CHECK(rate == Approx(static_cast<double>(count_in(items, 0, "refused")) / 720));
  CHECK(std::get<double>(items.rows[0][items.column("sd")]) == Approx(std::sqrt(rate * (1 - rate) * 720 / 719)));
}

TEST_CASE("codes of the refusals' model are those of the paper") {
  const models::Frame frame = refusal_frame(count_refusals(answers(false), instrument(), 20));
  const models::Variable &origin = frame.find("origin"), &llm = frame.find("llm");
  for (std::size_t row = 0; row < frame.rows(); ++row)
    CHECK(origin.numeric[row] == (llm.levels[static_cast<std::size_t>(llm.codes[row])] < "m3" ? 0.5 : -0.5));
  const RefusalJob asked = job();
  const RefusalResult result = analyse_refusals(asked, answers(false), instrument());
  REQUIRE(result.model);
  std::vector<std::string> terms;
  for (const models::Coefficient& row : result.model->model.fit.coefficients) terms.push_back(row.term);
  CHECK(terms == std::vector<std::string>{"(Intercept)", "origin", "language", "personaChina", "personaUSA",
                                          "origin:language", "origin:personaChina", "origin:personaUSA"});
  CHECK(result.model->model.fit.converged);
  CHECK(refusal_sections(result, nullptr).size() == 2);
}

TEST_CASE("what cannot be told of refusals is a finding, what cannot be read an error") {
  RefusalJob asked = job();
  survey::ModelAnswers none = answers(false);
  for (survey::Cell& cell : none.cells) cell.refused = 0;
  const RefusalResult nobody = analyse_refusals(asked, none, instrument());
  CHECK_FALSE(nobody.model);
  CHECK_THAT(nobody.no_model, Contains("0 in every row"));
  CHECK(refusal_sections(nobody, nullptr).back().notes.size() == 1);
  const RefusalResult odd = analyse_refusals(asked, one_mean(3 + 1.0 / 23, 0, 0), instrument());
  CHECK_THAT(odd.no_counts, Contains("iterations"));
  CHECK(refusal_sections(odd, nullptr).size() == 1);
  CHECK_NOTHROW(check_formula(asked));
  asked.formula = "cosine ~ origin + (1|llm)";
  CHECK_THROWS_WITH(check_formula(asked), Contains("refused ~"));
  asked.formula = "refused ~ nation + (1|llm)";
  CHECK_THROWS_WITH(check_formula(asked), Contains("'nation'") && Contains("dimension"));
}

}  // namespace meridian::analysis
