#include "uncertainty/resampling_findings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "uncertainty/interval_table.hpp"

namespace meridian::uncertainty {
namespace {

using findings::Figure;
using findings::FigureKind;
using findings::Table;

constexpr Eigen::Index kMostPanels = 6;
constexpr int kBins = 40;

struct Limits {
  const char* method;
  const char* low;
  const char* high;
};
constexpr std::array<Limits, 4> kMethods = {{{"the model's limits", "model_low", "model_high"},
                                             {"percentile limits", "percentile_low", "percentile_high"},
                                             {"BCa limits", "bca_low", "bca_high"},
                                             {"jackknife limits", "jackknife_low", "jackknife_high"}}};

bool has_column(const Table& table, const char* name) {
  return std::any_of(table.columns.begin(), table.columns.end(),
                     [&](const auto& column) { return column.name == name; });
}

double limit(const Table& table, std::size_t row, const char* column) {
  return has_column(table, column) ? number_of(table, row, column) : std::nan("");
}

std::string text_at(const Table& table, std::size_t row, const char* column) {
  return findings::to_text(table.rows[row][table.column(column)]);
}

bool is_shown(const Table& intervals, std::size_t row) {
  static const std::set<std::string> shown = {"fixed effect", "contrast", "gap", "difference of gaps"};
  return shown.count(text_at(intervals, row, "quantity")) != 0 && text_at(intervals, row, "name") != "(Intercept)";
}

std::string p_words(double p) {
  return p < 0.001 ? "p < .001" : "p = " + fmt::format("{:.3f}", p).substr(p < 1 ? 1 : 0);
}

/// Bars of equal width over the values of one column, and the observed value.
void add_histogram(const std::string& panel, const Eigen::VectorXd& values, double observed, Figure& figure) {
  double low = observed, high = observed;
  for (const double value : values)
    if (std::isfinite(value)) {
      low = std::min(low, value);
      high = std::max(high, value);
    }
  if (!(high > low)) return;
  std::array<double, kBins> counts{};
  const double width = (high - low) / kBins;
  for (const double value : values)
    if (std::isfinite(value))
      counts[std::min<std::size_t>(static_cast<std::size_t>((value - low) / width), kBins - 1)]++;
  for (int bin = 0; bin < kBins; ++bin)
    figure.add({panel, "bar", low + bin * width, low + (bin + 1) * width, counts[static_cast<std::size_t>(bin)]});
  figure.add({panel, "observed", observed, {}, {}});
}

}  // namespace

std::optional<Figure> intervals_figure(const Table& intervals, const std::string& replicates) {
  Figure figure =
      findings::make_figure(FigureKind::forest, "intervals", "Effects with limits from model and replicates");
  std::size_t effects = 0;
  for (std::size_t row = 0; row < intervals.rows.size(); ++row) {
    if (!is_shown(intervals, row)) continue;
    ++effects;
    for (const Limits& method : kMethods) {
      const double low = limit(intervals, row, method.low), high = limit(intervals, row, method.high);
      if (std::isfinite(low) && std::isfinite(high))
        figure.add({{},
                    text_at(intervals, row, "name"),
                    method.method,
                    {},
                    number_of(intervals, row, "estimate"),
                    low,
                    high,
                    {}});
    }
  }
  if (figure.data.rows.empty()) return std::nullopt;
  figure.x = {.title = "Estimate", .reference = 0.0};
  figure.sample = replicates;
  figure.interval = "95 % limits, each by the method in the legend";
  figure.caption = "Estimates are the same for every method; the dashed line is no effect. The intercept is left out.";
  figure.alt = fmt::format(
      "Forest plot of {} effects with intervals from the model and from replicates; the table of "
      "intervals holds the numbers.",
      effects);
  return figure;
}

std::string intervals_sentence(const Table& intervals, const std::string& analysis, const std::string& replicates) {
  for (std::size_t row = 0; row < intervals.rows.size(); ++row) {
    if (text_at(intervals, row, "quantity") != "fixed effect" || text_at(intervals, row, "name") != "nation") continue;
    const bool jackknife = std::isfinite(limit(intervals, row, "jackknife_low"));
    const double low = limit(intervals, row, jackknife ? "jackknife_low" : "percentile_low"),
                 high = limit(intervals, row, jackknife ? "jackknife_high" : "percentile_high");
    if (!std::isfinite(low) || !std::isfinite(high)) return "";
    return fmt::format("{}, {}: gap {:.3f}, 95 % {} limits {:.3f} to {:.3f} (the model's: {:.3f} to {:.3f}).", analysis,
                       replicates, number_of(intervals, row, "estimate"), jackknife ? "jackknife" : "percentile", low,
                       high, limit(intervals, row, "model_low"), limit(intervals, row, "model_high"));
  }
  return "";
}

std::optional<Figure> permutation_figure(const Table& observed, const Eigen::MatrixXd& permuted,
                                         const std::string& exchanged) {
  Figure figure =
      findings::make_figure(FigureKind::histogram, "permutations", "The statistic under permutation and as observed");
  const Eigen::Index shown = std::min<Eigen::Index>(permuted.cols(), kMostPanels);
  for (Eigen::Index at = 0; at < shown; ++at) {
    const auto row = static_cast<std::size_t>(at);
    add_histogram(text_at(observed, row, "term"), permuted.col(at), number_of(observed, row, "statistic"), figure);
  }
  if (figure.data.rows.empty()) return std::nullopt;
  figure.x.title = "Statistic T";
  figure.y.title = "Permutations";
  figure.sample = fmt::format("{} permutations", permuted.rows());
  figure.caption = "Bars: the statistic when " + exchanged + "; the line: as observed.";
  if (shown < permuted.cols()) figure.caption += fmt::format(" The first {} of {} statistics.", shown, permuted.cols());
  figure.alt = fmt::format(
      "Histograms of {} statistics under {} permutations with the observed values; the table of "
      "the test holds p-values.",
      shown, permuted.rows());
  return figure;
}

std::string permutation_sentence(const Table& permutation, const std::string& analysis, const std::string& test) {
  constexpr std::size_t most = 4;
  std::vector<std::string> effects;
  for (std::size_t row = 0; row < std::min(permutation.rows.size(), most); ++row)
    effects.push_back(text_at(permutation, row, "term") + " " + p_words(number_of(permutation, row, "p_value")));
  if (effects.empty()) return "";
  return fmt::format("{}, permutation test of {} ({} permutations): {}{}.", analysis, test,
                     text_at(permutation, 0, "permutations"), fmt::join(effects, "; "),
                     permutation.rows.size() > most ? "; the others in its table" : "");
}

}  // namespace meridian::uncertainty
