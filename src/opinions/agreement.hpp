#pragma once
// How well predictions meet people's answers to one question, under the names of audit/divergences.hpp.
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "opinions/paired_counts.hpp"

namespace meridian::opinions {

enum class Metric : std::uint8_t {
  accuracy,
  sim_js,
  sim_js2,
  emd_vec,
  emd_ord_norm,
  kappa,
  kappa_linear,
  kappa_quadratic
};
inline constexpr std::size_t kMetrics = 8;
inline constexpr std::array<Metric, kMetrics> kAllMetrics{Metric::accuracy,     Metric::sim_js,         Metric::sim_js2,
                                                          Metric::emd_vec,      Metric::emd_ord_norm,   Metric::kappa,
                                                          Metric::kappa_linear, Metric::kappa_quadratic};
/// Column name: "accuracy", "sim_js", ...
std::string name(Metric metric);
/// In words, with the column's name in brackets where it says something else.
std::string words(Metric metric);
/// Metrics of two distributions, which exist without pairs.
bool of_distributions(Metric metric);

/// What an invalid prediction counts as in the accuracy.
enum class InvalidRule { wrong, excluded };

struct Agreement {
  std::int64_t people = 0, invalid = 0;
  std::int64_t looked_at = 0;             ///< denominator of the accuracy
  std::array<double, kMetrics> values{};  ///< NaN where a metric does not exist
  double operator[](Metric metric) const { return values[static_cast<std::size_t>(metric)]; }
};

/// `range` must hold every code of the counts.
Agreement agreement(const PairedCounts& counts, const CodeRange& range, InvalidRule rule);

/// Distances of the predictions from a distribution over the range; the other metrics are NaN.
std::array<double, kMetrics> distribution_metrics(const std::vector<double>& human,
                                                  const std::vector<double>& predicted);

}  // namespace meridian::opinions
