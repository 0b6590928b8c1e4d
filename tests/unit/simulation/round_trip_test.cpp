// The survey stage reads the synthetic people as it reads real ones.
#include <catch2/catch.hpp>
#include <cmath>
#include <tuple>
#include <utility>

#include "simulated_files.hpp"
#include "survey/mfq2_people.hpp"
#include "survey/model_answers.hpp"
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

using CellName = std::tuple<std::string, std::string, std::string, std::int32_t>;

std::map<CellName, survey::Cell> cells_by_name(const survey::ModelAnswers& answers) {
  const auto name = [](const std::vector<std::string>& names, std::int32_t k) {
    return names[static_cast<std::size_t>(k)];
  };
  std::map<CellName, survey::Cell> cells;
  for (const survey::Cell& cell : answers.cells)
    cells[{answers.models[static_cast<std::size_t>(cell.model)].name, name(answers.languages, cell.language),
           name(answers.personas, cell.persona), cell.item}] = cell;
  return cells;
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

TEST_CASE("the file of means holds exactly what the trials give") {
  simulation::StudyOptions options;
  options.people = false;
  options.model_count = 23;
  const Study study(options);
  const auto registry = survey::read_registry(study.file("llm_info.csv"));
  CHECK(registry.size() == 23);
  for (const auto& [name, code] : {std::pair{"MFQ2", "mfq"}, std::pair{"WVS", "wvs"}}) {
    const std::string folder = std::string(name) + "/llm_" + code;
    const auto instrument =
        survey::read_instrument(std::string("data/items/") + (folder[0] == 'M' ? "mfq2" : "wvs") + ".csv", name);
    findings::Ledger ledger;
    const auto trials =
        cells_by_name(survey::read_model_answers(study.file(folder + "_trials.csv"), instrument, registry, ledger));
    const auto means =
        cells_by_name(survey::read_model_answers(study.file(folder + "_responses.csv"), instrument, registry, ledger));
    CHECK(trials.size() == 23 * 6 * instrument.items.size());
    CHECK(means.size() > 14 * 6 * instrument.items.size());
    for (const auto& [cell, mean] : means) CHECK(trials.at(cell).mean == mean.mean);
    for (const auto& [cell, trial] : trials) {
      CHECK(trial.valid + trial.refused == 20);
      CHECK((trial.valid > 0) == !std::isnan(trial.mean));
    }
  }
}

}  // namespace meridian::tests
