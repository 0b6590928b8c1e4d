#include "power/power_table.hpp"

#include <fmt/format.h>

#include <cmath>
#include <set>

#include "inference/proportion.hpp"
#include "models/coefficient_table.hpp"

namespace meridian::power {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using findings::Kind;

constexpr double kMonteCarlo = 0.95;  ///< confidence of the limits that tell the simulation's own error

/// What the replicates say of one term.
struct Tally {
  std::int64_t tested = 0, significant = 0, covered = 0;
  double sum = 0, squares = 0, error = 0, width = 0, df = 0;

  void add(const models::Coefficient& one, double truth, double alpha) {
    ++tested;
    significant += one.p_value < alpha ? 1 : 0;
    covered += one.conf_low <= truth && truth <= one.conf_high ? 1 : 0;
    sum += one.estimate - truth;
    squares += (one.estimate - truth) * (one.estimate - truth);
    error += one.std_error;
    width += one.conf_high - one.conf_low;
    df += std::isfinite(one.df) ? one.df : 0;
  }
  double mean(double total) const { return total / static_cast<double>(tested); }
  double deviation() const {
    const auto n = static_cast<double>(tested);
    return tested < 2 ? std::nan("") : std::sqrt((squares - sum * sum / n) / (n - 1));
  }
};

Tally tally_of(const PointResult& point, std::size_t term, double alpha) {
  const Index at = 2 + 3 * static_cast<Index>(term);
  Tally tally;
  for (Index r = 0; r < point.replicates.rows(); ++r) {
    const auto row = point.replicates.row(r);
    if (row[0] != 0 || !(row[at + 1] > 0)) continue;
    tally.add(models::t_test({}, row[at], row[at + 1], row[at + 2], 1 - alpha), point.planned.truth[term], alpha);
  }
  return tally;
}

findings::Table frame(double alpha) {
  findings::Table table;
  table.name = "power";
  table.title = "Power and precision";
  table.caption = fmt::format(
      "Two-sided t tests at {0:g} and {1:g} % limits of models fitted to simulated data. power: share of significant "
      "tests (where the truth is 0: the size of the test); coverage: share of limits that hold the truth; both with 95 "
      "% Clopper-Pearson limits of the simulation. bias, sd: of the estimates; std_error, df, width: means over "
      "replicates. people and models in all.",
      alpha, 100 * (1 - alpha));
  table.columns = {{"term", Kind::text, ""},          {"people", Kind::integer, ""},
                   {"models", Kind::integer, ""},     {"iterations", Kind::real, ""},
                   {"truth", Kind::real, ""},         {"power", Kind::real, ""},
                   {"power_low", Kind::real, ""},     {"power_high", Kind::real, ""},
                   {"width", Kind::real, ""},         {"coverage", Kind::real, ""},
                   {"coverage_low", Kind::real, ""},  {"coverage_high", Kind::real, ""},
                   {"bias", Kind::real, ""},          {"sd", Kind::real, ""},
                   {"std_error", Kind::real, ""},     {"df", Kind::real, ""},
                   {"replicates", Kind::integer, ""}, {"failed", Kind::integer, ""},
                   {"singular", Kind::integer, ""}};
  return table;
}

std::int64_t count_of(const MatrixXd& replicates, Index column) {
  return static_cast<std::int64_t>((replicates.col(column).array() == 1).count());
}

void add_row(const PointResult& point, std::size_t term, double alpha, findings::Table& table) {
  const Tally tally = tally_of(point, term, alpha);
  const auto power = inference::clopper_pearson_interval(tally.significant, tally.tested, kMonteCarlo);
  const auto coverage = inference::clopper_pearson_interval(tally.covered, tally.tested, kMonteCarlo);
  table.add({point.planned.terms[term], static_cast<std::int64_t>(point.planned.people),
             static_cast<std::int64_t>(point.planned.models), point.planned.iterations, point.planned.truth[term],
             tally.mean(static_cast<double>(tally.significant)), power.low, power.high, tally.mean(tally.width),
             tally.mean(static_cast<double>(tally.covered)), coverage.low, coverage.high, tally.mean(tally.sum),
             tally.deviation(), tally.mean(tally.error), tally.mean(tally.df),
             static_cast<std::int64_t>(point.replicates.rows()), count_of(point.replicates, 0),
             count_of(point.replicates, 1)});
}

double number(const findings::Table& table, std::size_t row, const std::string& column) {
  const findings::Cell& cell = table.rows[row][table.column(column)];
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return static_cast<double>(*whole);
  return std::get<double>(cell);
}

/// The axis of the grid with the most values; the others tell the curves apart.
std::string widest_axis(const findings::Table& table) {
  std::string widest;
  std::size_t most = 1;
  for (const char* axis : {"models", "people", "iterations"}) {
    std::set<double> values;
    for (std::size_t row = 0; row < table.rows.size(); ++row) values.insert(number(table, row, axis));
    if (values.size() > most) {
      most = values.size();
      widest = axis;
    }
  }
  return widest;
}

struct Curve {
  const char *name, *title, *value, *low, *high;
};

findings::Figure curve_figure(const findings::Table& table, const std::string& axis, const Curve& curve) {
  findings::Figure figure = findings::make_figure(findings::FigureKind::curves, curve.name, curve.title);
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    std::string series;
    for (const char* other : {"people", "models", "iterations"})
      if (axis != other)
        series += fmt::format("{}{:g} {}", series.empty() ? "" : ", ", number(table, row, other), other);
    const auto limit = [&](const char* column) {
      return *column ? findings::Cell(number(table, row, column)) : findings::Cell();
    };
    figure.add({table.rows[row][table.column("term")], series, number(table, row, axis),
                number(table, row, curve.value), limit(curve.low), limit(curve.high)});
  }
  figure.x = {.title = axis == "people" ? "People" : axis == "models" ? "Models" : "Iterations"};
  figure.y = {.title = curve.title, .low = 0.0};
  figure.sample =
      fmt::format("{} replicates per point", std::get<std::int64_t>(table.rows[0][table.column("replicates")]));
  if (*curve.low) figure.y.high = 1.0;
  if (*curve.low) figure.interval = "95 % Clopper-Pearson limits of the simulation";
  figure.caption = "One panel per fixed effect; numbers of people and models in all.";
  figure.alt =
      fmt::format("{} of {} simulated tests; the table of power holds the numbers.", curve.title, table.rows.size());
  return figure;
}

}  // namespace

findings::Section power_section(const std::vector<PointResult>& points, double alpha) {
  findings::Section section;
  section.id = "power";
  section.title = "Power and precision";
  section.folder = "tables/power";
  findings::Table table = frame(alpha);
  for (std::size_t term = 0; term < points.front().planned.terms.size(); ++term)
    for (const PointResult& point : points) add_row(point, term, alpha, table);
  for (const PointResult& point : points)
    if (const std::int64_t failed = count_of(point.replicates, 0); failed > 0)
      section.notes.push_back({findings::Severity::warning, point.planned.point.name(),
                               fmt::format("the model could not be fitted to {} of {} replicates, which are left out",
                                           failed, point.replicates.rows()),
                               "Take a larger design or a simpler model."});
  if (const std::string axis = widest_axis(table); !axis.empty()) {
    section.figures.push_back(curve_figure(table, axis, {"power", "Power", "power", "power_low", "power_high"}));
    section.figures.push_back(curve_figure(table, axis, {"width", "Width of the limits", "width", "", ""}));
  }
  section.tables.push_back(std::move(table));
  return section;
}

}  // namespace meridian::power
