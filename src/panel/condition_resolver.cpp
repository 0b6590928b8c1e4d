#include "panel/condition_resolver.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "error.hpp"

namespace meridian::panel {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

std::int32_t index_of(const std::vector<std::string>& names, const std::string& name, const Condition& condition,
                      const std::string& what) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end())
    throw InputError("condition " + condition.label() + " of '" + condition.source + "'", what + " '" + name + "'",
                     fmt::format("one of: {}", fmt::join(names, ", ")), "Mend the job file.");
  return static_cast<std::int32_t>(found - names.begin());
}

std::vector<std::int32_t> pooled_personas(const Condition& condition, const survey::ModelAnswers& answers) {
  std::vector<std::int32_t> personas;
  if (condition.center == Center::condition) return personas;
  for (const std::string& name : condition.pooled)
    personas.push_back(index_of(answers.personas, name, condition, "pooled persona"));
  if (personas.empty())
    throw InputError("condition " + condition.label(), "no persona to pool", "at least one", "Name them in the job.");
  return personas;
}

/// The first cell in file order decides, so that `first_row` means what it says.
void keep_first(double& slot, double value) {
  if (std::isnan(slot)) slot = value;
}

}  // namespace

ConditionResolver::ConditionResolver(const Condition& condition, const survey::ModelAnswers& answers, std::size_t items)
    : items_(items), models_(answers.models.size()), own_(models_ * items, missing) {
  collect(condition, answers);
}

void ConditionResolver::collect(const Condition& condition, const survey::ModelAnswers& answers) {
  const std::int32_t language = index_of(answers.languages, condition.language, condition, "language");
  const std::int32_t persona =
      condition.rows == Rows::first_row ? -1 : index_of(answers.personas, condition.persona, condition, "persona");
  const std::vector<std::int32_t> personas = pooled_personas(condition, answers);
  pooled_.assign(personas.size(), std::vector<double>(models_ * items_, missing));
  for (const survey::Cell& cell : answers.cells) {
    if (cell.language != language) continue;
    const std::size_t slot = static_cast<std::size_t>(cell.model) * items_ + static_cast<std::size_t>(cell.item);
    if (persona < 0 || cell.persona == persona) keep_first(own_[slot], cell.mean);
    for (std::size_t i = 0; i < personas.size(); ++i)
      if (cell.persona == personas[i]) keep_first(pooled_[i][slot], cell.mean);
  }
}

std::vector<std::size_t> ConditionResolver::missing_items(std::size_t model) const {
  std::vector<std::size_t> absent;
  for (std::size_t item = 0; item < items_; ++item) {
    const std::size_t slot = model * items_ + item;
    const bool lacking = std::isnan(own_[slot]) || std::any_of(pooled_.begin(), pooled_.end(), [&](const auto& cells) {
                           return std::isnan(cells[slot]);
                         });
    if (lacking) absent.push_back(item);
  }
  return absent;
}

double ConditionResolver::centre(std::size_t model, const std::vector<std::size_t>& items) const {
  const auto sum_over = [&](const std::vector<double>& cells) {
    double sum = 0;
    for (const std::size_t item : items) sum += cells[model * items_ + item];
    return sum;
  };
  if (pooled_.empty()) return sum_over(own_) / static_cast<double>(items.size());
  double sum = 0;
  for (const std::vector<double>& cells : pooled_) sum += sum_over(cells);
  return sum / static_cast<double>(items.size() * pooled_.size());
}

}  // namespace meridian::panel
