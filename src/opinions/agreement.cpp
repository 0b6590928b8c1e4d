#include "opinions/agreement.hpp"

#include <limits>

#include "audit/divergences.hpp"

namespace meridian::opinions {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

}  // namespace

std::string name(Metric metric) {
  static const std::array<const char*, kMetrics> names{"accuracy",     "sim_js", "sim_js2",      "emd_vec",
                                                       "emd_ord_norm", "kappa",  "kappa_linear", "kappa_quadratic"};
  return names[static_cast<std::size_t>(metric)];
}

std::string words(Metric metric) {
  static const std::array<const char*, kMetrics> meanings{"accuracy",
                                                          "similarity of distributions (sim_js)",
                                                          "similarity of distributions, base 2 (sim_js2)",
                                                          "distance of distributions (emd_vec)",
                                                          "distance along the scale (emd_ord_norm)",
                                                          "Cohen's kappa",
                                                          "Cohen's kappa, linear weights",
                                                          "Cohen's kappa, quadratic weights"};
  return meanings[static_cast<std::size_t>(metric)];
}

bool of_distributions(Metric metric) { return metric >= Metric::sim_js && metric <= Metric::emd_ord_norm; }

std::array<double, kMetrics> distribution_metrics(const std::vector<double>& human,
                                                  const std::vector<double>& predicted) {
  const audit::Divergences found = audit::divergences(human, predicted);
  return {kNone, found.sim_js, found.sim_js2, found.emd_vec, found.emd_ord_norm, kNone, kNone, kNone};
}

Agreement agreement(const PairedCounts& counts, const CodeRange& range, InvalidRule rule) {
  Agreement result;
  std::int64_t hits = 0;
  for (const auto& [cell, count] : counts.cells) {
    result.people += count;
    if (cell.first == cell.second) hits += count;
  }
  for (const auto& [code, count] : counts.invalid) result.invalid += count;
  result.people += result.invalid;
  result.looked_at = rule == InvalidRule::wrong ? result.people : result.people - result.invalid;
  result.values.fill(kNone);
  if (result.people == 0) return result;
  result.values = distribution_metrics(human_histogram(counts, range), predicted_histogram(counts, range));
  const auto set = [&](Metric metric, double value) { result.values[static_cast<std::size_t>(metric)] = value; };
  if (result.looked_at > 0) set(Metric::accuracy, static_cast<double>(hits) / static_cast<double>(result.looked_at));
  set(Metric::kappa, cohen_kappa(counts, KappaWeights::none));
  set(Metric::kappa_linear, cohen_kappa(counts, KappaWeights::linear));
  set(Metric::kappa_quadratic, cohen_kappa(counts, KappaWeights::quadratic));
  return result;
}

}  // namespace meridian::opinions
