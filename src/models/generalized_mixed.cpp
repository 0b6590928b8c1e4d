#include "models/generalized_mixed.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numeric>

#include "error.hpp"
#include "models/description.hpp"
#include "models/laplace.hpp"
#include "models/optimise.hpp"
#include "models/quadrature.hpp"

namespace meridian::models {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

void check_random_part(const Design& design, const RandomStructure& structure, const Responses& responses, int nodes) {
  const bool binary =
      responses.family == Family::binomial && responses.trials.cwiseProduct(responses.weights).maxCoeff() == 1;
  for (const GroupingFactor& factor : structure.factors) {
    if (factor.levels < 2)
      throw InputError("grouping factor " + factor.name, "one level", "at least two",
                       "A variance between levels needs several levels: drop the term");
    if (binary && factor.levels == static_cast<std::size_t>(design.x.rows()))
      throw InputError("grouping factor " + factor.name, "one response of 0 or 1 in every level", "levels with several",
                       "A single 0 or 1 says nothing of its own variance: drop the term");
  }
  if (nodes > 1 && (structure.factors.size() != 1 || structure.factors[0].width != 1))
    throw InputError("quadrature",
                     fmt::format("{} random terms, {} columns", structure.terms.size(), structure.theta.size()),
                     "one scalar random term, such as (1 | g)", "Leave the quadrature out: Laplace's approximation");
}

VectorXd start_of(const RandomStructure& structure, const VectorXd& units, const ModeProblem& problem,
                  const ReweightedFit& fixed, const VectorXd& start) {
  const auto thetas = static_cast<Index>(structure.theta.size());
  if (start.size() != 0 && start.size() != thetas)
    throw InputError("start of theta", std::to_string(start.size()) + " values", std::to_string(thetas),
                     "Leave it empty or give one value per variance parameter");
  VectorXd parameters(thetas + fixed.beta.size());
  parameters.head(thetas) = start.size() == 0 ? structure.start() : VectorXd(start.cwiseQuotient(units));
  parameters.tail(fixed.beta.size()) = problem.basis.triangularView<Eigen::Upper>() * fixed.beta;
  return parameters;
}

/// On the scale of a link, effects of this SD take probabilities and counts to their ends.
constexpr double beyond_reason = 15;

/// Where nearly every level has one response throughout, the likelihood keeps growing with the variance.
void name_unbounded_variances(const ModeProblem& problem, const VectorXd& scaled_theta, Fit& fit) {
  std::vector<MatrixXd> templates;
  problem.structure.fill_templates(scaled_theta, templates);
  for (std::size_t f = 0; f < templates.size(); ++f)
    for (Index j = 0; j < templates[f].rows(); ++j)
      if (templates[f].row(j).norm() > beyond_reason)
        fit.messages.push_back(fmt::format(
            "the standard deviation of {1} between levels of {0} is {2:.3g} on the scale of the link: most levels of "
            "{0} give the same response throughout, and the variance grows without bound. Do not interpret its size.",
            problem.structure.factors[f].name, problem.structure.factors[f].columns[static_cast<std::size_t>(j)],
            templates[f].row(j).norm()));
}

/// Covariance of the coefficients from the joint Hessian of -2 log likelihood (glmer's vcov with use.hessian).
MatrixXd coefficient_covariance(const Optimum& optimum, const MatrixXd& basis) {
  const Index p = basis.rows();
  const MatrixXd joint = 2 * positive_inverse(optimum.hessian);
  const MatrixXd back = basis.triangularView<Eigen::Upper>().solve(MatrixXd::Identity(p, p));
  const MatrixXd vcov = back * joint.bottomRightCorner(p, p) * back.transpose();
  return (vcov + vcov.transpose()) / 2;
}

void list_effects(const Design& design, Mode& mode, Fit& fit) {
  const ModeProblem& problem = mode.problem();
  mode.system().invert();
  std::vector<bool> listed(problem.factors.size(), false);
  for (const TermBlock& term : problem.structure.terms) {
    const std::size_t f = term.factor;
    if (listed[f]) continue;
    listed[f] = true;
    const GroupingFactor& factor = problem.structure.factors[f];
    const VectorXd units = problem.factors[f].scale.cwiseInverse();
    const MatrixXd map = units.asDiagonal() * mode.system().templates()[f];
    const std::vector<std::string>& levels = design.random[factor.terms.front()].levels;
    for (Index level = 0; level < problem.factors[f].levels; ++level) {
      const VectorXd value = map * mode.effects().segment(problem.first_column(f) + factor.width * level, factor.width);
      const MatrixXd covariance = map * mode.system().level_inverse(f, level) * map.transpose();
      for (Index j = 0; j < factor.width; ++j)
        fit.random_effects.push_back({factor.name, levels[static_cast<std::size_t>(level)],
                                      factor.columns[static_cast<std::size_t>(j)], value[j],
                                      std::sqrt(covariance(j, j))});
    }
  }
}

template <class Approximation>
void estimate(Approximation approximation, const Design& design, const VectorXd& start, const VectorXd& units,
              GeneralizedFit& result) {
  const ModeProblem& problem = approximation.mode().problem();
  const RandomStructure& structure = problem.structure;
  const auto thetas = static_cast<Index>(structure.theta.size());
  Optimum optimum = minimise(approximation, start);
  Fit& fit = result.fit;
  fit.theta = optimum.theta.head(thetas).cwiseProduct(units);
  fit.theta_names = structure.theta_names;
  fit.beta = problem.basis.triangularView<Eigen::Upper>().solve(optimum.theta.tail(problem.x.cols()));
  fit.vcov = coefficient_covariance(optimum, problem.basis);
  fit.criterion = optimum.value;
  fit.pwrss = 2 * approximation.mode().loss();
  fit.evaluations = approximation.evaluations();
  describe_variances(structure, fit);
  name_unbounded_variances(problem, optimum.theta.head(thetas), fit);
  std::vector<std::string> names = structure.theta_names;
  names.insert(names.end(), design.names.begin(), design.names.end());
  describe_convergence(names, optimum, fit);
  list_effects(design, approximation.mode(), fit);
  result.predictor.resize(problem.rows());
  result.predictor(problem.order) = approximation.mode().predictor();
}

}  // namespace

void fit_random_part(const Design& design, const Responses& responses, const ReweightedFit& fixed,
                     const GeneralizedOptions& options, GeneralizedFit& result) {
  const RandomStructure structure = random_structure(design.random);
  check_random_part(design, structure, responses, options.nodes);
  const ModeProblem problem = mode_problem(design, structure, responses, fixed.weight);
  const VectorXd units = theta_units(structure, problem.factors);
  const VectorXd start = start_of(structure, units, problem, fixed, options.start);
  if (options.nodes > 1)
    estimate(Quadrature(problem, options.nodes), design, start, units, result);
  else
    estimate(Laplace(problem), design, start, units, result);
}

}  // namespace meridian::models
