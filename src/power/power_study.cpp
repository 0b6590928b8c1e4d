#include "power/power_study.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>
#include <numeric>

#include "error.hpp"
#include "models/mixed_model.hpp"
#include "uncertainty/parametric.hpp"
#include "uncertainty/replicate_rows.hpp"

namespace meridian::power {
namespace {

using Eigen::Index;
using Eigen::VectorXd;

std::vector<std::size_t> indices_of(const std::vector<std::string>& wanted, const std::vector<std::string>& terms) {
  std::vector<std::size_t> indices;
  for (std::size_t i = 0; i < terms.size() && wanted.empty(); ++i)
    if (terms[i] != "(Intercept)") indices.push_back(i);
  for (const std::string& term : wanted) {
    const auto found = std::find(terms.begin(), terms.end(), term);
    if (found == terms.end())
      throw InputError("--terms", "'" + term + "'", fmt::format("one of {}", fmt::join(terms, ", ")),
                       "Name fixed effects of the model");
    indices.push_back(static_cast<std::size_t>(found - terms.begin()));
  }
  return indices;
}

/// Everything a replicate needs; const and shared by all threads.
struct Simulation {
  uncertainty::ParametricSampler sampler;
  std::string person;
  models::FitOptions options;
  std::vector<std::size_t> terms;
  std::uint64_t seed;

  VectorXd replicate(std::uint64_t index) const {
    VectorXd values =
        VectorXd::Constant(2 + 3 * static_cast<Index>(terms.size()), std::numeric_limits<double>::quiet_NaN());
    values[0] = values[1] = 0;
    const uncertainty::Resampled drawn = sampler.draw(seed, index);
    try {
      const models::MixedModel model(drawn.design, person, drawn.classes, options);
      values[1] = model.fit().singular ? 1 : 0;
      for (std::size_t i = 0; i < terms.size(); ++i) {
        const models::Coefficient& c = model.fit().coefficients[terms[i]];
        values.segment(2 + 3 * static_cast<Index>(i), 3) << c.estimate, c.std_error, c.df;
      }
    } catch (const InputError&) {  // counted by the statistic "failed"
      values[0] = 1;
    }
    return values;
  }
};

std::vector<std::string> statistics_of(const std::vector<std::string>& terms) {
  std::vector<std::string> names = {"failed", "singular"};
  for (const std::string& term : terms)
    for (const char* what : {"estimate", "std_error", "df"}) names.push_back(fmt::format("{}: {}", what, term));
  return names;
}

void add_fingerprint(const Truth& truth, const PowerOptions& options, resampling::ReplicateStudy& study) {
  std::string parameters;
  for (const double value : truth.beta) parameters += fmt::format("{} ", value);
  for (const double value : truth.theta) parameters += fmt::format("{} ", value);
  study.fingerprint.emplace_back("truth", parameters + fmt::format("{}", truth.sigma));
  study.fingerprint.emplace_back("degrees of freedom", options.kenward_roger ? "Kenward-Roger" : "Satterthwaite");
  study.fingerprint.emplace_back("seed", std::to_string(options.seed));
}

}  // namespace

std::string Point::name() const {
  const auto part = [](double value) { return value > 0 ? fmt::format("{:g}", value) : std::string("study"); };
  return fmt::format("people-{}_models-{}_iterations-{}", size.people ? std::to_string(size.people) : "study",
                     size.models ? std::to_string(size.models) : "study", part(iterations));
}

PlannedPoint planned_point(const PlannedStudy& planned, const Point& point, const PowerOptions& options) {
  const CrossedDesign crossed = grown(planned.crossed, point.size);
  models::Design design = design_of(crossed);
  Truth truth = truth_for(planned.truth, design);
  if (point.iterations > 0) truth = at_iterations(truth, design, crossed.person, planned.elicitation, point.iterations);
  PlannedPoint result;
  result.point = point;
  result.people = std::accumulate(crossed.people.begin(), crossed.people.end(), 0.0);
  result.iterations = point.iterations > 0 ? point.iterations : planned.elicitation.iterations;
  result.models = static_cast<double>(crossed.origins.units);
  const std::vector<std::size_t> terms = indices_of(options.terms, truth.terms);
  for (const std::size_t i : terms) {
    result.terms.push_back(truth.terms[i]);
    result.truth.push_back(truth.beta[static_cast<Index>(i)]);
  }
  resampling::ReplicateStudy& study = result.replicates;
  study.kind = "power";
  study.statistics = statistics_of(result.terms);
  study.fingerprint = planned.fingerprint;
  study.fingerprint.emplace_back("point", point.name());
  add_fingerprint(truth, options, study);
  models::FitOptions fit;
  fit.method = planned.maximum_likelihood ? models::Method::ml : models::Method::reml;
  if (options.kenward_roger) fit.small_sample = models::SmallSample::kenward_roger;
  uncertainty::DrawnModel model{std::move(design), crossed.person, truth.structure, crossed.blocks,
                                crossed.people,    truth.beta,     truth.theta,     truth.sigma};
  const auto simulation = std::make_shared<const Simulation>(
      Simulation{uncertainty::ParametricSampler(std::move(model)), crossed.person, fit, terms, options.seed});
  const auto columns = static_cast<Index>(study.statistics.size());
  study.compute = [simulation, columns, threads = options.threads](std::size_t first, std::size_t count) {
    return uncertainty::replicate_rows(
        count, columns, threads, [&](Index r) { return simulation->replicate(first + static_cast<std::size_t>(r)); });
  };
  return result;
}

}  // namespace meridian::power
