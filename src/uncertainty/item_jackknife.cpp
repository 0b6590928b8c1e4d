#include "uncertainty/item_jackknife.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "error.hpp"
#include "inference/intervals.hpp"
#include "uncertainty/interval_table.hpp"

namespace meridian::uncertainty {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using findings::Cell;
using findings::Kind;

/// (p - 1)/p counts each part once: parts that overlap, or miss an item, are no jackknife.
void check_partition(const AnalysisSample& analysis) {
  std::vector<int> times(analysis.panel.items(), 0);
  const auto& variants = analysis.layout.variants;
  for (std::size_t v = 1; v < variants.size(); ++v)
    for (const int item : analysis.panel.variants[variants[v]].removed) ++times[static_cast<std::size_t>(item)];
  const auto odd = std::count_if(times.begin(), times.end(), [](int count) { return count != 1; });
  if (odd > 0 || variants.size() < 3)
    throw InputError(
        fmt::format("scheme items, analysis {}", analysis.layout.analysis),
        variants.size() < 2 ? "no removed parts" : fmt::format("{} items that are not left out exactly once", odd),
        "removal variants that leave out every item once, in at least two parts",
        "Give the analysis `removed = items` or `removed = dimensions`.");
}

findings::Table empty_table(Index parts) {
  findings::Table table;
  table.name = "intervals";
  table.title = "Intervals with items as a sample";
  table.caption = fmt::format(
      "Jackknife over {} parts of the instrument: std_error^2 = (p - 1)/p sum (theta_(k) - mean)^2, 95 % limits by "
      "Student's t with {} degrees of freedom. They are about other items of the same kind, these people and these "
      "models. smallest, largest: the statistic without one part.",
      parts, parts - 1);
  table.columns = {{"quantity", Kind::text, ""}, {"name", Kind::text, ""}};
  for (const char* name : {"estimate", "bias", "std_error", "jackknife_low", "jackknife_high", "smallest", "largest"})
    table.columns.push_back({name, Kind::real, ""});
  return table;
}

/// A part without which the statistic does not exist leaves the error unknown; a rank is no smooth function of the
/// items, so its jackknife error would be wrong (Efron 1982, sec. 3.4): only its range is told.
std::vector<Cell> numbers_of(double estimate, const std::vector<double>& values, bool smooth) {
  const auto known = [](double value) { return std::isfinite(value); };
  if (!known(estimate) || !std::all_of(values.begin(), values.end(), known)) return std::vector<Cell>(7);
  const inference::JackknifeSummary summary = inference::jackknife_summary(estimate, values, kConfidence);
  const auto [smallest, largest] = std::minmax_element(values.begin(), values.end());
  if (!smooth) return {estimate, {}, {}, {}, {}, *smallest, *largest};
  return {estimate, summary.bias, summary.std_error, summary.limits.low, summary.limits.high, *smallest, *largest};
}

}  // namespace

std::vector<StatisticGroup> left_out_parts(const AnalysisSample& analysis) {
  check_partition(analysis);
  std::vector<StatisticGroup> groups;
  for (std::size_t v = 1; v < analysis.layout.variants.size(); ++v) groups.push_back(variant_statistics(analysis, v));
  return groups;
}

resampling::ReplicateStudy item_study(std::shared_ptr<const Subject> subject, resampling::ReplicateStudy study) {
  study.kind = "items";
  study.limit = study.batch = subject->left_out.size();
  study.compute = [subject](std::size_t first, std::size_t count) {
    const auto begin = subject->left_out.begin() + static_cast<std::ptrdiff_t>(first);
    const Eigen::VectorXd values = full_values(*subject, {begin, begin + static_cast<std::ptrdiff_t>(count)});
    const auto rows = static_cast<Index>(count);
    return MatrixXd(values.reshaped(values.size() / rows, rows).transpose());
  };
  return study;
}

findings::Table item_intervals(const findings::Table& estimates, const MatrixXd& replicates) {
  findings::Table table = empty_table(replicates.rows());
  for (std::size_t row = 0; row < estimates.rows.size(); ++row) {
    const std::vector<Cell>& own = estimates.rows[row];
    const Cell& estimate = own[estimates.column("estimate")];
    const auto column = replicates.col(static_cast<Index>(row));
    std::vector<Cell> cells = {own[estimates.column("quantity")], own[estimates.column("name")]};
    const bool smooth = std::get<std::string>(cells.front()) != "rank";
    const auto numbers =
        numbers_of(std::holds_alternative<double>(estimate) ? std::get<double>(estimate) : std::nan(""),
                   {column.begin(), column.end()}, smooth);
    cells.insert(cells.end(), numbers.begin(), numbers.end());
    table.add(std::move(cells));
  }
  return table;
}

}  // namespace meridian::uncertainty
