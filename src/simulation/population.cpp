#include "simulation/population.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "error.hpp"

namespace meridian::simulation {
namespace {

constexpr std::size_t most_factors = 16;

/// Lower Cholesky factor of a small correlation matrix, row-major.
std::vector<double> cholesky(const std::vector<double>& matrix, std::size_t n) {
  std::vector<double> lower(n * n, 0);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = matrix[i * n + j];
      for (std::size_t k = 0; k < j; ++k) sum -= lower[i * n + k] * lower[j * n + k];
      if (i == j && !(sum > 0))
        throw InputError("people_factors.csv", "correlations that no factors can have", "a positive definite matrix",
                         "Lower the correlations.");
      lower[i * n + j] = i == j ? std::sqrt(sum) : sum / lower[j * n + j];
    }
  return lower;
}

}  // namespace

double normal_quantile(double probability) {
  if (probability <= 0) return -std::numeric_limits<double>::infinity();
  if (probability >= 1) return std::numeric_limits<double>::infinity();
  double low = -40, high = 40;
  for (int step = 0; step < 80; ++step) {
    const double middle = (low + high) / 2;
    (0.5 * std::erfc(-middle / std::numbers::sqrt2) < probability ? low : high) = middle;
  }
  return (low + high) / 2;
}

Population::Population(const NationParameters& parameters) : factors_(parameters.factors.size()) {
  if (factors_ > most_factors)
    throw InputError("people_loadings.csv", std::to_string(factors_) + " factors", "at most 16", "Merge some.");
  const std::vector<double> lower = cholesky(parameters.correlations, factors_);
  for (std::size_t item = 0; item < parameters.items.size(); ++item) {
    const double loading = parameters.loadings[item], unique = std::sqrt(1 - loading * loading);
    const auto factor = static_cast<std::size_t>(
        std::find(parameters.factors.begin(), parameters.factors.end(), parameters.factor_of_item[item]) -
        parameters.factors.begin());
    for (std::size_t k = 0; k < factors_; ++k) weights_.push_back(loading * lower[factor * factors_ + k] / unique);
    std::vector<double>& cuts = thresholds_.emplace_back();
    double below = 0;
    const auto& shares = parameters.shares[item];
    for (std::size_t answer = 0; answer + 1 < shares.size(); ++answer)
      cuts.push_back(normal_quantile(below += shares[answer]) / unique);
  }
}

void Population::draw(random::Stream& stream, std::vector<std::int16_t>& answers) const {
  std::array<double, most_factors> standing{};
  for (std::size_t k = 0; k < factors_; ++k) standing[k] = stream.normal();
  answers.resize(items());
  for (std::size_t item = 0; item < items(); ++item) {
    double latent = stream.normal();
    for (std::size_t k = 0; k < factors_; ++k) latent += weights_[item * factors_ + k] * standing[k];
    std::int16_t answer = 1;
    for (const double cut : thresholds_[item]) answer = static_cast<std::int16_t>(answer + (latent > cut));
    answers[item] = answer;
  }
}

}  // namespace meridian::simulation
