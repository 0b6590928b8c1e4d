#include "uncertainty/permuted_models.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>
#include <numeric>

#include "error.hpp"
#include "inference/freedman_lane.hpp"
#include "inference/permutation.hpp"
#include "uncertainty/permutation_table.hpp"
#include "uncertainty/permuted_refits.hpp"
#include "uncertainty/replicate_rows.hpp"
#include "uncertainty/tiles.hpp"
#include "uncertainty/unit_values.hpp"

namespace meridian::uncertainty {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// A permutation of a few numbers costs a microsecond: units large enough that writing them does not dominate. A refit
/// costs a hundred times as much and more.
constexpr std::size_t kPermutationsPerUnit = 16384, kRefitsPerUnit = 512;

bool relabels(PermutationKind kind) { return kind == PermutationKind::origin || kind == PermutationKind::max_t; }

UnitValues unit_values(const UnitSource& source, PermutationKind kind) {
  switch (kind) {
    case PermutationKind::origin:
      return values_by_origin(source);
    case PermutationKind::max_t:
      return changes_by_origin(source);
    case PermutationKind::language:
      return contrasts_with(source, "language");
    case PermutationKind::persona:
      return contrasts_with(source, "persona");
    default:
      throw Error(ExitCode::bug, "a permutation test of people asked for models");
  }
}

resampling::Permutations permutations_of(const resampling::Labels& first, std::size_t models,
                                         const PermutationOptions& options) {
  return first.empty() ? resampling::Permutations::signs(models, options.limit, options.seed)
                       : resampling::Permutations::relabellings(first, options.limit, options.seed);
}

/// T of all columns for one labelling: origins relabelled, or signs flipped.
VectorXd statistic_of(const UnitValues& units, const resampling::Labels& labels) {
  return units.first.empty() ? inference::flipped_t(units.values, labels)
                             : inference::relabelled_welch_t(units.values, labels);
}

VectorXd estimate_of(const UnitValues& units) {
  if (units.first.empty()) return units.values.colwise().mean().transpose();
  VectorXd weights(units.values.rows());
  const auto first = static_cast<double>(std::count(units.first.begin(), units.first.end(), std::uint8_t{1}));
  const double second = static_cast<double>(weights.size()) - first;
  for (Index i = 0; i < weights.size(); ++i)
    weights[i] = units.first[static_cast<std::size_t>(i)] == 1 ? 1 / first : -1 / second;
  return units.values.transpose() * weights;
}

PermutationTest of_units(const std::shared_ptr<const UnitValues>& units, const PermutationOptions& options) {
  const auto models = static_cast<std::size_t>(units->values.rows());
  const auto permutations = permutations_of(units->first, models, options);
  const resampling::Labels as_observed = units->first.empty() ? resampling::Labels(models, 0) : units->first;
  PermutationTest test;
  test.observed = observed_table(
      {"models", models,
       units->first.empty() ? "Mean over models and Student's t." : "Difference of origins and Welch's t.",
       inference::kRoundingTie},
      units->terms, units->families, estimate_of(*units), statistic_of(*units, as_observed));
  test.study.statistics = units->terms;
  test.study.batch = kPermutationsPerUnit;
  test.study.limit = permutations.count();
  test.study.compute = [units, permutations](std::size_t first, std::size_t count) {
    MatrixXd values(static_cast<Index>(count), units->values.cols());
    for (std::size_t r = 0; r < count; ++r)
      values.row(static_cast<Index>(r)) = statistic_of(*units, permutations.labels(first + r)).transpose();
    return values;
  };
  return test;
}

std::vector<std::string> model_names(const UnitSource& source) {
  std::vector<std::string> names;
  for (const std::size_t model : source.study.layouts[source.analysis].models)
    names.push_back(source.study.panel.models[model].name);
  return names;
}

PermutationTest adjusted(const UnitSource& source, const UnitValues& units, const PermutationOptions& options) {
  const AdjustedUnits kept = adjusted_units(options.adjustment, model_names(source));
  resampling::Labels group;
  for (const std::size_t unit : kept.kept) group.push_back(units.first[unit]);
  const auto lane =
      std::make_shared<const inference::FreedmanLane>(units.values(kept.kept, Eigen::all), kept.columns, group);
  std::vector<std::uint32_t> identity(kept.kept.size());
  std::iota(identity.begin(), identity.end(), 0U);
  PermutationTest test;
  std::string words =
      fmt::format("Difference of origins at equal {}, and its t with HC2 standard errors.", options.adjustment.formula);
  if (!kept.left_out.empty())
    words += fmt::format(" Left out, without covariates: {}.", fmt::join(kept.left_out, ", "));
  test.observed = observed_table({"models", identity.size(), words, inference::kRoundingTie}, units.terms,
                                 units.families, lane->estimate(), lane->statistic(identity));
  test.study.statistics = units.terms;
  test.study.compute = [lane, seed = options.seed, units = identity.size(), columns = units.values.cols()](
                           std::size_t first, std::size_t count) {
    MatrixXd values(static_cast<Index>(count), columns);
    for (std::size_t r = 0; r < count; ++r)
      values.row(static_cast<Index>(r)) = lane->statistic(resampling::random_order(units, seed, first + r)).transpose();
    return values;
  };
  return test;
}

/// Which fixed effects a refit tests: those of what is permuted.
std::shared_ptr<const PermutedRefits> refits_of(const UnitSource& source, PermutationKind kind) {
  const analysis::AnalysisJob& job = source.study.job.analyses[source.analysis];
  const analysis::Layout& layout = source.study.layouts[source.analysis];
  std::vector<std::string> variables, without;
  if (relabels(kind)) variables = {"origin"};
  if (kind == PermutationKind::origin) without = {"removed"};
  if (kind == PermutationKind::max_t) variables.emplace_back("removed");
  if (kind == PermutationKind::language) variables = {"language"};
  if (kind == PermutationKind::persona) variables = {"persona"};
  if (job.formula.empty())
    throw InputError("--refit", "'" + job.name + "' without a formula", "an analysis with a mixed model",
                     "Leave --refit out.");
  return std::make_shared<const PermutedRefits>(
      layout, analysis::make_analysis_design(source.study.panel, layout, job, source.moments),
      job.maximum_likelihood ? models::Method::ml : models::Method::reml, variables, without);
}

PermutationTest refitted(const UnitSource& source, const UnitValues& units, const PermutationOptions& options) {
  const auto refits = refits_of(source, options.kind);
  const analysis::Layout& layout = source.study.layouts[source.analysis];
  const panel::Panel& panel = source.study.panel;
  const auto permutations = permutations_of(units.first, layout.models.size(), options);
  const auto rows = [first = units.first, &layout, &panel,
                     language = options.kind == PermutationKind::language](const resampling::Labels& labels) {
    return first.empty() ? exchanged_rows(panel, layout, language, labels) : relabelled_rows(layout, first, labels);
  };
  const auto observed =
      refits->refit(rows(units.first.empty() ? resampling::Labels(layout.models.size(), 0) : units.first));
  PermutationTest test;
  test.observed = observed_table(
      {"models", layout.models.size(), "Coefficient of the mixed model and its t value, refitted to every permutation.",
       inference::kOptimumTie},
      refits->terms(), refits->families(), observed.estimate, observed.t);
  test.study.statistics = refits->terms();
  test.study.batch = kRefitsPerUnit;
  test.study.limit = permutations.count();
  test.study.compute = [refits, permutations, rows, threads = options.threads](std::size_t first, std::size_t count) {
    return replicate_rows(count, static_cast<Index>(refits->terms().size()), threads, [&](Index r) {
      return refits->refit(rows(permutations.labels(first + static_cast<std::size_t>(r)))).t;
    });
  };
  return test;
}

}  // namespace

PermutationTest permuted_models(const analysis::Study& study, std::size_t analysis, const PermutationOptions& options) {
  const analysis::Moments moments = analysis_moments(study, study.layouts[analysis], options.threads);
  const UnitSource source{study, analysis, moments};
  auto units = std::make_shared<const UnitValues>(unit_values(source, options.kind));
  if (options.refit) return refitted(source, *units, options);
  if (!options.adjustment.formula.empty()) return adjusted(source, *units, options);
  return of_units(units, options);
}

}  // namespace meridian::uncertainty
