#include "uncertainty/bootstrap.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "error.hpp"
#include "uncertainty/item_jackknife.hpp"
#include "uncertainty/parametric.hpp"
#include "uncertainty/replicate_rows.hpp"

namespace meridian::uncertainty {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

const std::vector<std::pair<Scheme, const char*>> kSchemes = {
    {Scheme::people, "people"},   {Scheme::models, "models"},         {Scheme::two_way, "two-way"},
    {Scheme::product, "product"}, {Scheme::parametric, "parametric"}, {Scheme::iterations, "iterations"},
    {Scheme::items, "items"}};

bool resamples_people(Scheme scheme) { return draws_units(scheme) && scheme != Scheme::models; }
bool resamples_columns(Scheme scheme) {
  return scheme == Scheme::models || scheme == Scheme::two_way || scheme == Scheme::product;
}

/// Refits and takes all statistics of one replicate. A model that cannot be estimated leaves NaN behind.
VectorXd evaluate(const Subject& subject, const Resampled& data, const VectorXd& people, const VectorXd& columns,
                  const std::vector<MatrixXd>* directions = nullptr) {
  models::Fit fit;
  VectorXd errors;
  Replicate replicate{data, nullptr, people, columns, directions, &errors};
  const bool known = std::all_of(data.classes.begin(), data.classes.end(),
                                 [](const models::PooledClass& one) { return one.mean.allFinite(); });
  if (known) try {
      fit = subject.refitter->refit(data.design, data.classes, &errors);
      replicate.fit = &fit;
    } catch (const InputError&) {  // told by the statistic "status: failed"
    }
  std::vector<double> values;
  for (const StatisticGroup& group : subject.groups) {
    const VectorXd part = group.evaluate(replicate);
    values.insert(values.end(), part.begin(), part.end());
  }
  return Eigen::Map<const VectorXd>(values.data(), static_cast<Index>(values.size()));
}

/// Weights of people and columns of a batch of replicates, one row each.
struct Weights {
  MatrixXd people, columns;
};

MatrixXd drawn(const resampling::Strata& strata, bool resampled, bool poisson, resampling::DrawSize draws,
               std::uint64_t seed, const char* purpose, std::size_t first, std::size_t count) {
  return resampling::weight_rows(first, count, strata.units, [&](std::size_t replicate) {
    if (!resampled) return std::vector<double>(strata.units, 1.0);
    return poisson ? resampling::poisson_weights(strata.units, seed, purpose, replicate)
                   : resampling::multinomial_weights(strata, draws, seed, purpose, replicate);
  });
}

Weights bootstrap_weights(const Subject& subject, const BootstrapOptions& options, std::size_t first,
                          std::size_t count) {
  const bool poisson = options.scheme == Scheme::product;
  return {drawn(subject.sample.people, resamples_people(options.scheme), poisson, options.people_draws, options.seed,
                "bootstrap people", first, count),
          drawn(subject.sample.columns, resamples_columns(options.scheme), poisson, options.model_draws, options.seed,
                "bootstrap models", first, count)};
}

std::vector<std::string> labels_of(const Subject& subject) {
  std::vector<std::string> labels;
  for (const StatisticGroup& group : subject.groups)
    for (const Statistic& statistic : group.statistics) labels.push_back(statistic.label());
  return labels;
}

using MakeWeights = std::function<Weights(std::size_t first, std::size_t count)>;
using Compute = std::function<MatrixXd(std::size_t first, std::size_t count)>;

/// People by a product of matrices for the whole batch, columns replicate by replicate.
Compute weighted_replicates(const std::shared_ptr<const Subject>& subject, Scheme scheme, int threads,
                            const MakeWeights& weights) {
  const auto people = std::make_shared<PeopleResampler>(subject->sample, subject->refitter->structure());
  std::shared_ptr<const TwoWayResampler> two_way;
  if (resamples_columns(scheme))
    two_way = std::make_shared<const TwoWayResampler>(subject->sample, subject->refitter->structure());
  const auto statistics = static_cast<Index>(labels_of(*subject).size());
  return [=](std::size_t first, std::size_t count) {
    const Weights all = weights(first, count);
    std::vector<Resampled> resampled;
    if (!resamples_columns(scheme)) resampled = people->resample(all.people);
    return replicate_rows(count, statistics, threads, [&](Index r) {
      const VectorXd own = all.people.row(r).transpose(), columns = all.columns.row(r).transpose();
      return evaluate(
          *subject,
          resamples_columns(scheme) ? two_way->resample(own, columns) : resampled[static_cast<std::size_t>(r)], own,
          columns);
    });
  };
}

Compute parametric_replicates(const std::shared_ptr<const Subject>& subject, const BootstrapOptions& options) {
  const auto sampler = std::make_shared<ParametricSampler>(fitted_model(subject->sample, *subject->refitter));
  const auto statistics = static_cast<Index>(labels_of(*subject).size());
  return [=](std::size_t first, std::size_t count) {
    const VectorXd columns = VectorXd::Ones(static_cast<Index>(subject->sample.columns.units));
    return replicate_rows(count, statistics, options.threads, [&](Index r) {
      return evaluate(*subject, sampler->draw(options.seed, first + static_cast<std::size_t>(r)), {}, columns);
    });
  };
}

Compute iteration_replicates(const std::shared_ptr<const Subject>& subject, const BootstrapOptions& options) {
  if (subject->iterations == nullptr)
    throw InputError("--scheme", "iterations on a table", "an analysis of a run with raw trials",
                     "Take another scheme.");
  const auto statistics = static_cast<Index>(labels_of(*subject).size());
  return [=](std::size_t first, std::size_t count) {
    const VectorXd people = VectorXd::Ones(static_cast<Index>(subject->sample.people.units));
    const VectorXd columns = VectorXd::Ones(static_cast<Index>(subject->sample.columns.units));
    return replicate_rows(count, statistics, options.threads, [&](Index r) {
      const auto drawn = subject->iterations->draw(options.seed, first + static_cast<std::size_t>(r));
      return evaluate(*subject, drawn.data, people, columns, &drawn.directions);
    });
  };
}

/// Replicates of a scheme that draws anything.
Compute drawn_replicates(const std::shared_ptr<const Subject>& subject, const BootstrapOptions& options) {
  if (options.scheme == Scheme::parametric) return parametric_replicates(subject, options);
  if (options.scheme == Scheme::iterations) return iteration_replicates(subject, options);
  return weighted_replicates(subject, options.scheme, options.threads,
                             [subject, options](std::size_t first, std::size_t count) {
                               return bootstrap_weights(*subject, options, first, count);
                             });
}

resampling::ReplicateStudy frame_of(const Subject& subject, const BootstrapOptions& options) {
  resampling::ReplicateStudy study;
  study.kind = "bootstrap";
  study.statistics = labels_of(subject);
  study.fingerprint = subject.fingerprint;
  study.fingerprint.emplace_back("scheme", scheme_name(options.scheme));
  const auto draws = [](resampling::DrawSize size) { return size == resampling::DrawSize::all ? "all" : "one less"; };
  if (resamples_people(options.scheme)) study.fingerprint.emplace_back("draws of people", draws(options.people_draws));
  if (resamples_columns(options.scheme)) study.fingerprint.emplace_back("draws of models", draws(options.model_draws));
  return study;
}

/// Stratum of each leave-one-out unit: nations, then origins.
std::vector<std::int32_t> jackknife_strata(const Subject& subject, Scheme scheme) {
  std::vector<std::int32_t> strata;
  std::int32_t first = 0;
  const auto append = [&](const resampling::Strata& units) {
    const std::size_t offset = strata.size();
    strata.resize(offset + units.units);
    for (const auto& members : units.members) {
      for (const std::uint32_t unit : members) strata[offset + unit] = first;
      ++first;
    }
  };
  if (resamples_people(scheme)) append(subject.sample.people);
  if (resamples_columns(scheme)) append(subject.sample.columns);
  return strata;
}

}  // namespace

Scheme parse_scheme(const std::string& name) {
  for (const auto& [scheme, known] : kSchemes)
    if (name == known) return scheme;
  throw InputError("scheme", "'" + name + "'", "people, models, two-way, product, parametric, iterations or items",
                   "Mend the name.");
}

bool draws_units(Scheme scheme) {
  return scheme != Scheme::parametric && scheme != Scheme::iterations && scheme != Scheme::items;
}

std::string scheme_name(Scheme scheme) {
  for (const auto& [known, name] : kSchemes)
    if (scheme == known) return name;
  throw Error(ExitCode::bug, "a scheme without a name");
}

resampling::ReplicateStudy bootstrap_study(std::shared_ptr<const Subject> subject, const BootstrapOptions& options) {
  resampling::ReplicateStudy study = frame_of(*subject, options);
  if (options.scheme == Scheme::items) return item_study(subject, study);
  study.fingerprint.emplace_back("seed", std::to_string(options.seed));
  study.compute = drawn_replicates(subject, options);
  return study;
}

resampling::ReplicateStudy jackknife_study(std::shared_ptr<const Subject> subject, const BootstrapOptions& options) {
  if (!draws_units(options.scheme))
    throw InputError("--bca", "scheme " + scheme_name(options.scheme), "a scheme that resamples people or models",
                     "Leave --bca out: these replicates have no units to leave out.");
  resampling::ReplicateStudy study = frame_of(*subject, options);
  study.kind = "jackknife";
  const std::size_t people = resamples_people(options.scheme) ? subject->sample.people.units : 0;
  const std::size_t all_people = subject->sample.people.units, columns = subject->sample.columns.units;
  study.limit = people + (resamples_columns(options.scheme) ? columns : 0);
  const MakeWeights weights = [=](std::size_t first, std::size_t count) {
    return Weights{resampling::weight_rows(first, count, all_people,
                                           [=](std::size_t unit) {
                                             return unit < people ? resampling::jackknife_weights(all_people, unit)
                                                                  : std::vector<double>(all_people, 1.0);
                                           }),
                   resampling::weight_rows(first, count, columns, [=](std::size_t unit) {
                     return unit < people ? std::vector<double>(columns, 1.0)
                                          : resampling::jackknife_weights(columns, unit - people);
                   })};
  };
  const Compute values = weighted_replicates(subject, options.scheme, options.threads, weights);
  study.statistics.push_back("stratum");
  study.compute = [values, strata = jackknife_strata(*subject, options.scheme)](std::size_t first, std::size_t count) {
    MatrixXd rows = values(first, count);
    rows.conservativeResize(Eigen::NoChange, rows.cols() + 1);
    for (Index r = 0; r < rows.rows(); ++r) rows(r, rows.cols() - 1) = strata[first + static_cast<std::size_t>(r)];
    return rows;
  };
  return study;
}

}  // namespace meridian::uncertainty
