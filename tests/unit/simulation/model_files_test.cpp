#include "simulation/model_files.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <tuple>

#include "simulated_files.hpp"
#include "survey/answer_text.hpp"

namespace meridian::tests {
namespace {

using CellKey = std::tuple<std::string, std::string, std::string, std::string>;  // model, language, persona, item

CellKey key_of(const Record& row) { return {row.at("LLM"), row.at("language"), row.at("persona"), row.at("item")}; }

simulation::StudyOptions models_only() {
  simulation::StudyOptions options;
  options.people = false;
  return options;
}

struct Trials {
  int asked = 0, valid = 0, sum = 0;
  std::string first_iteration, first_response;
};

std::map<CellKey, Trials> tally(const std::filesystem::path& file, int highest) {
  std::map<CellKey, Trials> cells;
  for (const Record& row : records(file)) {
    Trials& cell = cells[key_of(row)];
    ++cell.asked;
    const auto answer = survey::read_answer(row.at("response"), 1, highest);
    if (answer.kind != survey::AnswerKind::answer) continue;
    if (cell.valid++ == 0) cell.first_iteration = row.at("iteration"), cell.first_response = row.at("response");
    cell.sum += answer.value;
  }
  return cells;
}

std::set<std::string> models_in(const std::vector<Record>& rows) {
  std::set<std::string> models;
  for (const Record& row : rows) models.insert(row.at("LLM"));
  return models;
}

void check_means(const std::vector<Record>& means, const std::map<CellKey, Trials>& cells) {
  for (const Record& row : means) {
    const Trials& cell = cells.at(key_of(row));
    REQUIRE(cell.valid > 0);
    CHECK(row.at("llm_response") == tables::format_number(static_cast<double>(cell.sum) / cell.valid));
    CHECK(row.at("iteration") == cell.first_iteration);
    CHECK(row.at("response") == cell.first_response);
    CHECK(row.at("valid_response") == "TRUE");
  }
}

}  // namespace

TEST_CASE("published means are the means of the trials' valid iterations") {
  const Study study(models_only());
  const auto mfq = tally(study.file("MFQ2/llm_mfq_trials.csv"), 5);
  const auto wvs = tally(study.file("WVS/llm_wvs_trials.csv"), 10);
  CHECK(mfq.size() == 20 * 6 * 36);
  CHECK(wvs.size() == 20 * 6 * 19);
  for (const auto& [key, cell] : mfq) CHECK(cell.asked == 20);
  const auto null_means = records(study.file("WVS/llm_wvs_responses.csv"));
  const auto persona_means = records(study.file("WVS/llm_wvs_persona_responses.csv"));
  const auto mfq_means = records(study.file("MFQ2/llm_mfq_responses.csv"));
  check_means(mfq_means, mfq);
  check_means(null_means, wvs);
  check_means(persona_means, wvs);
  // As in the public files: 20, 14 and 17 models, complete in every condition of their file.
  CHECK(mfq_means.size() == 20 * 6 * 36);
  CHECK(models_in(null_means).size() == 14);
  CHECK(null_means.size() == 14 * 6 * 19);
  CHECK(models_in(persona_means).size() == 17);
  CHECK(persona_means.size() == 17 * 4 * 19);
  for (const Record& row : persona_means) CHECK(row.at("persona") != "none");
}

TEST_CASE("models refuse sometimes, some more in Chinese") {
  const Study study(models_only());
  std::map<std::string, std::pair<double, double>> refused;
  for (const auto& [key, cell] : tally(study.file("MFQ2/llm_mfq_trials.csv"), 5)) {
    auto& [count, asked] = refused[std::get<0>(key) + " " + std::get<1>(key)];
    count += cell.asked - cell.valid;
    asked += cell.asked;
  }
  const auto rate = [&](const std::string& key) { return refused.at(key).first / refused.at(key).second; };
  CHECK(rate("claude-opus-4-20250514 Chinese") > 0.1);
  CHECK(rate("claude-opus-4-20250514 Chinese") > rate("claude-opus-4-20250514 English"));
  CHECK(rate("gpt-4.1 English") < 0.02);
}

TEST_CASE("rows follow the first valid trial, so a cell's first row may have a persona") {
  const Study study(models_only());
  std::map<std::tuple<std::string, std::string, std::string>, std::string> first;  // model, language, item -> persona
  long last = 0;
  std::string model;
  for (const Record& row : records(study.file("WVS/llm_wvs_responses.csv"))) {
    if (row.at("LLM") != model) model = row.at("LLM"), last = 0;
    CHECK(std::stol(row.at("iteration")) >= last);
    last = std::stol(row.at("iteration"));
    first.emplace(std::make_tuple(row.at("LLM"), row.at("language"), row.at("item")), row.at("persona"));
  }
  std::size_t with_persona = 0;
  for (const auto& [key, persona] : first) with_persona += persona != "none";
  CHECK(with_persona > 0);
  CHECK(with_persona < first.size() / 10);
}

TEST_CASE("a language or persona left out changes nothing elsewhere") {
  auto options = models_only();
  options.surveys = {"mfq2"};
  options.model_count = 3;
  const Study all(options);
  options.languages = {"English"};
  options.personas = {"USA"};
  const Study part(options);
  std::map<CellKey, std::string> means;
  for (const Record& row : records(all.file("MFQ2/llm_mfq_responses.csv"))) means[key_of(row)] = row.at("llm_response");
  const auto rows = records(part.file("MFQ2/llm_mfq_responses.csv"));
  CHECK(rows.size() == 3 * 36);
  for (const Record& row : rows) CHECK(means.at(key_of(row)) == row.at("llm_response"));
}

TEST_CASE("models, languages and personas of any number and name") {
  auto options = models_only();
  options.surveys = {"mfq2"};
  options.model_count = 23;
  options.iterations = 3;
  options.languages = {"English", "Welsh"};
  options.personas = {"none", "a farmer, retired"};
  const Study study(options);
  const auto rows = records(study.file("MFQ2/llm_mfq_responses.csv"));
  CHECK(models_in(rows).count("synthetic-023") == 1);
  CHECK(rows.size() == 23 * 2 * 2 * 36);
  std::set<std::string> registered;
  for (const Record& row : records(study.file("llm_info.csv")))
    if (row.at("group") == "LLM") registered.insert(row.at("LLM"));
  CHECK(registered == models_in(rows));
}

TEST_CASE("the study's models are those of the registry") {
  std::map<std::string, std::pair<std::string, std::string>> registry;
  for (const Record& row : records("data/models.csv"))
    registry[row.at("name")] = {row.at("display_name"), row.at("origin")};
  const auto models = simulation::simulated_models(simulation::read_parameters(parameter_folder), 20);
  REQUIRE(registry.size() == 20);
  for (const auto& model : models) {
    const auto& [display_name, origin] = registry.at(model.description.name);
    CHECK(model.description.display_name == display_name);
    CHECK(model.description.origin == origin);
  }
}

}  // namespace meridian::tests
