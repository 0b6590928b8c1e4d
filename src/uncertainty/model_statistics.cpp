#include "uncertainty/model_statistics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "models/fit_statistics.hpp"

namespace meridian::uncertainty {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using inference::Scale;

struct Layout {
  MatrixXd functions;  ///< fixed effects first, then the linear functions
  std::vector<Statistic> statistics;
  Index variance_errors = 0;  ///< how many of the statistics, at the end
};

void add_with_error(std::vector<Statistic>& statistics, std::vector<Statistic>& errors, const std::string& quantity,
                    const std::string& name) {
  statistics.push_back({quantity, name, Scale::plain, "standard error: " + quantity + " " + name});
  errors.push_back({"standard error", quantity + " " + name, Scale::plain, ""});
}

/// `errors`: ML fits have none.
void add_variances(const models::Fit& fit, std::vector<Statistic>& statistics, std::vector<Statistic>& errors) {
  for (const models::VarianceComponent& c : fit.variance_components) {
    const bool variance = c.term2.empty();
    const std::string quantity = variance ? "variance" : "correlation";
    const std::string name = c.group + (c.term1.empty() ? "" : " " + c.term1) + (variance ? "" : " " + c.term2);
    add_with_error(statistics, errors, quantity, name);
    statistics.back().scale = variance ? Scale::log : Scale::fisher_z;
  }
  if (fit.method == models::Method::reml) return;
  for (std::size_t i = 0; i < errors.size(); ++i) statistics[statistics.size() - 1 - i].error.clear();
  errors.clear();
}

Layout layout_of(const Sample& sample, const models::Fit& full, const std::vector<NamedFunction>& functions) {
  Layout layout;
  const auto p = static_cast<Index>(sample.design.names.size());
  layout.functions = MatrixXd::Identity(p + static_cast<Index>(functions.size()), p);
  std::vector<Statistic> errors;
  layout.statistics = {{"status", "failed", Scale::plain, ""}, {"status", "singular", Scale::plain, ""}};
  for (const std::string& term : sample.design.names) add_with_error(layout.statistics, errors, "fixed effect", term);
  for (std::size_t f = 0; f < functions.size(); ++f) {
    add_with_error(layout.statistics, errors, functions[f].quantity, functions[f].name);
    layout.functions.row(p + static_cast<Index>(f)) = functions[f].row;
  }
  layout.statistics.insert(layout.statistics.end(), errors.begin(), errors.end());
  std::vector<Statistic> variance_errors;
  add_variances(full, layout.statistics, variance_errors);
  layout.variance_errors = static_cast<Index>(variance_errors.size());
  for (const char* name : {"R2 marginal", "R2 conditional", "ICC"})
    layout.statistics.push_back({"share of variance", name, Scale::plain, ""});
  layout.statistics.insert(layout.statistics.end(), variance_errors.begin(), variance_errors.end());
  return layout;
}

std::vector<double> row_counts(const Resampled& data) {
  std::vector<double> counts;
  for (const models::PooledClass& one : data.classes)
    counts.insert(counts.end(), static_cast<std::size_t>(one.block.rows), one.count);
  return counts;
}

VectorXd values_of(const Layout& layout, const models::Refitter& refitter, const Replicate& replicate) {
  const auto size = static_cast<Index>(layout.statistics.size());
  if (replicate.fit == nullptr) {
    VectorXd failed = VectorXd::Constant(size, std::numeric_limits<double>::quiet_NaN());
    failed[0] = 1;
    failed[1] = 0;
    return failed;
  }
  const models::Fit& fit = *replicate.fit;
  VectorXd values(size);
  values[0] = fit.converged ? 0 : 1;
  values[1] = fit.singular ? 1 : 0;
  const Index functions = layout.functions.rows();
  values.segment(2, functions) = layout.functions * fit.beta;
  for (Index f = 0; f < functions; ++f)
    values[2 + functions + f] = std::sqrt(layout.functions.row(f).dot(fit.vcov * layout.functions.row(f).transpose()));
  Index at = 2 + 2 * functions;
  for (const models::VarianceComponent& c : fit.variance_components)
    values[at++] = c.term2.empty() ? c.variance : std::clamp(c.sd_or_corr, -1.0, 1.0);
  const models::FitStatistics shares =
      models::fit_statistics(replicate.data.design, row_counts(replicate.data), fit, refitter.structure());
  values.segment(at, 3) << shares.r2_marginal, shares.r2_conditional, shares.icc;
  if (layout.variance_errors > 0) values.tail(layout.variance_errors) = *replicate.variance_errors;
  return values;
}

}  // namespace

StatisticGroup model_statistics(const Sample& sample, const models::Refitter& refitter,
                                const std::vector<NamedFunction>& functions) {
  const auto layout = std::make_shared<const Layout>(layout_of(sample, refitter.full(), functions));
  return {layout->statistics,
          [layout, &refitter](const Replicate& replicate) { return values_of(*layout, refitter, replicate); }};
}

}  // namespace meridian::uncertainty
