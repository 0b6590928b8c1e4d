#include "simulation/population.hpp"

#include <boost/math/distributions/chi_squared.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>

#include "simulated_files.hpp"

namespace meridian::tests {
namespace {

using simulation::NationParameters;
using simulation::Population;

std::vector<std::vector<std::int16_t>> crowd(const NationParameters& nation, std::size_t people) {
  const Population population(nation);
  std::vector<std::vector<std::int16_t>> result(people);
  for (std::size_t person = 0; person < people; ++person) {
    random::Stream stream(11, "crowd", person);
    population.draw(stream, result[person]);
  }
  return result;
}

/// Pearson's chi-square of the counts against the shares, neighbouring answers joined until five are expected.
double chi_square_p(const std::vector<double>& counts, const std::vector<double>& shares, double n) {
  double statistic = 0, seen = 0, expected = 0;
  int cells = 0;
  for (std::size_t k = 0; k < counts.size(); ++k) {
    seen += counts[k];
    expected += n * shares[k];
    if (expected < 5) continue;
    statistic += (seen - expected) * (seen - expected) / expected;
    seen = expected = 0;
    ++cells;
  }
  return boost::math::cdf(boost::math::complement(boost::math::chi_squared(cells - 1), statistic));
}

}  // namespace

TEST_CASE("normal quantile") {
  CHECK(simulation::normal_quantile(0.975) == Approx(1.959963984540054).epsilon(1e-14));
  CHECK(simulation::normal_quantile(0.5) == Approx(0).margin(1e-15));
  for (const double p : {1e-6, 0.01, 0.3, 0.77, 0.999})
    CHECK(0.5 * std::erfc(-simulation::normal_quantile(p) / std::numbers::sqrt2) == Approx(p).epsilon(1e-12));
  CHECK(std::isinf(simulation::normal_quantile(1)));
}

TEST_CASE("people answer with the shares of their nation") {
  const auto parameters = simulation::read_parameters(parameter_folder);
  for (const auto& survey : parameters.surveys)
    for (const auto& nation : survey.nations) {
      const auto people = crowd(nation, 40000);
      for (std::size_t item = 0; item < nation.items.size(); ++item) {
        std::vector<double> counts(nation.shares[item].size());
        for (const auto& person : people) counts.at(static_cast<std::size_t>(person[item] - 1)) += 1;
        INFO(survey.name << " " << nation.nation << " item " << nation.items[item]);
        CHECK(chi_square_p(counts, nation.shares[item], 40000) > 1e-5);  // 110 tests
      }
    }
}

TEST_CASE("answers to a dimension hang together as in real people") {
  // Cronbach's alpha of the public MFQ-2 answers, taken by blocks of 36 rows: Care, Equality, Proportionality, Loyalty,
  // Authority, Purity.
  const std::map<std::string, std::vector<double>> real = {{"China", {0.822, 0.811, 0.758, 0.823, 0.725, 0.733}},
                                                           {"USA", {0.881, 0.857, 0.770, 0.899, 0.868, 0.808}}};
  const auto parameters = simulation::read_parameters(parameter_folder);
  for (const auto& nation : parameters.surveys.front().nations) {
    const auto people = crowd(nation, 20000);
    for (std::size_t dimension = 0; dimension < 6; ++dimension) {
      INFO(nation.nation << " " << nation.factor_of_item[dimension]);
      CHECK(cronbach_alpha(people, dimension_positions(dimension)) ==
            Approx(real.at(nation.nation)[dimension]).margin(0.02));
    }
  }
}

TEST_CASE("correlations that no factors can have are refused") {
  auto nation = simulation::read_parameters(parameter_folder).surveys.front().nations.front();
  nation.correlations[1] = nation.correlations[nation.factors.size()] = 1.5;
  CHECK_THROWS_AS(Population(nation), InputError);
}

}  // namespace meridian::tests
