#include "resampling/weights.hpp"

#include <catch2/catch.hpp>
#include <numeric>

#include "error.hpp"

using namespace meridian;
using resampling::DrawSize;

namespace {

const resampling::Strata kStrata = resampling::strata_of({0, 1, 0, 2, 1, 0, 1, 1});

double total(const std::vector<double>& weights, const std::vector<std::uint32_t>& units) {
  double sum = 0;
  for (const std::uint32_t unit : units) sum += weights[unit];
  return sum;
}

}  // namespace

TEST_CASE("units keep their strata") {
  REQUIRE(kStrata.members.size() == 3);
  CHECK(kStrata.members[0] == std::vector<std::uint32_t>{0, 2, 5});
  CHECK(kStrata.members[1] == std::vector<std::uint32_t>{1, 4, 6, 7});
  CHECK(kStrata.units == 8);
  CHECK_THROWS_AS(resampling::strata_of({0, -1}), Error);
}

TEST_CASE("every stratum gets as many draws as it has units, or one less, never none") {
  for (std::uint64_t replicate = 0; replicate < 200; ++replicate) {
    const auto all = resampling::multinomial_weights(kStrata, DrawSize::all, 7, "people", replicate);
    const auto less = resampling::multinomial_weights(kStrata, DrawSize::one_less, 7, "people", replicate);
    CHECK(total(all, kStrata.members[0]) == 3);
    CHECK(total(all, kStrata.members[1]) == 4);
    CHECK(total(less, kStrata.members[0]) == 2);
    CHECK(total(less, kStrata.members[1]) == 3);
    CHECK(all[3] == 1);
    CHECK(less[3] == 1);
  }
}

TEST_CASE("a replicate does not depend on those before it") {
  const auto draw = [](std::uint64_t replicate) {
    return resampling::multinomial_weights(kStrata, DrawSize::all, 7, "people", replicate);
  };
  const Eigen::MatrixXd rows = resampling::weight_rows(4700, 20, kStrata.units, draw);
  const std::vector<double> alone = draw(4711);
  for (std::size_t unit = 0; unit < alone.size(); ++unit)
    CHECK(rows(11, static_cast<Eigen::Index>(unit)) == alone[unit]);
  CHECK(draw(4711) != resampling::multinomial_weights(kStrata, DrawSize::all, 8, "people", 4711));
  CHECK(draw(4711) != resampling::multinomial_weights(kStrata, DrawSize::all, 7, "models", 4711));
}

TEST_CASE("weights have the variance that the bootstrap needs") {
  // Multinomial: variance 1 - 1/n, covariance -1/n; Poisson: variance 1. 20 000 draws: standard errors below 0.02.
  constexpr int draws = 20000;
  double one = 0, both = 0, poisson = 0, mean = 0;
  for (int replicate = 0; replicate < draws; ++replicate) {
    const auto id = static_cast<std::uint64_t>(replicate);
    const auto w = resampling::multinomial_weights(kStrata, DrawSize::all, 1, "people", id);
    one += (w[1] - 1) * (w[1] - 1) / draws;
    both += (w[1] - 1) * (w[4] - 1) / draws;
    const auto p = resampling::poisson_weights(3, 1, "people", id);
    poisson += (p[2] - 1) * (p[2] - 1) / draws;
    mean += p[2] / draws;
  }
  CHECK(one == Approx(0.75).margin(0.05));
  CHECK(both == Approx(-0.25).margin(0.03));
  CHECK(mean == Approx(1).margin(0.04));
  CHECK(poisson == Approx(1).margin(0.07));
}

TEST_CASE("the jackknife leaves out one unit at a time") {
  CHECK(resampling::jackknife_weights(3, 1) == std::vector<double>{1, 0, 1});
  CHECK_THROWS_AS(resampling::jackknife_weights(3, 3), Error);
}
