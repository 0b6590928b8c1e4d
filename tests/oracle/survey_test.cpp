// The survey stage on the first study's public files (../shared). Texts and per-person values stay there: the tests
// hold counts, lines and digests only.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <set>

#include "survey/alpha.hpp"
#include "survey/answer_text.hpp"
#include "survey/coherence.hpp"
#include "survey/integrity.hpp"
#include "survey/mfq2_people.hpp"
#include "survey/model_answers.hpp"
#include "survey/people_counts.hpp"
#include "survey/registry.hpp"
#include "tables/csv.hpp"

using namespace meridian;
using namespace meridian::survey;

namespace {

const std::filesystem::path shared = "../shared";
const std::filesystem::path study = shared / "data/china_us_llm_alignment/Data";

Instrument mfq2() { return read_instrument("data/items/mfq2.csv", "MFQ2"); }
Instrument wvs() { return read_instrument("data/items/wvs.csv", "WVS"); }

People people(const std::string& participant_id) {
  PeopleOptions options;
  options.participant_id = participant_id;
  options.countries = read_countries("data/countries.csv");
  findings::Ledger ledger;
  return read_mfq2_people(study / "MFQ2/human_mfq_responses.csv", mfq2(), options, ledger);
}

ModelAnswers models(const std::string& file, const Instrument& instrument) {
  findings::Ledger ledger;
  return read_model_answers(study / file, instrument, read_registry("data/models.csv"), ledger);
}

/// internal_consistency.csv: (country, dimension or statistic) -> value.
std::map<std::pair<std::string, std::string>, double> consistency(const std::string& grouping) {
  std::map<std::pair<std::string, std::string>, double> values;
  tables::CsvReader csv(shared / "oracle/mfq2_moments/internal_consistency.csv");
  while (csv.next())
    if (csv.text(csv.column("grouping")) == grouping)
      values[{std::string(csv.text(csv.column("country"))), std::string(csv.text(csv.column("dimension")))}] =
          csv.number(csv.column("value"));
  return values;
}

void check_consistency(const std::string& participant_id, const std::string& grouping) {
  const People all = people(participant_id);
  const Instrument instrument = mfq2();
  const auto expected = consistency(grouping);
  REQUIRE(expected.size() == 18);
  for (std::size_t nation = 0; nation < all.nations.size(); ++nation) {
    const std::string& country = all.nations[nation];
    CAPTURE(participant_id, country);
    for (const std::string& dimension : dimensions_of(instrument)) {
      CAPTURE(dimension);
      const AnswerMatrix answers(all, nation, items_of(instrument, dimension));
      CHECK(cronbach_alpha(answers) == Approx(expected.at({country, dimension})).margin(1e-12).epsilon(0));
    }
    const AnswerMatrix answers(all, nation, all_items(instrument));
    CHECK(mean_correlation(answers) == Approx(expected.at({country, "mean_offdiag_r"})).margin(1e-12).epsilon(0));
    CHECK(spread_of_means(answers) == Approx(expected.at({country, "sd_of_person_means"})).margin(1e-12).epsilon(0));
    CHECK(static_cast<double>(count_people(all, nation, instrument).constant) ==
          expected.at({country, "n_straightliners"}));
  }
}

std::string with_line_breaks(std::string_view escaped) {
  std::string text;
  for (std::size_t at = 0; at < escaped.size(); ++at)
    if (escaped.substr(at, 2) == "\\n") {
      text += '\n';
      ++at;
    } else {
      text += escaped[at];
    }
  return text;
}

}  // namespace

TEST_CASE("the registry in data/ is the study's", "[shared]") {
  const auto ours = read_registry("data/models.csv"), theirs = read_registry(study / "llm_info.csv");
  REQUIRE(ours.size() == 20);
  REQUIRE(theirs.size() == 20);
  for (std::size_t i = 0; i < ours.size(); ++i) {
    CHECK(ours[i].name == theirs[i].name);
    CHECK(ours[i].display_name == theirs[i].display_name);
    CHECK(ours[i].origin == theirs[i].origin);
  }
}

TEST_CASE("the MFQ-2 dictionary has the study's dimensions", "[shared]") {
  const Instrument instrument = mfq2();
  tables::CsvReader csv(shared / "data/china_us_llm_alignment/Scripts/MFQ2/mfq_python_API_call_scripts/mfq_items.csv");
  std::size_t rows = 0;
  for (; csv.next(); ++rows) {
    const auto item = static_cast<std::size_t>(csv.integer(csv.column("item")) - 1);
    CHECK(instrument.items.at(item).id == csv.text(csv.column("item")));
    CHECK(instrument.items.at(item).dimension == csv.text(csv.column("dimension")));
  }
  CHECK(rows == 72);
}

TEST_CASE("1 032 people by the column, 1 032 by blocks of 36", "[shared]") {
  for (const std::string participant_id : {"column", "blocks:36"}) {
    const People all = people(participant_id);
    CHECK(all.size() == 1032);
    CHECK(all.nations == std::vector<std::string>{"China", "USA"});
    CHECK(std::count(all.nation.begin(), all.nation.end(), 0) == 517);
    CHECK(all.ids.front() == "1_USA");
  }
}

TEST_CASE("ids are those of the oracle's cosine tables", "[shared]") {
  // Every answer of person 7_China by the column is that of the file's rows with Participant 7, Group China.
  const People all = people("column");
  const auto person = static_cast<std::size_t>(std::find(all.ids.begin(), all.ids.end(), "7_China") - all.ids.begin());
  REQUIRE(person < all.size());
  tables::CsvReader csv(study / "MFQ2/human_mfq_responses.csv");
  std::size_t rows = 0;
  while (csv.next())
    if (csv.text(csv.column("Participant")) == "7" && csv.text(csv.column("Group")) == "China") {
      const auto item = static_cast<std::size_t>(csv.integer(csv.column("Item")) - 1);
      CHECK(all.answers[person * 36 + item] == csv.integer(csv.column("Response")));
      ++rows;
    }
  CHECK(rows == 36);
}

TEST_CASE("internal consistency agrees to 1e-12, by the column and by blocks", "[shared]") {
  check_consistency("column", "participant_column");
  check_consistency("blocks:36", "blocks_of_36");
}

TEST_CASE("the scrambled participant column is found and said loudly", "[shared]") {
  const People column = people("column");
  const auto blocks = read_mfq2_blocks(study / "MFQ2/human_mfq_responses.csv", mfq2(), {});
  REQUIRE(blocks.has_value());
  const IntegrityReport report =
      check_people("human_mfq_responses.csv", {{"column", &column, true}, {"blocks:36", &*blocks, false}}, mfq2());
  const auto loud = std::count_if(report.notes.begin(), report.notes.end(),
                                  [](const auto& note) { return note.severity == findings::Severity::warning; });
  REQUIRE(loud == 1);
  for (const findings::Note& note : report.notes)
    if (note.severity == findings::Severity::warning) CHECK(note.remedy == "Set participant_id = blocks:36.");
  for (const findings::Table& table : report.tables) {
    CAPTURE(table.name);
    CHECK_FALSE(table.rows.empty());
    if (table.name != "people_coherence") continue;
    for (const auto& row : table.rows) {
      const bool restored = std::get<std::string>(row[0]) == "blocks:36";
      CHECK((std::get<double>(row[table.column("p_value")]) < 0.01) == restored);
    }
  }
}

TEST_CASE("told apart by blocks, the people raise no warning", "[shared]") {
  const People blocks = people("blocks:36");
  const IntegrityReport report = check_people("human_mfq_responses.csv", {{"blocks:36", &blocks, true}}, mfq2());
  for (const findings::Note& note : report.notes) CHECK(note.severity != findings::Severity::warning);
}

TEST_CASE("models and cells of the three public files", "[shared]") {
  const ModelAnswers mfq = models("MFQ2/llm_mfq_responses.csv", mfq2());
  CHECK(mfq.models.size() == 20);
  CHECK(mfq.cells.size() == 4320);  // quoted line breaks spread these rows over more lines
  CHECK(mfq.personas.size() == 3);
  const ModelAnswers plain = models("WVS/llm_wvs_responses.csv", wvs());
  CHECK(plain.models.size() == 14);
  CHECK(plain.cells.size() == 1596);
  const ModelAnswers persona = models("WVS/llm_wvs_persona_responses.csv", wvs());
  CHECK(persona.models.size() == 17);
  CHECK(persona.cells.size() == 1292);
  CHECK(std::set<std::string>(persona.personas.begin(), persona.personas.end()) ==
        std::set<std::string>{"China", "USA"});
  for (const Cell& cell : plain.cells) CHECK(cell.valid == -1);
}

TEST_CASE("first rows of the WVS file: six cells come from a persona", "[shared]") {
  const ModelAnswers answers = models("WVS/llm_wvs_responses.csv", wvs());
  const IntegrityReport report = check_models("models", answers, wvs(), read_registry("data/models.csv"));
  const auto table = std::find_if(report.tables.begin(), report.tables.end(),
                                  [](const findings::Table& t) { return t.name == "models_first_rows"; });
  REQUIRE(table != report.tables.end());
  std::set<std::vector<std::string>> ours, theirs;
  for (const auto& row : table->rows)
    ours.insert({std::get<std::string>(row[0]), std::get<std::string>(row[1]), std::get<std::string>(row[2]),
                 std::get<std::string>(row[3]), tables::format_number(std::get<double>(row[4]))});
  tables::CsvReader csv(shared / "oracle/wvs/llm_vectors_used.csv");
  const auto text = [&](const char* column) { return std::string(csv.text(csv.column(column))); };
  while (csv.next())
    if (text("analysis") == "RQ1_RQ3" && text("taken_from_persona") != "none")
      theirs.insert({text("llm"), text("language"), text("item"), text("taken_from_persona"),
                     tables::format_number(csv.number(csv.column("value_used")))});
  CHECK(theirs.size() == 6);
  CHECK(ours == theirs);
  CHECK(std::any_of(report.notes.begin(), report.notes.end(), [](const findings::Note& note) {
    return note.severity == findings::Severity::warning && note.remedy == "Set llm_rows = persona:none.";
  }));
}

TEST_CASE("every value used by the oracle is the cell's mean", "[shared]") {
  const Instrument instrument = wvs();
  std::map<std::vector<std::string>, double> means;
  for (const std::string file : {"WVS/llm_wvs_responses.csv", "WVS/llm_wvs_persona_responses.csv"}) {
    const ModelAnswers answers = models(file, instrument);
    for (const Cell& cell : answers.cells)
      means[{file, answers.models[static_cast<std::size_t>(cell.model)].name,
             answers.languages[static_cast<std::size_t>(cell.language)],
             answers.personas[static_cast<std::size_t>(cell.persona)],
             instrument.items[static_cast<std::size_t>(cell.item)].id}] = cell.mean;
  }
  tables::CsvReader csv(shared / "oracle/wvs/llm_vectors_used.csv");
  const auto text = [&](const char* column) { return std::string(csv.text(csv.column(column))); };
  std::size_t rows = 0;
  for (; csv.next(); ++rows) {
    const std::string file =
        text("analysis") == "RQ1_RQ3" ? "WVS/llm_wvs_responses.csv" : "WVS/llm_wvs_persona_responses.csv";
    const auto found = means.find({file, text("llm"), text("language"), text("taken_from_persona"), text("item")});
    REQUIRE(found != means.end());
    CHECK(found->second == Approx(csv.number(csv.column("value_used"))).epsilon(1e-14));
  }
  CHECK(rows > 1000);
}

TEST_CASE("every retained text that is an answer is scored as its own digit", "[shared]") {
  // In these texts each digit that can be an answer agrees: the first one not part of a scale or a list.
  tables::CsvReader csv(shared / "oracle/raw_response_distinct.csv");
  std::map<std::string, std::int64_t> scored, unscored;
  while (csv.next()) {
    const std::string file(csv.text(csv.column("file")));
    const std::string text = with_line_breaks(csv.text(csv.column("response_escaped")));
    const AnswerText answer = read_answer(text, 1, file == "mfq" ? 5 : 10);
    const std::int64_t count = csv.integer(csv.column("count"));
    (answer.kind == AnswerKind::answer ? scored : unscored)[file] += count;
    if (answer.kind == AnswerKind::answer) {
      const std::size_t first = text.find_first_of("0123456789");
      CHECK(answer.value == std::stoi(text.substr(first)));
    }
  }
  // Seven texts of the MFQ-2 file begin to explain the scale or the method and are cut off; one is "NA".
  CHECK(unscored == std::map<std::string, std::int64_t>{{"mfq", 8}});
  CHECK(scored == std::map<std::string, std::int64_t>{{"mfq", 4312}, {"wvs", 1596}, {"wvs_persona", 1292}});
}

TEST_CASE("retained texts that hold no answer are reported", "[shared]") {
  const Instrument instrument = mfq2();
  const ModelAnswers answers = models("MFQ2/llm_mfq_responses.csv", instrument);
  CHECK(answers.texts == 4320);
  CHECK(answers.unscored_texts.size() == 8);
  const IntegrityReport report = check_models("models", answers, instrument, read_registry("data/models.csv"));
  CHECK(std::any_of(report.notes.begin(), report.notes.end(),
                    [](const findings::Note& note) { return note.about == "retained texts"; }));
}
