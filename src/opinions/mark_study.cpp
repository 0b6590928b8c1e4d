#include "opinions/mark_study.hpp"

#include <cmath>

#include "audit/replicate_limits.hpp"
#include "opinions/family_comparison.hpp"

namespace meridian::opinions {
namespace {

std::vector<double> by_question(const MarkStudy& study, std::size_t model, Metric metric) {
  const MetricGrid& grid = study.statistics.grid(model, Setting::pooled);
  std::vector<double> values;
  for (std::size_t q = 0; q < grid.questions; ++q) values.push_back(grid.value(0, q, metric));
  return values;
}

MarkComparison compare(const MarkStudy& study, std::size_t first, std::size_t second, Metric metric) {
  const PairedTests tests = paired_tests(by_question(study, first, metric), by_question(study, second, metric));
  const auto a = static_cast<Eigen::Index>(study.statistics.find(first, Setting::pooled, metric));
  const auto b = static_cast<Eigen::Index>(study.statistics.find(second, Setting::pooled, metric));
  const Eigen::VectorXd differences = study.replicates.col(a) - study.replicates.col(b);
  const inference::Interval limits = audit::replicate_limits(differences, study.confidence);
  MarkComparison found{first, second, metric, tests.pairs, study.values[a] - study.values[b], limits.low, limits.high};
  found.statistic = tests.statistic;
  found.df = tests.df;
  found.p_t = tests.p_value;
  found.p_wilcoxon = std::isnan(tests.wilcoxon.p_exact) ? tests.wilcoxon.p_value : tests.wilcoxon.p_exact;
  found.p_bootstrap = audit::replicate_p(differences);
  return found;
}

}  // namespace

std::string MarkStudy::type_name(std::size_t question) const {
  return types.questions.empty() ? "" : types.types[types.type[types.find(people.questions[question])]];
}

std::vector<MarkComparison> mark_comparisons(const MarkStudy& study) {
  std::vector<MarkComparison> all;
  const std::size_t models = study.predictions.models.size();
  for (std::size_t first = 0; first < models; ++first)
    for (std::size_t second = first + 1; second < models; ++second)
      for (const Metric metric : kAllMetrics) all.push_back(compare(study, first, second, metric));
  return all;
}

}  // namespace meridian::opinions
