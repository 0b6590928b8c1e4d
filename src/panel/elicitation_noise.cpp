#include "panel/elicitation_noise.hpp"

#include <algorithm>
#include <limits>
#include <set>

namespace meridian::panel {
namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

double variance_of_mean(const survey::Cell& cell) {
  return cell.valid > 1 ? cell.variance / static_cast<double>(cell.valid) : unknown;
}

}  // namespace

ElicitationNoise::ElicitationNoise(const Condition& condition, const survey::ModelAnswers& answers, std::size_t items)
    : cells_(answers.models.size()) {
  for (const survey::Model& model : answers.models) models_.push_back(model.name);
  const bool pooled = condition.center == Center::pooled_personas;
  if (pooled) centring_personas_ = condition.pooled.size();
  std::vector<bool> have_own(answers.models.size() * items, false);
  std::set<std::pair<std::size_t, std::int32_t>> centring_seen;  // (slot, persona): the first cell in file order counts
  for (const survey::Cell& cell : answers.cells) {
    if (answers.languages[static_cast<std::size_t>(cell.language)] != condition.language) continue;
    const std::string& persona = answers.personas[static_cast<std::size_t>(cell.persona)];
    const std::size_t item = static_cast<std::size_t>(cell.item), model = static_cast<std::size_t>(cell.model);
    const std::size_t slot = model * items + item;
    const bool own = !have_own[slot] && (condition.rows == Rows::first_row || persona == condition.persona);
    const bool centring = (pooled ? std::count(condition.pooled.begin(), condition.pooled.end(), persona) > 0 : own) &&
                          centring_seen.insert({slot, cell.persona}).second;
    if (own) have_own[slot] = true;
    if (own || centring) cells_[model].push_back({item, own, centring, variance_of_mean(cell)});
  }
}

std::vector<ElicitationNoise::Contribution> ElicitationNoise::contributions(
    const std::string& model, const std::vector<std::size_t>& items) const {
  std::vector<Contribution> found;
  const auto place = std::find(models_.begin(), models_.end(), model);
  if (place == models_.end()) return found;
  for (Contribution cell : cells_[static_cast<std::size_t>(place - models_.begin())]) {
    const auto position = std::lower_bound(items.begin(), items.end(), cell.item);
    if (position == items.end() || *position != cell.item) continue;
    cell.item = static_cast<std::size_t>(position - items.begin());
    found.push_back(cell);
  }
  return found;
}

/// A cell moves its own entry by 1 and, through the centre, every entry by -w, w = 1 / (p x personas).
double ElicitationNoise::expected(const std::string& model, const std::vector<std::size_t>& items) const {
  const std::vector<Contribution> cells = contributions(model, items);
  if (cells.empty()) return unknown;
  const auto p = static_cast<double>(items.size()), w = 1 / (p * static_cast<double>(centring_personas_));
  double sum = 0;
  for (const Contribution& cell : cells) {
    const double centre = cell.centring ? w : 0, own = cell.own ? 1 - centre : centre;
    sum += cell.variance * (own * own + (p - 1) * centre * centre);
  }
  return sum;
}

double ElicitationNoise::variance_of(const std::string& model, const std::vector<std::size_t>& items,
                                     const std::vector<double>& weights) const {
  const std::vector<Contribution> cells = contributions(model, items);
  if (cells.empty()) return unknown;
  const double w = 1 / static_cast<double>(items.size() * centring_personas_);
  double total = 0, sum = 0;
  for (const double weight : weights) total += weight;
  for (const Contribution& cell : cells) {
    const double effect = (cell.own ? weights[cell.item] : 0) - (cell.centring ? w * total : 0);
    sum += cell.variance * effect * effect;
  }
  return sum;
}

}  // namespace meridian::panel
