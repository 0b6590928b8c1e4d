#include "analysis/refusal_counts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "error.hpp"

namespace meridian::analysis {
namespace {

/// The commonest number of the first trial kept, by model; the smaller of two equally common ones.
std::vector<std::int64_t> first_trials(const survey::ModelAnswers& answers) {
  std::vector<std::map<std::int64_t, int>> counts(answers.models.size());
  for (const survey::Cell& cell : answers.cells)
    if (cell.first_trial >= 0) ++counts[static_cast<std::size_t>(cell.model)][cell.first_trial];
  std::vector<std::int64_t> commonest;
  for (const auto& of_model : counts) {
    const auto most = std::max_element(of_model.begin(), of_model.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    commonest.push_back(most == of_model.end() ? 0 : most->first);
  }
  return commonest;
}

bool fits(double mean, std::int64_t valid) {
  const double sum = mean * static_cast<double>(valid);
  return std::abs(sum - std::round(sum)) < 1e-6;
}

/// From the mean alone: fewest and most trials that were not valid.
void bound(const survey::Cell& cell, std::int64_t first, std::int64_t asked, const std::string& file,
           RefusalCell& result) {
  result.fewest = result.most = asked;
  if (std::isnan(cell.mean)) return;
  const std::int64_t skipped = cell.first_trial < 0 ? 0 : ((cell.first_trial - first) % asked + asked) % asked;
  std::int64_t fewest_valid = 0;
  for (std::int64_t valid = 1; valid <= asked - skipped; ++valid) {
    if (!fits(cell.mean, valid)) continue;
    if (fewest_valid == 0) fewest_valid = valid;
    result.fewest = asked - valid;
  }
  if (fewest_valid == 0)
    throw InputError(
        fmt::format("{}: {}, {}, persona {}, item {}", file, result.llm, result.language, result.persona, result.item),
        fmt::format("a mean of {}", cell.mean), fmt::format("a mean of at most {} whole numbers", asked - skipped),
        "Set `iterations` of the analysis to the number of times every question was asked.");
  result.most = asked - fewest_valid;
}

}  // namespace

RefusalCounts count_refusals(const survey::ModelAnswers& answers, const survey::Instrument& instrument, int asked) {
  RefusalCounts counts;
  counts.file = answers.file;
  const std::vector<std::int64_t> first = first_trials(answers);
  std::vector<const survey::Cell*> ordered;
  for (const survey::Cell& cell : answers.cells) ordered.push_back(&cell);
  std::stable_sort(ordered.begin(), ordered.end(), [](const auto* a, const auto* b) { return a->model < b->model; });
  for (const survey::Cell* place : ordered) {
    const survey::Cell& cell = *place;
    const auto model = static_cast<std::size_t>(cell.model);
    const survey::Item& item = instrument.items[static_cast<std::size_t>(cell.item)];
    RefusalCell result{answers.models[model].name,
                       answers.models[model].display_name,
                       answers.models[model].origin,
                       answers.languages[static_cast<std::size_t>(cell.language)],
                       answers.personas[static_cast<std::size_t>(cell.persona)],
                       item.id,
                       item.dimension,
                       asked,
                       0,
                       0};
    if (cell.valid >= 0) {
      result.trials = cell.valid + cell.refused;
      result.fewest = result.most = cell.refused;
    } else {
      counts.exact = false;
      bound(cell, first[model], asked, answers.file, result);
    }
    counts.cells.push_back(std::move(result));
  }
  return counts;
}

}  // namespace meridian::analysis
