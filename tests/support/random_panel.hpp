#pragma once
// A panel of made-up answers of any size, the same on every machine.
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "panel/panel.hpp"
#include "random/stream.hpp"

namespace meridian::tests {

struct PanelSize {
  std::size_t people = 100, items = 19, models = 5, personas = 3;
  int lowest = 1, highest = 10;
};

inline survey::Instrument random_instrument(const PanelSize& size) {
  survey::Instrument instrument;
  instrument.name = "made";
  instrument.lowest = size.lowest;
  instrument.highest = size.highest;
  for (std::size_t i = 0; i < size.items; ++i) {
    survey::Item item;
    item.id = std::to_string(101 + i);
    instrument.items.push_back(item);
  }
  return instrument;
}

inline survey::People random_people(const PanelSize& size) {
  const auto steps = static_cast<std::uint32_t>(size.highest - size.lowest + 1);
  random::Stream stream(1, "people", 0);
  survey::People people;
  people.nations = {"China", "USA"};
  people.answers.reserve(size.people * size.items);
  for (std::size_t person = 0; person < size.people; ++person) {
    people.ids.push_back(std::to_string(person));
    people.nation.push_back(static_cast<std::int32_t>(person % 2));
    for (std::size_t item = 0; item < size.items; ++item)
      people.answers.push_back(static_cast<std::int16_t>(size.lowest + static_cast<int>(stream.below(steps))));
  }
  return people;
}

inline survey::Cell cell_of(std::size_t model, std::size_t language, std::size_t persona, std::size_t item,
                            double mean) {
  survey::Cell cell;
  cell.model = static_cast<std::int32_t>(model);
  cell.language = static_cast<std::int32_t>(language);
  cell.persona = static_cast<std::int32_t>(persona);
  cell.item = static_cast<std::int32_t>(item);
  cell.mean = mean;
  return cell;
}

/// Two languages, `personas` personas: means of twenty whole answers.
inline survey::ModelAnswers random_answers(const PanelSize& size) {
  random::Stream stream(1, "models", 0);
  survey::ModelAnswers answers;
  answers.languages = {"Chinese", "English"};
  for (std::size_t persona = 0; persona < size.personas; ++persona)
    answers.personas.push_back(persona == 0 ? "none" : "persona " + std::to_string(persona));
  for (std::size_t model = 0; model < size.models; ++model) {
    answers.models.push_back({"model-" + std::to_string(model), "", model % 2 == 0 ? "China" : "USA", ""});
    for (std::size_t language = 0; language < 2; ++language)
      for (std::size_t persona = 0; persona < size.personas; ++persona)
        for (std::size_t item = 0; item < size.items; ++item) {
          const double mean = size.lowest + std::round(20 * stream.uniform() * (size.highest - size.lowest)) / 20;
          answers.cells.push_back(cell_of(model, language, persona, item, mean));
        }
  }
  return answers;
}

/// Every language x persona, each centred on itself.
inline std::vector<panel::Condition> all_conditions(const survey::ModelAnswers& answers) {
  std::vector<panel::Condition> conditions;
  for (const std::string& language : answers.languages)
    for (const std::string& persona : answers.personas)
      conditions.push_back({"models", language, persona, panel::Rows::persona, panel::Center::condition, {}});
  return conditions;
}

/// Nothing removed, then each item.
inline std::vector<panel::Variant> item_removals(const survey::Instrument& instrument) {
  std::vector<panel::Variant> variants = {panel::variant_none()};
  for (panel::Variant& variant : panel::item_variants(instrument)) variants.push_back(std::move(variant));
  return variants;
}

inline panel::Panel random_panel(const PanelSize& size) {
  const survey::Instrument instrument = random_instrument(size);
  const survey::ModelAnswers answers = random_answers(size);
  findings::Ledger ledger;
  return panel::build_panel(instrument, {{"column", random_people(size)}}, {{"models", answers}},
                            all_conditions(answers), item_removals(instrument), ledger);
}

}  // namespace meridian::tests
