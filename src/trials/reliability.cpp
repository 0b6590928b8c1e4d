#include "trials/reliability.hpp"

#include <cmath>
#include <limits>

namespace meridian::trials {
namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

/// Whole-number sums: exact whatever the order.
struct Sums {
  std::int64_t n = 0, sum = 0, squares = 0;
};

Sums sums_of(const std::vector<std::int16_t>& answers) {
  Sums sums;
  for (const std::int64_t answer : answers) {
    ++sums.n;
    sums.sum += answer;
    sums.squares += answer * answer;
  }
  return sums;
}

findings::Cell number(double value) { return std::isnan(value) ? findings::Cell{} : findings::Cell{value}; }

using ByCondition = std::map<CellKey, std::vector<std::vector<std::int16_t>>>;

ByCondition by_condition(const TrialCells& cells) {
  ByCondition groups;
  for (const auto& [key, states] : cells.cells()) {
    std::vector<std::int16_t> answers;
    for (const TrialState& state : states)
      if (state.present && state.outcome == Outcome::answered) answers.push_back(state.value);
    groups[{key.model, key.language, key.persona, ""}].push_back(std::move(answers));
  }
  return groups;
}

}  // namespace

Reliability reliability(const std::vector<std::vector<std::int16_t>>& items) {
  Reliability result;
  double squared_sizes = 0, within = 0, item_part = 0;
  std::int64_t total = 0;
  for (const std::vector<std::int16_t>& answers : items) {
    if (answers.empty()) continue;
    const Sums sums = sums_of(answers);
    const auto n = static_cast<double>(sums.n), sum = static_cast<double>(sums.sum);
    ++result.items;
    result.answers += sums.n;
    total += sums.sum;
    squared_sizes += n * n;
    within += static_cast<double>(sums.n * sums.squares - sums.sum * sums.sum) / n;
    item_part += sum * sum / n;
  }
  const auto a = static_cast<double>(result.items), all = static_cast<double>(result.answers);
  result.within = result.between = result.k0 = result.single = result.average = undefined;
  if (result.answers > result.items) result.within = within / (all - a);
  if (result.items < 2 || !(result.answers > result.items)) return result;
  const double mean_square_between =
      (item_part - static_cast<double>(total) * static_cast<double>(total) / all) / (a - 1);
  result.k0 = (all - squared_sizes / all) / (a - 1);
  result.between = (mean_square_between - result.within) / result.k0;
  if (mean_square_between > 0) result.average = 1 - result.within / mean_square_between;
  if (result.between + result.within > 0) result.single = result.between / (result.between + result.within);
  return result;
}

findings::Table reliability_table(const TrialCells& cells) {
  findings::Table table;
  table.name = "reliability";
  table.title = "Reliability of the iterations";
  table.caption =
      "One-way random effects over items: variance of the iterations within items, variance component between items, "
      "effective number of answers per item (k0), intraclass correlation of one iteration, ICC(1,1), and of the mean "
      "over iterations, ICC(1,k). Empty: undefined (fewer than two items, no item with two answers, or no variance).";
  for (const char* name : {"llm", "language", "persona"}) table.columns.push_back({name, findings::Kind::text, ""});
  for (const char* name : {"items", "answers"}) table.columns.push_back({name, findings::Kind::integer, ""});
  for (const char* name : {"within_variance", "between_variance", "k0", "icc_single", "icc_mean"})
    table.columns.push_back({name, findings::Kind::real, ""});
  for (const auto& [key, items] : by_condition(cells)) {
    const Reliability found = reliability(items);
    table.add({key.model, key.language, key.persona, found.items, found.answers, number(found.within),
               number(found.between), number(found.k0), number(found.single), number(found.average)});
  }
  return table;
}

}  // namespace meridian::trials
