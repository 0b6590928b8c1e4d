#include "survey/integrity.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <limits>

#include "random/stream.hpp"
#include "small_survey.hpp"

using namespace meridian;
using namespace meridian::survey;
using findings::Severity;
using tests::small_instrument;
using tests::small_registry;

namespace {

/// People whose three answers share a level; `shift` moves items 2 and 3 to other people, as a wrong id column does.
People people_shifted(std::size_t shift) {
  People people;
  people.nations = {"X"};
  const std::size_t count = 200;
  const auto answer = [](std::size_t person, std::uint64_t item) {
    random::Stream level(1, "level", person), noise(item, "noise", person);
    return static_cast<std::int16_t>(1 + level.below(4) + noise.below(2));
  };
  for (std::size_t person = 0; person < count; ++person) {
    people.ids.push_back(std::to_string(person) + "_X");
    people.nation.push_back(0);
    for (std::size_t item = 0; item < 3; ++item)
      people.answers.push_back(answer((person + item * shift) % count, item));
  }
  return people;
}

const findings::Note* about(const IntegrityReport& report, const std::string& subject) {
  const auto found = std::find_if(report.notes.begin(), report.notes.end(),
                                  [&](const findings::Note& note) { return note.about == subject; });
  return found == report.notes.end() ? nullptr : &*found;
}

const findings::Table& table(const IntegrityReport& report, const std::string& name) {
  return *std::find_if(report.tables.begin(), report.tables.end(),
                       [&](const findings::Table& t) { return t.name == name; });
}

ModelAnswers two_models() {
  ModelAnswers answers;
  answers.file = "models.csv";
  answers.models = {small_registry()[0], small_registry()[1]};
  answers.languages = {"Chinese"};
  answers.personas = {"none", "China"};
  for (std::int32_t model = 0; model < 2; ++model)
    for (std::int32_t persona = 0; persona < 2; ++persona)
      for (std::int32_t item = 0; item < 3; ++item)
        answers.cells.push_back({model, 0, persona, item, 1.0 + item + 0.5 * persona + 0.25 * model * item});
  return answers;
}

}  // namespace

TEST_CASE("a scrambled id column beside coherent blocks is a warning that names the option") {
  const People column = people_shifted(17), blocks = people_shifted(0);
  const auto report =
      check_people("people.csv", {{"column", &column, true}, {"blocks:3", &blocks, false}}, small_instrument());
  const findings::Note* note = about(report, "participant column");
  REQUIRE(note != nullptr);
  CHECK(note->severity == Severity::warning);
  CHECK(note->remedy == "Set participant_id = blocks:3.");
  CHECK(report.tables.size() == 4);
  CHECK(table(report, "people_consistency").rows.size() == 4);  // 2 groupings x 2 dimensions
  CHECK(table(report, "people_coherence").rows.size() == 2);
}

TEST_CASE("scrambled people without a better grouping are a caution; coherent ones are silent") {
  const People column = people_shifted(17), good = people_shifted(0);
  const auto lone = check_people("people.csv", {{"column", &column, true}}, small_instrument());
  REQUIRE(about(lone, "participant column") != nullptr);
  CHECK(about(lone, "participant column")->severity == Severity::caution);
  CHECK(about(check_people("people.csv", {{"column", &good, true}}, small_instrument()), "participant column") ==
        nullptr);
}

TEST_CASE("models: registry, missing items, first rows") {
  ModelAnswers answers = two_models();
  std::swap(answers.cells[0], answers.cells[3]);                     // panda-1, item 1: persona China now comes first
  answers.cells[8].mean = std::numeric_limits<double>::quiet_NaN();  // eagle-2, none, item 3
  const auto report = check_models("models", answers, small_instrument(), small_registry());
  CHECK(table(report, "models_models").rows.size() == 3);
  CHECK(std::get<std::int64_t>(table(report, "models_models").rows[1][4]) == 5);
  CHECK(std::get<std::int64_t>(table(report, "models_models").rows[2][4]) == 0);
  REQUIRE(about(report, "model registry") != nullptr);
  CHECK_THAT(about(report, "model registry")->text, Catch::Contains("1 of 3 models") && Catch::Contains("idle"));
  REQUIRE(about(report, "missing items") != nullptr);
  CHECK_THAT(about(report, "missing items")->text, Catch::Contains("eagle-2 (Chinese, persona none: 3)"));
  const findings::Table& first_rows = table(report, "models_first_rows");
  REQUIRE(first_rows.rows.size() == 1);
  CHECK(std::get<std::string>(first_rows.rows[0][0]) == "panda-1");
  CHECK(std::get<std::string>(first_rows.rows[0][3]) == "China");
  CHECK(std::get<double>(first_rows.rows[0][4]) == 1.5);
  CHECK(std::get<double>(first_rows.rows[0][5]) == 1.0);
  CHECK(about(report, "rows of the model vectors")->severity == Severity::warning);
  CHECK(about(report, "rows of the model vectors")->remedy == "Set llm_rows = persona:none.");
  const auto unused = check_models("models", answers, small_instrument(), small_registry(), false);
  CHECK(about(unused, "rows of the model vectors")->severity == Severity::caution);
}

TEST_CASE("models in order raise no note but the absent one") {
  const auto report = check_models("models", two_models(), small_instrument(), small_registry());
  REQUIRE(report.notes.size() == 1);
  CHECK(report.notes[0].about == "model registry");
  CHECK(table(report, "models_first_rows").rows.empty());
}

TEST_CASE("constant and copied vectors are seen") {
  ModelAnswers answers = two_models();
  for (std::size_t item = 0; item < 3; ++item) {
    answers.cells[item].mean = 2;                                 // panda-1, none
    answers.cells[9 + item].mean = answers.cells[3 + item].mean;  // eagle-2 China = panda-1 China
  }
  const auto report = check_models("m", answers, small_instrument(), small_registry());
  CHECK(std::get<std::string>(table(report, "m_cells").rows[0][5]) == "yes");
  CHECK(std::get<std::string>(table(report, "m_cells").rows[1][5]) == "no");
  REQUIRE(about(report, "repeated vectors") != nullptr);
  CHECK_THAT(about(report, "repeated vectors")->text,
             Catch::Contains("panda-1 (Chinese, persona China) and eagle-2 (Chinese, persona China)"));
}

TEST_CASE("repeated people are a caution") {
  People people = people_shifted(0);
  std::copy(people.answers.begin(), people.answers.begin() + 300, people.answers.begin() + 300);
  CHECK(about(check_people("p.csv", {{"column", &people, true}}, small_instrument()), "repeated rows") != nullptr);
}
