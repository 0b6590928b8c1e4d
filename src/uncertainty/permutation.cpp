#include "uncertainty/permutation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>

#include "error.hpp"
#include "inference/permutation.hpp"
#include "inference/quantiles.hpp"
#include "uncertainty/analysis_subject.hpp"
#include "uncertainty/interval_table.hpp"
#include "uncertainty/unit_values.hpp"

namespace meridian::uncertainty {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using findings::Cell;
using findings::Kind;

/// A permutation costs a microsecond: units large enough that writing them does not dominate.
constexpr std::size_t kPermutationsPerUnit = 16384;

struct Named {
  PermutationKind kind;
  const char* name;
  const char* null_hypothesis;
};
constexpr Named kKinds[] = {
    {PermutationKind::origin, "origin", "models of both origins have the same distribution of this contrast"},
    {PermutationKind::max_t, "max-t", "models of both origins have the same distribution of what the removal changes"},
    {PermutationKind::language, "language", "exchanging the two prompt languages of a model changes no distribution"},
    {PermutationKind::persona, "persona", "exchanging the two personas of a model changes no distribution"}};

const Named& named(PermutationKind kind) {
  for (const Named& known : kKinds)
    if (known.kind == kind) return known;
  throw Error(ExitCode::bug, "a permutation test without a name");
}

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
  }
  throw Error(ExitCode::bug, "a permutation test without unit values");
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

findings::Table observed_table(const UnitValues& units, const Named& test) {
  findings::Table table;
  table.name = "observed";
  table.title = fmt::format("Contrasts of {} models", units.values.rows());
  table.caption = units.first.empty() ? "Mean over models and Student's t." : "Difference of origins and Welch's t.";
  table.columns = {{"term", Kind::text, ""},      {"family", Kind::text, ""},
                   {"models", Kind::integer, ""}, {"estimate", Kind::real, "cosine"},
                   {"statistic", Kind::real, ""}, {"null_hypothesis", Kind::text, ""}};
  const VectorXd estimate = estimate_of(units);
  const VectorXd statistic = statistic_of(
      units, units.first.empty() ? resampling::Labels(static_cast<std::size_t>(units.values.rows()), 0) : units.first);
  for (std::size_t s = 0; s < units.terms.size(); ++s)
    table.add({units.terms[s], units.families[s], static_cast<std::int64_t>(units.values.rows()),
               estimate[static_cast<Index>(s)], statistic[static_cast<Index>(s)], std::string(test.null_hypothesis)});
  return table;
}

VectorXd statistics_in(const findings::Table& observed) {
  VectorXd values(static_cast<Index>(observed.rows.size()));
  for (std::size_t row = 0; row < observed.rows.size(); ++row)
    values[static_cast<Index>(row)] = number_of(observed, row, "statistic");
  return values;
}

/// Each family alone: the largest |T| is taken over its rows only.
inference::MaxT max_t_by_family(const findings::Table& observed, const MatrixXd& permuted, inference::Permuted how) {
  const VectorXd statistics = statistics_in(observed);
  std::map<std::string, std::vector<Index>> families;
  for (std::size_t row = 0; row < observed.rows.size(); ++row)
    families[std::get<std::string>(observed.rows[row][observed.column("family")])].push_back(static_cast<Index>(row));
  inference::MaxT all{std::vector<double>(observed.rows.size()), std::vector<double>(observed.rows.size())};
  for (const auto& [name, rows] : families) {
    const inference::MaxT own = inference::max_t(statistics(rows), permuted(Eigen::all, rows), how);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      all.single_step[static_cast<std::size_t>(rows[i])] = own.single_step[i];
      all.step_down[static_cast<std::size_t>(rows[i])] = own.step_down[i];
    }
  }
  return all;
}

}  // namespace

PermutationKind parse_permutation(const std::string& name) {
  for (const Named& known : kKinds)
    if (name == known.name) return known.kind;
  throw InputError("--test", "'" + name + "'", "origin, max-t, language or persona", "Mend the name.");
}

PermutationTest permutation_test(const analysis::Study& study, const std::string& analysis,
                                 const PermutationOptions& options) {
  const std::size_t index = analysis_index(study, analysis);
  const analysis::Moments moments = analysis_moments(study, study.layouts[index], options.threads);
  const auto units = std::make_shared<const UnitValues>(unit_values({study, index, moments}, options.kind));
  const auto permutations =
      units->first.empty()
          ? resampling::Permutations::signs(static_cast<std::size_t>(units->values.rows()), options.limit, options.seed)
          : resampling::Permutations::relabellings(units->first, options.limit, options.seed);
  PermutationTest test;
  test.observed = observed_table(*units, named(options.kind));
  test.study.kind = "permutation";
  test.study.statistics = units->terms;
  test.study.batch = kPermutationsPerUnit;
  test.study.limit = permutations.count();
  test.study.fingerprint = analysis_fingerprint(study, study.job.analyses[index]);
  test.study.fingerprint.emplace_back("analysis", analysis);
  test.study.fingerprint.emplace_back("test", named(options.kind).name);
  if (!permutations.enumerated()) test.study.fingerprint.emplace_back("seed", std::to_string(options.seed));
  test.study.compute = [units, permutations](std::size_t first, std::size_t count) {
    MatrixXd values(static_cast<Index>(count), units->values.cols());
    for (std::size_t r = 0; r < count; ++r)
      values.row(static_cast<Index>(r)) = statistic_of(*units, permutations.labels(first + r)).transpose();
    return values;
  };
  return test;
}

findings::Table permutation_table(const findings::Table& observed, const MatrixXd& permuted, bool enumerated) {
  const auto how = enumerated ? inference::Permuted::all : inference::Permuted::sampled;
  const VectorXd statistics = statistics_in(observed);
  const inference::MaxT adjusted = max_t_by_family(observed, permuted, how);
  findings::Table table = observed;
  table.name = "permutation";
  table.title = "Permutation tests";
  table.caption += enumerated ? " All permutations, the observed one among them: p = b/m."
                              : " Random permutations: p = (b + 1)/(m + 1), with its 95 % Clopper-Pearson limits.";
  table.caption +=
      " max_t_p and step_down_p: adjusted for the rows of one family by its largest |T| in each permutation "
      "(Westfall & Young 1993); strong control needs subset pivotality.";
  for (const char* name : {"p_value", "p_low", "p_high", "max_t_p", "step_down_p"})
    table.columns.push_back({name, Kind::real, ""});
  table.columns.push_back({"reached", Kind::integer, ""});
  table.columns.push_back({"permutations", Kind::integer, ""});
  table.columns.push_back({"method", Kind::text, ""});
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const auto s = static_cast<Index>(row);
    const inference::PermutationP p = inference::permutation_p(statistics[s], permuted.col(s), how);
    for (const Cell& cell :
         {Cell(p.p), Cell(p.low), Cell(p.high), Cell(adjusted.single_step[row]), Cell(adjusted.step_down[row]),
          Cell(p.reached), Cell(static_cast<std::int64_t>(permuted.rows())),
          Cell(std::string(enumerated ? "exact" : "Monte Carlo"))})
      table.rows[row].push_back(cell);
  }
  return table;
}

findings::Table distribution_table(const findings::Table& observed, const MatrixXd& permuted) {
  const std::vector<double> probabilities = {0.5, 0.75, 0.9, 0.95, 0.975, 0.99, 0.999};
  findings::Table table;
  table.name = "distribution";
  table.title = "|T| under permutation";
  table.caption = "Quantiles (type 7) of the absolute statistic over all permutations.";
  table.columns = {{"term", Kind::text, ""}};
  for (const double probability : probabilities)
    table.columns.push_back({fmt::format("q{}", probability * 100), Kind::real, ""});
  for (std::size_t row = 0; row < observed.rows.size(); ++row) {
    const VectorXd absolute = permuted.col(static_cast<Index>(row)).cwiseAbs();
    std::vector<Cell> cells = {observed.rows[row][observed.column("term")]};
    for (const double value : inference::quantiles({absolute.begin(), absolute.end()}, probabilities))
      cells.emplace_back(value);
    table.add(std::move(cells));
  }
  return table;
}

}  // namespace meridian::uncertainty
