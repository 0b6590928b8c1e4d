// The public sample of Multi-step Moral Dilemmas, read as it is; choices simulated from known strengths, for it has
// none.
#include <catch2/catch.hpp>
#include <cmath>

#include "dilemmas/bradley_terry.hpp"
#include "dilemmas/step_tables.hpp"
#include "random/stream.hpp"

using namespace meridian;
using namespace meridian::dilemmas;

namespace {

StepLabels labels_of(const std::string& name) {
  std::vector<std::string> fields;
  for (const auto& field : label_fields()) fields.push_back(field.name);
  audit::RecordFiles records;
  records.files.emplace_back("../shared/data/isir-wuya_Multi-step-Moral-Dilemmas/" + name,
                             tables::read_record_mapping("data/mappings/multi-step-dilemmas.csv", fields));
  return read_step_labels(records);
}

std::int64_t meetings(const findings::Table& table, const std::string& first, const std::string& second) {
  for (const auto& row : table.rows)
    if (std::get<std::string>(row[0]).rfind(first, 0) == 0 && std::get<std::string>(row[1]).rfind(second, 0) == 0)
      return std::get<std::int64_t>(row[2]);
  return 0;
}

}  // namespace

TEST_CASE("moral foundations: 25 records of 20 dilemmas of five steps, and who meets whom") {
  const StepLabels labels = labels_of("MMDs_MFT.json");
  CHECK(labels.dilemmas.size() == 20);
  CHECK(labels.steps == 5);
  CHECK(labels.values.size() == 6);
  CHECK(labels.written == 250);
  CHECK(labels.repeated == 25);  // five dilemmas come twice, word for word
  CHECK(labels.folded > 0);
  const findings::Table table = meeting_table(labels);
  CHECK(meetings(table, "care", "liberty") == 33);
  CHECK(meetings(table, "care", "fairness") == 22);
  CHECK(meetings(table, "care", "loyalty") == 21);
  CHECK(meetings(table, "care", "sanctity") == 4);
  CHECK(meetings(table, "fairness", "liberty") == 4);
  CHECK(meetings(table, "authority", "fairness") == 3);
  CHECK(meetings(table, "authority", "care") == 3);
}

TEST_CASE("Schwartz: 26 dilemmas of five steps") {
  const StepLabels labels = labels_of("MMDs_Schwartz.json");
  CHECK(labels.dilemmas.size() == 26);
  CHECK(labels.written == 260);
}

TEST_CASE("strengths behind simulated choices in these dilemmas are found again") {
  const StepLabels labels = labels_of("MMDs_MFT.json");
  Contests contests;
  contests.models = {"simulated"};
  random::Stream stream(11, "choices in public dilemmas", 0);
  const auto strength = [](std::size_t value) { return 0.3 * (2.5 - static_cast<double>(value)); };
  for (std::size_t d = 0; d < labels.dilemmas.size(); ++d)
    for (std::size_t s = 0; s < labels.steps; ++s) {
      const auto [a, b] = labels.at(d, s);
      Contest contest{0, d, s, a, b};
      const double chance = 1 / (1 + std::exp(strength(b) - strength(a)));
      for (int answer = 0; answer < 400; ++answer) ++(stream.uniform() < chance ? contest.wins_a : contest.wins_b);
      contests.contests.push_back(contest);
    }
  const auto wins = win_matrices(contests, labels, std::vector<double>(labels.dilemmas.size(), 1.0));
  const BradleyTerry fit = bradley_terry(pooled(wins[0]), labels.values);
  REQUIRE(fit.undefined.empty());
  CHECK(fit.p_value > 0.001);
  for (std::size_t v = 0; v < labels.values.size(); ++v) {
    const auto at = static_cast<Eigen::Index>(v);
    CHECK(std::abs(fit.strength[at] - strength(v)) < 4 * fit.std_error[at]);
  }
}
