#include "power/elicitation.hpp"

#include <fmt/format.h>

#include <cmath>

#include "error.hpp"

namespace meridian::power {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;

/// Mean variance of a cell through the effects of all factors but the people's.
double shared_variance(const Truth& truth, const models::Design& design, const std::string& person) {
  std::vector<MatrixXd> templates;
  truth.structure.fill_templates(truth.theta, templates);
  double sum = 0;
  for (std::size_t f = 0; f < templates.size(); ++f) {
    const models::GroupingFactor& factor = truth.structure.factors[f];
    if (factor.name == person) continue;
    Index offset = 0;
    for (const std::size_t t : factor.terms) {
      const MatrixXd& z = design.random[t].z;
      sum += (z * templates[f].middleRows(offset, z.cols())).squaredNorm();
      offset += z.cols();
    }
  }
  return sum * truth.sigma * truth.sigma / static_cast<double>(design.x.rows());
}

void check(const Elicitation& elicitation, double iterations) {
  if (!(elicitation.noise_share > 0 && elicitation.noise_share < 1))
    throw InputError("noise share", fmt::format("{}", elicitation.noise_share), "a number above 0 and below 1",
                     "State it with --noise-share, or analyse raw trials, which tell it");
  if (!(elicitation.items >= 3 && elicitation.homogeneity >= 0 && elicitation.homogeneity <= 1))
    throw InputError("elicitation", fmt::format("{} items, homogeneity {}", elicitation.items, elicitation.homogeneity),
                     "at least 3 items and a homogeneity from 0 to 1", "Correct [elicitation]");
  if (!(iterations >= 1 && elicitation.iterations >= 1))
    throw InputError("iterations", fmt::format("{}", iterations), "1 or more", "Correct it");
}

/// How a variance of which the share `noise` is noise changes when the rest shrinks by `signal` and noise by `change`.
double changed(const char* what, double noise, double signal, double change) {
  if (noise >= 1)
    throw InputError("noise share", fmt::format("more noise than the {} is ({:.3g} times it)", what, noise),
                     "noise below the variance it is part of", "Take a smaller noise share");
  return signal * (1 - noise) + noise * change;
}

}  // namespace

Truth at_iterations(const Truth& truth, const models::Design& design, const std::string& person,
                    const Elicitation& elicitation, double iterations) {
  if (iterations == elicitation.iterations) return truth;
  check(elicitation, iterations);
  const double s = elicitation.noise_share, ratio = elicitation.iterations / iterations;
  const double length = 1 - s + s * ratio;  // |v|^2 relative to the study's
  const double tau = s / (elicitation.items - 1), square = elicitation.homogeneity * elicitation.homogeneity;
  const double change = ratio / length;  // of tau
  const double shared =
      changed("variance between models", square * tau / shared_variance(truth, design, person), 1 / length, change);
  const double residual =
      changed("residual variance", (1 - square) * tau / (truth.sigma * truth.sigma), 1 / length, change);
  Truth other = truth;
  other.beta /= std::sqrt(length);
  other.sigma *= std::sqrt(residual);
  for (std::size_t i = 0; i < truth.structure.theta.size(); ++i) {
    const bool own = truth.structure.factors[truth.structure.theta[i].factor].name == person;
    other.theta[static_cast<Index>(i)] *= std::sqrt((own ? 1 / length : shared) / residual);
  }
  return other;
}

}  // namespace meridian::power
