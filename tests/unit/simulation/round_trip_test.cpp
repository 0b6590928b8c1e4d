// The survey stage reads the synthetic people as it reads real ones.
#include <catch2/catch.hpp>

#include "simulated_files.hpp"
#include "survey/mfq2_people.hpp"
#include "survey/registry.hpp"
#include "survey/wvs_people.hpp"

namespace meridian::tests {
namespace {

simulation::StudyOptions people_only() {
  simulation::StudyOptions options;
  options.models = false;
  return options;
}

std::int64_t count_of(const findings::Ledger& ledger, const std::string& rule_part) {
  std::int64_t count = 0;
  for (const auto& line : ledger.lines())
    if (line.rule.find(rule_part) != std::string::npos) count += line.count;
  return count;
}

std::map<std::string, std::size_t> by_nation(const survey::People& people) {
  std::map<std::string, std::size_t> counts;
  for (const std::int32_t nation : people.nation) ++counts[people.nations[static_cast<std::size_t>(nation)]];
  return counts;
}

}  // namespace

TEST_CASE("synthetic MFQ-2 people are read back whole") {
  const Study study(people_only());
  findings::Ledger ledger;
  const auto people = survey::read_mfq2_people(study.file("MFQ2/human_mfq_responses.csv"),
                                               survey::read_instrument("data/items/mfq2.csv", "MFQ2"), {}, ledger);
  CHECK(by_nation(people) == std::map<std::string, std::size_t>{{"China", 517}, {"USA", 515}});
  for (const auto& line : ledger.lines()) CHECK(line.count == 0);
}

TEST_CASE("synthetic WVS people are read back, the others excluded by rule") {
  const Study study(people_only());
  findings::Ledger ledger;
  const auto people = survey::read_wvs_people({study.file("WVS/human_wvs_responses.csv")},
                                              survey::read_instrument("data/items/wvs.csv", "WVS"), {}, ledger);
  const auto rows = records(study.file("WVS/human_wvs_responses.csv"));
  CHECK(by_nation(people) == std::map<std::string, std::size_t>{{"China", wvs_nationals(rows, "CHN").size()},
                                                                {"USA", wvs_nationals(rows, "USA").size()}});
  CHECK(count_of(ledger, "national") > 10);
  CHECK(rows.size() > people.size() + static_cast<std::size_t>(count_of(ledger, "national")));  // incomplete people
}

}  // namespace meridian::tests
