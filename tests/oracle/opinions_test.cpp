// Agreement on the stored CultureEval data, people's modal answers against phi4-14b's, with scikit-learn's numbers.
#include <catch2/catch.hpp>
#include <string>

#include "opinions/agreement.hpp"
#include "opinions/answer_code.hpp"
#include "tables/csv.hpp"

using namespace meridian::opinions;
using meridian::tables::CsvReader;

namespace {

const std::string folder = "../shared/data/anchauha_CultureEval/";

/// Rows of the two files belong together; `country` empty: all of them.
PairedCounts read_pairs(const std::string& question, const std::string& country) {
  CsvReader human(folder + "new_mode_wvs_wave7_aggregated_by_demographics.csv");
  CsvReader model(folder + "phi4-14b_output_inferred.csv");
  const std::size_t asked = human.column(question), told = model.column(question),
                    where = human.column("B_COUNTRY_ALPHA");
  PairedCounts counts;
  while (human.next() && model.next()) {
    if (!country.empty() && human.text(where) != country) continue;
    ++counts.cells[{*answer_code(std::string(human.text(asked))), *answer_code(std::string(model.text(told)))}];
  }
  return counts;
}

void check(const std::string& question, const std::string& country, const std::array<double, 4>& expected) {
  INFO(question << " " << country);
  const PairedCounts counts = read_pairs(question, country);
  const Agreement found = agreement(counts, {0, 10}, InvalidRule::wrong);
  CHECK(found[Metric::accuracy] == Approx(expected[0]).margin(5e-7));
  CHECK(found[Metric::kappa] == Approx(expected[1]).margin(5e-7));
  CHECK(found[Metric::kappa_linear] == Approx(expected[2]).margin(5e-7));
  CHECK(found[Metric::kappa_quadratic] == Approx(expected[3]).margin(5e-7));
}

}  // namespace

TEST_CASE("accuracy and kappas of stored answers are scikit-learn's") {
  check("Q182", "", {.399111, .170810, .321045, .412935});
  check("Q164", "", {.286222, .110321, .293348, .458968});
  check("Q182", "USA", {.457143, .268427, .425051, .538627});
  check("Q182", "CHN", {.166667, 0, 0, 0});
}
