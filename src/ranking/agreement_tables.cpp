// Agreement between models and between replicates of one model.
#include <cmath>
#include <limits>

#include "findings/columns.hpp"
#include "inference/concordance.hpp"
#include "inference/quantiles.hpp"
#include "inference/two_sample.hpp"
#include "ranking/tables.hpp"

namespace meridian::ranking {
namespace {

using findings::integer_column;
using findings::real_column;
using findings::Table;
using findings::text_column;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
/// Of the normal distribution, for the jackknife's 95% interval.
constexpr double kNormal975 = 1.959963984540054;

struct Interval {
  double low = nan, high = nan;
};

/// Percentile interval (type 7) of the replicates in which the statistic exists.
Interval percentile(const Eigen::MatrixXd& replicates, Eigen::Index column) {
  std::vector<double> values;
  for (Eigen::Index r = 0; r < replicates.rows(); ++r)
    if (!std::isnan(replicates(r, column))) values.push_back(replicates(r, column));
  if (values.empty()) return {};
  const std::vector<double> ends = inference::quantiles(std::move(values), {0.025, 0.975});
  return {ends[0], ends[1]};
}

/// Leaves out one model at a time; Efron & Stein (1981).
Interval jackknife(const Eigen::MatrixXd& matrix, const std::vector<std::size_t>& members, double mean) {
  if (members.size() < 3) return {};
  std::vector<double> left;
  for (std::size_t out = 0; out < members.size(); ++out) {
    std::vector<double> weights(members.size(), 1.0);
    weights[out] = 0;
    left.push_back(weighted_cohesion(matrix, members, weights));
  }
  const inference::Moments moments = inference::moments(left);
  const double n = static_cast<double>(members.size());
  const double std_error = std::sqrt((n - 1) / n * (n - 1) * moments.variance);
  return {mean - kNormal975 * std_error, mean + kNormal975 * std_error};
}

void add_group(const Study& study, const Results& results, std::size_t group, bool kendall, Table& table) {
  const auto members = study.catalog.models_of(group);
  const Eigen::MatrixXd& matrix = kendall ? results.agreement.kendall : results.agreement.spearman;
  const std::vector<double> pairs = pairs_within(matrix, members);
  const inference::Moments moments = inference::moments(pairs);
  const auto first = static_cast<Eigen::Index>(4 * group + (kendall ? 1 : 0));
  const auto add = [&](const char* method, const Interval& interval) {
    table.add({study.catalog.groups[group], kendall ? "tau-b" : "rho", static_cast<std::int64_t>(members.size()),
               static_cast<std::int64_t>(pairs.size()), moments.mean, std::sqrt(moments.variance), method, interval.low,
               interval.high});
  };
  const bool drawn = results.cohesion.rows() > 0;
  add("models", drawn ? percentile(results.cohesion, first) : Interval{});
  add("pairs", drawn ? percentile(results.cohesion, first + 2) : Interval{});
  add("jackknife", jackknife(matrix, members, moments.mean));
}

/// (1 + re-orderings that reach the observed W) / (1 + re-orderings); NaN without re-orderings or W.
double reordering_p(const Eigen::MatrixXd& reorderings, Eigen::Index model) {
  if (reorderings.rows() == 0) return nan;
  return (1 + reorderings.col(model).sum()) / static_cast<double>(1 + reorderings.rows());
}

}  // namespace

Table matrix_table(const Study& study, const Eigen::MatrixXd& matrix, const std::string& name,
                   const std::string& title) {
  Table table{name, title, "Every model with every model, over the terms.", {text_column("model")}, {}};
  for (const Model& model : study.catalog.models) table.columns.push_back(real_column(model.name));
  for (std::size_t i = 0; i < study.rows.size(); ++i) {
    std::vector<findings::Cell> row{study.catalog.models[i].name};
    for (Eigen::Index j = 0; j < matrix.cols(); ++j) row.emplace_back(matrix(static_cast<Eigen::Index>(i), j));
    table.add(std::move(row));
  }
  return table;
}

Table cohesion_table(const Study& study, const Results& results) {
  Table table{"cohesion",
              "Cohesion: mean agreement of the models of a group",
              "Mean and SD over unordered pairs. 95% intervals: models - percentile bootstrap that draws models within "
              "the group and drops pairs of a model with itself; pairs - draws pairs as if they were independent (too "
              "narrow; to compare with print); jackknife - one model left out at a time, normal.",
              {text_column("group"), text_column("coefficient"), integer_column("models", "models"),
               integer_column("pairs", "pairs"), real_column("mean"), real_column("std_dev"), text_column("interval"),
               real_column("conf_low"), real_column("conf_high")},
              {}};
  for (std::size_t group = 0; group < study.catalog.groups.size(); ++group)
    for (const bool kendall : {false, true}) add_group(study, results, group, kendall, table);
  return table;
}

Table stability_table(const Study& study, const Results& results) {
  Table table{"stability",
              "Stability: do the replicates of a model agree?",
              "Kendall's W with Friedman's chi-square, the F approximation of Kendall and Babington Smith, and " +
                  std::to_string(study.settings.stability) +
                  " permutations. With few replicates the chi-square approximation is poor and conservative.",
              {text_column("model"), text_column("group"), integer_column("replicates"), real_column("w"),
               real_column("chi_square"), real_column("df"), real_column("p_chi_square"), real_column("f"),
               real_column("p_f"), real_column("p_permutation"), real_column("mean_rho")},
              {}};
  const auto of_model = replicates_of(study);
  for (std::size_t i = 0; i < of_model.size(); ++i) {
    std::vector<std::vector<double>> rows;
    for (const Ranking* replicate : of_model[i]) rows.push_back(replicate->ranks);
    const inference::Concordance test = inference::concordance(rows);
    const auto index = static_cast<Eigen::Index>(i);
    table.add({study.catalog.models[i].name, study.catalog.groups[study.groups[i]],
               static_cast<std::int64_t>(rows.size()), test.w, test.chi_square, test.df, test.p_chi_square, test.f,
               test.p_f, reordering_p(results.reorderings, index), test.mean_spearman});
  }
  return table;
}

Table stability_group_table(const Study& study, const Results& results) {
  Table table{"stability_groups",
              "Stability by group",
              "Over the models with at least two replicates.",
              {text_column("group"), integer_column("models", "models"), real_column("mean_w"), real_column("median_w"),
               real_column("std_dev")},
              {}};
  for (std::size_t group = 0; group < study.catalog.groups.size(); ++group) {
    std::vector<double> values;
    for (const std::size_t model : study.catalog.models_of(group))
      if (!std::isnan(results.stability[model])) values.push_back(results.stability[model]);
    const inference::Moments moments = inference::moments(values);
    table.add({study.catalog.groups[group], static_cast<std::int64_t>(values.size()), moments.mean,
               inference::median(values), std::sqrt(moments.variance)});
  }
  return table;
}

Table permutation_table(const Study& study, const Results& results) {
  Table table{
      "permutations",
      "Do groups matter? Labels of the models in random order",
      "p_value = (1 + relabellings that reach the observed value) / (1 + relabellings). The adjusted Rand index "
      "compares the clusters with the groups.",
      {text_column("statistic"), real_column("observed"), integer_column("relabellings"), real_column("p_value")},
      {}};
  const auto observed = label_statistics(study.groups, study.catalog.groups.size(), results.agreement.spearman,
                                         results.stability, results.clusters);
  for (std::size_t s = 0; s < observed.size(); ++s) {
    std::int64_t hits = 0, existing = 0;
    for (Eigen::Index r = 0; r < results.labels.rows(); ++r) {
      const double value = results.labels(r, static_cast<Eigen::Index>(s));
      existing += !std::isnan(value);
      // Equal up to the rounding of sums in another order.
      hits += value >= observed[s] - 1e-12;
    }
    const bool tested = existing > 0 && !std::isnan(observed[s]);
    table.add({label_statistic_names()[s], observed[s], existing,
               tested ? static_cast<double>(1 + hits) / static_cast<double>(1 + existing) : nan});
  }
  return table;
}

}  // namespace meridian::ranking
