#include "uncertainty/permuted_people.hpp"

#include <fmt/format.h>

#include <memory>
#include <numeric>

#include "error.hpp"
#include "inference/freedman_lane.hpp"
#include "inference/labelled_welch.hpp"
#include "inference/permutation.hpp"
#include "uncertainty/permutation_table.hpp"
#include "uncertainty/person_values.hpp"

namespace meridian::uncertainty {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;

std::string left_out(std::size_t people) {
  return people == 0 ? "" : fmt::format(" Left out: {} people without a cosine.", people);
}

/// Under `recomputed` a person's numbers depend on the label; else they are those of the person's own nation.
PermutationTest relabelled(const PersonValues& people, bool recomputed, const PermutationOptions& options) {
  MatrixXd own = people.first;
  for (Index i = 0; i < own.rows(); ++i)
    if (people.labels[static_cast<std::size_t>(i)] == 0) own.row(i) = people.second.row(i);
  const auto welch = std::make_shared<const inference::LabelledWelch>(recomputed ? people.first : own,
                                                                      recomputed ? people.second : own);
  const auto permutations = resampling::Permutations::relabellings(people.labels, options.limit, options.seed);
  PermutationTest test;
  test.observed = observed_table(
      {"people", people.labels.size(), "Difference of nations and Welch's t." + left_out(people.left_out),
       inference::kRoundingTie, recomputed},
      people.terms, people.families, welch->difference(people.labels),
      welch->statistics({people.labels}).row(0).transpose());
  test.study.statistics = people.terms;
  test.study.limit = permutations.count();
  test.study.compute = [welch, permutations](std::size_t first, std::size_t count) {
    std::vector<resampling::Labels> labels;
    for (std::size_t r = 0; r < count; ++r) labels.push_back(permutations.labels(first + r));
    return welch->statistics(labels);
  };
  return test;
}

PermutationTest adjusted(const PersonValues& people, const PermutationOptions& options) {
  const AdjustedUnits kept = adjusted_units(options.adjustment, people.ids);
  MatrixXd values(static_cast<Index>(kept.kept.size()), people.first.cols());
  resampling::Labels group;
  for (Index i = 0; i < values.rows(); ++i) {
    const std::size_t person = kept.kept[static_cast<std::size_t>(i)];
    group.push_back(people.labels[person]);
    values.row(i) = (group.back() == 1 ? people.first : people.second).row(static_cast<Index>(person));
  }
  const auto lane = std::make_shared<const inference::FreedmanLane>(values, kept.columns, group);
  std::vector<std::uint32_t> identity(kept.kept.size());
  std::iota(identity.begin(), identity.end(), 0U);
  PermutationTest test;
  const std::string words =
      fmt::format("Difference of nations at equal {}, and its t with HC2 standard errors.{} Without covariates: {}.",
                  options.adjustment.formula, left_out(people.left_out), kept.left_out.size());
  test.observed = observed_table({"people", identity.size(), words, inference::kRoundingTie}, people.terms,
                                 people.families, lane->estimate(), lane->statistic(identity));
  test.study.statistics = people.terms;
  test.study.compute = [lane, seed = options.seed, units = identity.size(), columns = values.cols()](
                           std::size_t first, std::size_t count) {
    MatrixXd all(static_cast<Index>(count), columns);
    for (std::size_t r = 0; r < count; ++r)
      all.row(static_cast<Index>(r)) = lane->statistic(resampling::random_order(units, seed, first + r)).transpose();
    return all;
  };
  return test;
}

}  // namespace

PermutationTest permuted_people(const analysis::Study& study, std::size_t analysis, const PermutationOptions& options) {
  const PersonValues people = person_values(study, analysis, options.threads);
  const bool same_conditions = people.first == people.second;
  const bool with_language = options.kind == PermutationKind::nation_with_language;
  if (with_language && same_conditions)
    throw InputError("--test", "nation-with-language where people of both nations meet the same conditions",
                     "an analysis with pairing = own", "Take --test nation: nothing else differs.");
  if (!options.adjustment.formula.empty()) {
    if (!with_language && !same_conditions)
      throw InputError("--adjust", "--test nation where cosines depend on the label",
                       "a test in which every person keeps their numbers", "Take --test nation-with-language.");
    return adjusted(people, options);
  }
  return relabelled(people, !with_language && !same_conditions, options);
}

}  // namespace meridian::uncertainty
