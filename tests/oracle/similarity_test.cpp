// Cosines of the real MFQ-2 answers, and the vectors of the real WVS answers, against the reference numbers.
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <string>
#include <tuple>

#include "panel/panel.hpp"
#include "similarity/tile.hpp"
#include "support/compressed_csv.hpp"
#include "survey/mfq2_people.hpp"
#include "survey/model_answers.hpp"
#include "survey/registry.hpp"
#include "tables/csv.hpp"

using namespace meridian;
using panel::Center;
using panel::Condition;
using panel::Rows;

namespace {

const std::string data_folder = "../shared/data/china_us_llm_alignment/Data/";
const std::string oracle_folder = "../shared/oracle/";

survey::ModelAnswers model_answers(const std::string& file, const survey::Instrument& instrument) {
  findings::Ledger ledger;
  return survey::read_model_answers(data_folder + file, instrument, survey::read_registry("data/models.csv"), ledger);
}

Condition condition(const std::string& language, const std::string& persona, Center center) {
  std::vector<std::string> pooled;
  if (center == Center::pooled_personas) pooled = {"China", "USA"};
  return {"models", language, persona, Rows::persona, center, pooled};
}

/// The conditions of every MFQ-2 analysis.
std::vector<Condition> mfq2_conditions() {
  std::vector<Condition> conditions;
  for (const char* language : {"Chinese", "English"}) {
    conditions.push_back(condition(language, "none", Center::condition));
    for (const char* persona : {"China", "USA"})
      conditions.push_back(condition(language, persona, Center::pooled_personas));
  }
  return conditions;
}

panel::Panel mfq2_panel(const std::string& participant_id) {
  const survey::Instrument instrument = survey::read_instrument("data/items/mfq2.csv", "MFQ2");
  survey::PeopleOptions options;
  options.participant_id = participant_id;
  findings::Ledger ledger;
  const survey::People people =
      survey::read_mfq2_people(data_folder + "MFQ2/human_mfq_responses.csv", instrument, options, ledger);
  std::vector<panel::Variant> variants = {panel::variant_none()};
  for (panel::Variant& variant : panel::dimension_variants(instrument)) variants.push_back(std::move(variant));
  return panel::build_panel(instrument, {{participant_id, people}},
                            {{"models", model_answers("MFQ2/llm_mfq_responses.csv", instrument)}}, mfq2_conditions(),
                            variants, ledger);
}

template <class Values, class Name>
std::map<std::string, std::size_t> index_by(const Values& values, Name name) {
  std::map<std::string, std::size_t> index;
  for (std::size_t i = 0; i < values.size(); ++i) index[name(values[i])] = i;
  return index;
}

/// Compares one reference table with the tile; the number of rows compared.
std::size_t compare(const panel::Panel& made, const similarity::Tile& tile, const std::string& file) {
  auto table = tests::read_compressed_csv(oracle_folder + file);
  const auto people = index_by(made.people.ids, [](const std::string& id) { return id; });
  const auto models = index_by(made.models, [](const survey::Model& model) { return model.name; });
  const auto conditions = index_by(made.conditions, [](const Condition& c) { return c.language + "/" + c.persona; });
  const auto variants = index_by(made.variants, [](const panel::Variant& variant) { return variant.name; });
  const std::vector<std::string>& cosines = table.at("cosine");
  double worst = 0;
  for (std::size_t row = 0; row < cosines.size(); ++row) {
    const std::size_t column =
        conditions.at(table.at("language")[row] + "/" + table.at("persona")[row]) * made.models.size() +
        models.at(table.at("llm")[row]);
    const double ours =
        tile.row(variants.at(table.at("removed")[row]), column)[people.at(table.at("participant")[row])];
    const double distance = std::abs(ours - std::stod(cosines[row]));
    if (!(distance <= worst)) worst = distance;  // also if ours is absent (NaN)
  }
  INFO(file);
  CHECK(worst < 1e-12);
  return cosines.size();
}

/// People x models x variants that have a cosine under a condition.
std::size_t present(const panel::Panel& made, const similarity::Tile& tile, std::size_t condition) {
  std::size_t count = 0;
  for (std::size_t variant = 0; variant < tile.variants; ++variant)
    for (std::size_t model = 0; model < made.models.size(); ++model)
      for (std::size_t person = 0; person < tile.people; ++person)
        count += !std::isnan(tile.row(variant, condition * made.models.size() + model)[person]);
  return count;
}

}  // namespace

TEST_CASE("MFQ-2 cosines of every analysis agree with the reference, by column and by blocks", "[shared]") {
  for (const auto& [participant_id, folder] :
       std::map<std::string, std::string>{{"column", "mfq2/"}, {"blocks:36", "mfq2_restored/"}}) {
    const panel::Panel made = mfq2_panel(participant_id);
    similarity::Tile tile;
    similarity::Kernel(made).compute(0, made.people.size(), 2, tile);
    CHECK(compare(made, tile, folder + "cosine_rq1.csv.gz") > 20000);
    CHECK(compare(made, tile, folder + "cosine_rq2.csv.gz") > 80000);
    CHECK(compare(made, tile, folder + "cosine_rq3.csv.gz") > 140000);
    // S2 holds everybody under English, persona China: nobody more may have a cosine there.
    const std::size_t supplement = compare(made, tile, folder + "cosine_s2.csv.gz");
    CHECK(present(made, tile, 4) == supplement);
  }
}

namespace {

/// Key of a row of the reference file: analysis, language, persona.
std::map<std::string, Condition> wvs_conditions() {
  const std::vector<std::string> all = {"none", "China", "USA"}, both = {"China", "USA"};
  std::map<std::string, Condition> conditions;
  for (const std::string language : {"Chinese", "English"}) {
    conditions["RQ1_RQ3/" + language + "/none"] = {"models", language, "none", Rows::first_row, Center::pooled_personas,
                                                   all};
    for (const std::string& persona : both)
      conditions["RQ2/" + language + "/" + persona] = {"persona-models", language,          persona,
                                                       Rows::persona,    Center::condition, {}};
  }
  conditions["S2/English/China"] = {"persona-models", "English", "China", Rows::persona, Center::pooled_personas, both};
  return conditions;
}

}  // namespace

TEST_CASE("WVS vectors and centring means agree with the reference", "[shared]") {
  const survey::Instrument instrument = survey::read_instrument("data/items/wvs.csv", "WVS");
  std::vector<Condition> conditions;
  std::map<std::string, std::size_t> place_of;
  for (const auto& [key, condition] : wvs_conditions()) {
    place_of[key] = conditions.size();
    conditions.push_back(condition);
  }
  findings::Ledger ledger;
  const panel::Panel made =
      panel::build_panel(instrument, {},
                         {{"models", model_answers("WVS/llm_wvs_responses.csv", instrument)},
                          {"persona-models", model_answers("WVS/llm_wvs_persona_responses.csv", instrument)}},
                         conditions, {panel::variant_none()}, ledger);
  const auto items = index_by(instrument.items, [](const survey::Item& item) { return item.id; });
  const auto models = index_by(made.models, [](const survey::Model& model) { return model.name; });

  tables::CsvReader reader(oracle_folder + "wvs/llm_vectors_used.csv");
  const auto text = [&](const char* column) { return std::string(reader.text(reader.column(column))); };
  std::size_t rows = 0;
  while (reader.next()) {
    ++rows;
    const std::size_t place = place_of.at(text("analysis") + "/" + text("language") + "/" + text("persona"));
    const std::size_t model = models.at(text("llm"));
    CHECK(made.vector(place, model)[items.at(text("item"))] == Approx(std::stod(text("value_used"))).epsilon(1e-14));
    CHECK(made.centre[place * made.models.size() + model] ==
          Approx(std::stod(text("centring_mean_all_items"))).epsilon(1e-14));
  }
  CHECK(rows == (28 + 68 + 17) * 19);
  // Three models have no answers in the file of the first analysis: both of its conditions leave them out.
  std::int64_t left_out = 0;
  for (const findings::Exclusion& line : ledger.lines()) left_out += line.count;
  CHECK(left_out == 6);
}
