#include "survey/cell_collector.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "error.hpp"
#include "tables/text.hpp"

namespace meridian::survey {
namespace {

constexpr std::size_t most_labels = 1000;  // of languages or personas; more means that the wrong column is read

}  // namespace

CellCollector::CellCollector(const tables::CsvReader& csv, const Instrument& instrument,
                             const std::vector<Model>& registry)
    : csv_(csv),
      instrument_(instrument),
      registry_(registry),
      items_(instrument),
      model_column_(csv.column("LLM")),
      language_column_(csv.column("language")),
      persona_column_(csv.column("persona")),
      item_column_(csv.column("item")) {
  for (std::size_t i = 0; i < registry.size(); ++i) models_.emplace(registry[i].name, static_cast<std::int32_t>(i));
  answers_.file = csv.file().filename().string();
}

std::int32_t CellCollector::model_of_row() {
  const std::string_view name = csv_.text(model_column_);
  if (const auto found = models_.find(name); found != models_.end()) return found->second;
  std::vector<std::string> names;
  for (const Model& model : registry_) names.push_back(model.name);
  const std::string close = tables::closest_name(name, names);
  throw InputError(csv_.where(model_column_), tables::shown(name),
                   fmt::format("one of the {} models of the registry", registry_.size()),
                   (close.empty() ? "" : "Did you mean " + tables::shown(close) + "? Otherwise: ") +
                       "Add the model to the registry (data/models.csv, or the file named by registry = FILE).");
}

std::int32_t CellCollector::item_of_row() {
  const int item = items_.find(csv_.text(item_column_));
  if (item < 0)
    throw InputError(csv_.where(item_column_), tables::shown(csv_.text(item_column_)), items_.expected(),
                     "Check that the file belongs to this survey, or add the item to the dictionary.");
  return item;
}

std::int32_t CellCollector::label_of_row(std::size_t column, std::vector<std::string>& labels) const {
  const std::string_view text = csv_.text(column);
  const auto found = std::find(labels.begin(), labels.end(), text);
  if (found != labels.end()) return static_cast<std::int32_t>(found - labels.begin());
  if (csv_.missing(column))
    throw InputError(csv_.where(column), tables::shown(text), "a name (persona: 'none' where there is none)",
                     "Fill in this field.");
  if (labels.size() == most_labels)
    throw InputError(csv_.where(column), fmt::format("more than {} different names", most_labels),
                     "languages and personas", "Check the columns of this file.");
  labels.emplace_back(text);
  return static_cast<std::int32_t>(labels.size() - 1);
}

std::size_t CellCollector::cell_of_row() {
  Cell cell;
  cell.model = model_of_row();
  cell.language = label_of_row(language_column_, answers_.languages);
  cell.persona = label_of_row(persona_column_, answers_.personas);
  cell.item = item_of_row();
  const auto wide = [](std::int32_t index) { return static_cast<std::uint64_t>(index); };
  const std::uint64_t key = (wide(cell.model) * most_labels + wide(cell.language)) * most_labels + wide(cell.persona);
  const auto [place, fresh] = index_.try_emplace(key * instrument_.items.size() + wide(cell.item), cells().size());
  if (fresh) {
    answers_.cells.push_back(cell);
    lines_.emplace_back();
  }
  return place->second;
}

void CellCollector::require_first(std::size_t cell, std::int64_t iteration, const std::string& what,
                                  const std::string& remedy) {
  const auto [place, fresh] = lines_[cell].emplace(iteration, csv_.line());
  if (!fresh)
    throw InputError(fmt::format("{}:{}", csv_.file().string(), csv_.line()),
                     fmt::format("{} of {} a second time (first on line {})", what, name(cell), place->second),
                     "each once", remedy);
}

const Item& CellCollector::item_of(std::size_t cell) const {
  return instrument_.items[static_cast<std::size_t>(answers_.cells[cell].item)];
}

std::string CellCollector::name(std::size_t cell) const {
  const Cell& at = answers_.cells[cell];
  return fmt::format("{}, {}, persona {}, item {}", registry_[static_cast<std::size_t>(at.model)].name,
                     answers_.languages[static_cast<std::size_t>(at.language)],
                     answers_.personas[static_cast<std::size_t>(at.persona)], item_of(cell).id);
}

ModelAnswers CellCollector::finish() {
  std::vector<std::int32_t> number(registry_.size(), -1);
  for (const Cell& cell : answers_.cells) number[static_cast<std::size_t>(cell.model)] = 0;
  for (std::size_t model = 0; model < registry_.size(); ++model)
    if (number[model] == 0) {
      number[model] = static_cast<std::int32_t>(answers_.models.size());
      answers_.models.push_back(registry_[model]);
    }
  for (Cell& cell : answers_.cells) cell.model = number[static_cast<std::size_t>(cell.model)];
  return std::move(answers_);
}

}  // namespace meridian::survey
