// The synthetic study against the printed figures it stands for.
#include "ranking/synthetic.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "error.hpp"
#include "inference/concordance.hpp"
#include "ranking/calibration.hpp"
#include "ranking/report.hpp"
#include "ranking/scores.hpp"
#include "support/scratch_folder.hpp"

namespace {

using namespace meridian::ranking;

Catalog shipped() {
  return read_catalog({"data/ranking/terms.csv", "data/ranking/models.csv", "data/ranking/archetypes.csv"},
                      {"CN", "US"});
}

/// How far a quantity may be from print: half a unit of the last printed digit where the grid of the sums allows it.
double tolerance(const std::string& quantity) {
  if (quantity == "primary" || quantity == "secondary") return 1e-9;
  if (quantity == "w") return 0.0005;
  return quantity == "cohesion_sd" ? 0.01 : 0.005;
}

}  // namespace

TEST_CASE("synthetic rankings are permutations and meet every printed figure", "[ranking]") {
  const Catalog catalog = shipped();
  const Targets targets = read_targets("data/ranking/targets.csv", catalog);
  const auto given = synthetic_rankings(catalog, targets, 3, 1);
  const Study study = make_study(catalog, given, Settings(), "synthetic");
  CHECK(study.rankings.size() == 60);  // none was left out: all are permutations
  const auto table = target_table(study, deterministic_results(study), targets);
  CHECK(table.rows.size() == 15 + 20);
  for (const auto& row : table.rows) {
    const std::string quantity = std::get<std::string>(row[table.column("quantity")]);
    INFO(quantity << " " << std::get<std::string>(row[table.column("which")]));
    CHECK(std::abs(std::get<double>(row[table.column("difference")])) <= tolerance(quantity));
  }
}

TEST_CASE("exchanges of neighbouring ranks bring W where it should be", "[ranking]") {
  std::vector<double> order(25);
  for (std::size_t t = 0; t < order.size(); ++t) order[t] = static_cast<double>(t + 1);
  for (const double w : {0.978, 0.9, 0.6}) {
    Rows replicates(3, order);
    match_concordance(replicates, w, 5, 0);
    CHECK(meridian::inference::concordance(replicates).w == Approx(w).margin(0.0005));
    for (auto row : replicates) {
      std::sort(row.begin(), row.end());
      CHECK(row == order);
    }
  }
}

TEST_CASE("means that differ by rounding only are tied", "[ranking]") {
  const double third = 1.0 / 3, sum = 0.1 + 0.2 + third;
  const std::vector<double> scores{sum, third + 0.3, 5};
  CHECK(votes(scores, 0, true) == std::vector<double>{0.5, 0.5, 0});
  CHECK(votes(scores, 1, true) == std::vector<double>{0.5, 0.5, 0});
  CHECK(votes(scores, 0, false) == std::vector<double>{1, 0, 0});
  CHECK(votes(scores, 1, false) == std::vector<double>{0, 1, 0});
}

TEST_CASE("a target of something unknown, or none for a group, is told", "[ranking]") {
  const meridian::tests::ScratchFolder scratch;
  const auto file = [&](const std::string& lines) {
    return scratch.write("targets.csv", "quantity,which,value\n" + lines);
  };
  CHECK_THROWS_AS(read_targets(file("cohesion,FR,0.5\n"), shipped()), meridian::InputError);
  CHECK_THROWS_AS(read_targets(file("cohesiveness,CN,0.5\n"), shipped()), meridian::InputError);
  CHECK_THROWS_AS(read_targets(file("cohesion,CN,0.5\n"), shipped()), meridian::InputError);
}
