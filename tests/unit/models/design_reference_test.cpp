// Every column of the designs that R made (tests/oracle/make_design_reference.R).
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "models/design.hpp"
#include "stored_designs.hpp"
#include "tables/csv.hpp"

namespace {

using namespace meridian::models;
using namespace stored_designs;
using meridian::tables::CsvReader;

const std::string folder = "tests/oracle/data/design/";

void check_matrix(const Eigen::MatrixXd& found, const std::vector<TextColumn>& expected, std::size_t first) {
  REQUIRE(found.cols() + static_cast<Eigen::Index>(first) == static_cast<Eigen::Index>(expected.size()));
  for (Eigen::Index column = 0; column < found.cols(); ++column) {
    const TextColumn& reference = expected[first + static_cast<std::size_t>(column)];
    INFO(reference.first);
    REQUIRE(found.rows() == static_cast<Eigen::Index>(reference.second.size()));
    for (Eigen::Index row = 0; row < found.rows(); ++row)
      REQUIRE(found(row, column) ==
              Approx(std::stod(reference.second[static_cast<std::size_t>(row)])).epsilon(1e-13).margin(1e-13));
  }
}

}  // namespace

TEST_CASE("fixed-effects designs equal R's model.matrix") {
  const Frame frame = example_frame();
  CsvReader cases(folder + "fixed.csv");
  std::size_t count = 0;
  for (; cases.next(); ++count) {
    const std::string formula(cases.text(cases.column("formula")));
    INFO(formula << " with " << cases.text(cases.column("contrasts")));
    const Design design =
        build_design(parse_formula(formula), frame, options_for(std::string(cases.text(cases.column("contrasts")))));
    const auto expected = read_columns(folder + "fixed-" + std::string(cases.text(cases.column("case"))) + ".csv");
    CHECK(design.names == names_after(expected, 1));
    CHECK(design.term_labels == split(std::string(cases.text(cases.column("terms")))));
    CHECK(design.aliased == split(std::string(cases.text(cases.column("aliased")))));
    std::vector<std::string> assign, rows;
    for (const int term : design.assign) assign.push_back(std::to_string(term));
    for (const std::size_t row : design.kept_rows) rows.push_back(std::to_string(row + 1));
    CHECK(assign == split(std::string(cases.text(cases.column("assign")))));
    CHECK(rows == expected[0].second);
    CHECK(design.dropped_missing + rows.size() == frame.rows());
    check_matrix(design.x, expected, 1);
  }
  CHECK(count >= 30);
}

TEST_CASE("random-effects designs equal lme4's lFormula, in its order") {
  const Frame frame = example_frame();
  CsvReader cases(folder + "random.csv");
  std::size_t count = 0;
  for (; cases.next(); ++count) {
    const std::string formula(cases.text(cases.column("formula")));
    const auto place = static_cast<std::size_t>(cases.integer(cases.column("term")));
    INFO(formula << ", term " << place);
    const Design design = build_design(parse_formula(formula), frame);
    const RandomTerm& term = design.random.at(reporting_order(design.random).at(place - 1));
    const auto expected = read_columns(folder + "random-" + std::string(cases.text(cases.column("case"))) + "-" +
                                       std::to_string(place) + ".csv");
    CHECK(term.group == cases.text(cases.column("group")));
    CHECK(term.levels == split(std::string(cases.text(cases.column("levels")))));
    CHECK(term.columns == names_after(expected, 1));
    std::vector<std::string> levels;
    for (const std::int32_t level : term.level) levels.push_back(term.levels[static_cast<std::size_t>(level)]);
    CHECK(levels == expected[0].second);
    check_matrix(term.z, expected, 1);
  }
  CHECK(count >= 15);
}
