#include "uncertainty/interval_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include "inference/intervals.hpp"

namespace meridian::uncertainty {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using findings::Cell;
using findings::Kind;

std::string text_of(const findings::Table& table, std::size_t row, const char* column) {
  const Cell& cell = table.rows[row][table.column(column)];
  return std::holds_alternative<std::string>(cell) ? std::get<std::string>(cell) : "";
}

std::string label_of(const findings::Table& table, std::size_t row) {
  return text_of(table, row, "quantity") + ": " + text_of(table, row, "name");
}

inference::Scale scale_of(const findings::Table& table, std::size_t row) {
  const std::string name = text_of(table, row, "scale");
  if (name == "log") return inference::Scale::log;
  return name == "Fisher z" ? inference::Scale::fisher_z : inference::Scale::plain;
}

Cell finite(double value) { return std::isfinite(value) ? Cell(value) : Cell(); }

void push(std::vector<Cell>& row, const inference::Interval& interval) {
  row.push_back(finite(interval.low));
  row.push_back(finite(interval.high));
}

/// Replicates that have a value, and their partner in another column.
struct Values {
  std::vector<double> sorted, plain, errors;
};

Values values_of(const MatrixXd& replicates, Index column, Index error) {
  Values values;
  for (Index r = 0; r < replicates.rows(); ++r) {
    if (!std::isfinite(replicates(r, column))) continue;
    values.plain.push_back(replicates(r, column));
    values.errors.push_back(error < 0 ? std::nan("") : replicates(r, error));
  }
  values.sorted = values.plain;
  std::sort(values.sorted.begin(), values.sorted.end());
  return values;
}

struct Spread {
  double mean = 0, deviation = 0;
};

Spread spread_of(const std::vector<double>& values) {
  const auto n = static_cast<double>(values.size());
  Spread spread;
  for (const double value : values) spread.mean += value / n;
  double squares = 0;
  for (const double value : values) squares += (value - spread.mean) * (value - spread.mean);
  spread.deviation = values.size() > 1 ? std::sqrt(squares / (n - 1)) : std::nan("");
  return spread;
}

inference::Interval bca(const Jackknife& jackknife, Index column, double estimate, const Values& values) {
  const inference::Interval none{std::nan(""), std::nan("")};
  if (jackknife.strata.empty()) return none;
  inference::JackknifeStrata strata;
  for (Index unit = 0; unit < jackknife.values.rows(); ++unit) {
    if (!std::isfinite(jackknife.values(unit, column))) return none;
    const auto stratum = static_cast<std::size_t>(jackknife.strata[static_cast<std::size_t>(unit)]);
    if (stratum >= strata.size()) strata.resize(stratum + 1);
    strata[stratum].push_back(jackknife.values(unit, column));
  }
  return inference::bca_interval(estimate, values.sorted, inference::acceleration(strata), kConfidence);
}

findings::Table empty_table(std::size_t replicates) {
  findings::Table table;
  table.name = "intervals";
  table.title = "Intervals from replicates";
  table.caption = fmt::format(
      "95 % limits from {} replicates beside the model's own (model_*). bias and std_error: of the replicates. basic: "
      "variances on the logarithm, correlations through Fisher's z. studentized: with the standard error of each "
      "refit, where the model has the slopes that make it right. n: replicates with a value.",
      replicates);
  table.columns = {{"quantity", Kind::text, ""}, {"name", Kind::text, ""}};
  for (const char* name :
       {"estimate", "bias", "std_error", "model_std_error", "model_low", "model_high", "percentile_low",
        "percentile_high", "basic_low", "basic_high", "studentized_low", "studentized_high", "bca_low", "bca_high"})
    table.columns.push_back({name, Kind::real, ""});
  table.columns.push_back({"n", Kind::integer, ""});
  return table;
}

std::vector<Cell> interval_row(const findings::Table& estimates, std::size_t row, Index error,
                               const MatrixXd& replicates, const Jackknife& jackknife) {
  const double estimate = number_of(estimates, row, "estimate"), model_error = number_of(estimates, row, "std_error");
  const inference::Scale scale = scale_of(estimates, row);
  const Values values = values_of(replicates, static_cast<Index>(row), error);
  const Spread spread = spread_of(values.plain);
  std::vector<Cell> cells = {text_of(estimates, row, "quantity"),
                             text_of(estimates, row, "name"),
                             finite(estimate),
                             finite(spread.mean - estimate),
                             finite(spread.deviation),
                             finite(model_error),
                             finite(number_of(estimates, row, "model_low")),
                             finite(number_of(estimates, row, "model_high"))};
  push(cells, inference::percentile_interval(values.sorted, kConfidence));
  push(cells, inference::basic_interval(estimate, values.sorted, scale, kConfidence));
  push(cells, error < 0 ? inference::Interval{std::nan(""), std::nan("")}
                        : inference::studentized_interval(estimate, model_error, values.plain, values.errors, scale,
                                                          kConfidence));
  push(cells, bca(jackknife, static_cast<Index>(row), estimate, values));
  cells.emplace_back(static_cast<std::int64_t>(values.plain.size()));
  return cells;
}

}  // namespace

double number_of(const findings::Table& table, std::size_t row, const char* column) {
  const Cell& cell = table.rows[row][table.column(column)];
  return std::holds_alternative<double>(cell) ? std::get<double>(cell) : std::nan("");
}

Jackknife split_jackknife(const MatrixXd& replicates) {
  Jackknife jackknife{replicates.leftCols(replicates.cols() - 1), {}};
  for (const double stratum : replicates.col(replicates.cols() - 1))
    jackknife.strata.push_back(static_cast<std::int32_t>(stratum));
  return jackknife;
}

findings::Table intervals_table(const findings::Table& estimates, const MatrixXd& replicates,
                                const Jackknife& jackknife) {
  findings::Table table = empty_table(static_cast<std::size_t>(replicates.rows()));
  std::map<std::string, Index> position;
  for (std::size_t row = 0; row < estimates.rows.size(); ++row)
    position[label_of(estimates, row)] = static_cast<Index>(row);
  for (std::size_t row = 0; row < estimates.rows.size(); ++row) {
    const std::string quantity = text_of(estimates, row, "quantity");
    if (quantity == "status" || quantity == "standard error") continue;
    const auto error = position.find(text_of(estimates, row, "error"));
    table.add(interval_row(estimates, row, error == position.end() ? -1 : error->second, replicates, jackknife));
  }
  return table;
}

std::vector<findings::Note> replicate_notes(const findings::Table& estimates, const MatrixXd& replicates) {
  std::vector<findings::Note> notes;
  for (std::size_t row = 0; row < estimates.rows.size(); ++row) {
    if (text_of(estimates, row, "quantity") != "status") continue;
    const std::string what = text_of(estimates, row, "name");
    const auto count = static_cast<std::int64_t>(replicates.col(static_cast<Index>(row)).sum());
    if (what == "failed" && count > 0)
      notes.push_back({findings::Severity::caution, "replicates",
                       fmt::format("{} of {} refits failed or did not converge; their statistics are missing where the "
                                   "model could not be estimated.",
                                   count, replicates.rows()),
                       "Look at `status: failed` in the replicates."});
    if (what == "singular" && count > 0)
      notes.push_back({findings::Severity::info, "replicates",
                       fmt::format("{} of {} refits are singular; they are kept, as a singular fit is a result.", count,
                                   replicates.rows()),
                       ""});
  }
  return notes;
}

}  // namespace meridian::uncertainty
