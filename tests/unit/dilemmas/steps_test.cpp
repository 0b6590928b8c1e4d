// Scores, ranks, transitivity and strengths of values: identities, counts by hand, R's glm, and simulated truth.
#include <catch2/catch.hpp>
#include <cmath>

#include "dilemmas/bradley_terry.hpp"
#include "dilemmas/transitivity.hpp"
#include "dilemmas/value_scores.hpp"
#include "random/stream.hpp"
#include "reference.hpp"

using namespace meridian;
using namespace meridian::dilemmas;

namespace {

const std::vector<std::string> kNames{"care", "fairness", "loyalty", "authority"};

Eigen::MatrixXd wins_of(const double (&rows)[4][4]) {
  Eigen::MatrixXd wins(4, 4);
  for (int u = 0; u < 4; ++u)
    for (int v = 0; v < 4; ++v) wins(u, v) = rows[u][v];
  return wins;
}

/// 100 meetings per pair; `share`(u, v) of them won by u.
Eigen::MatrixXd tournament(const std::vector<std::vector<double>>& share) {
  const auto n = static_cast<Eigen::Index>(share.size());
  Eigen::MatrixXd wins = Eigen::MatrixXd::Zero(n, n);
  for (Eigen::Index u = 0; u < n; ++u)
    for (Eigen::Index v = u + 1; v < n; ++v) {
      wins(u, v) = 100 * share[static_cast<std::size_t>(u)][static_cast<std::size_t>(v)];
      wins(v, u) = 100 - wins(u, v);
    }
  return wins;
}

}  // namespace

TEST_CASE("weighted by appearances the scores of any choices sum to zero") {
  random::Stream stream(3, "test", 0);
  Eigen::MatrixXd wins = Eigen::MatrixXd::Zero(7, 7);
  for (int choice = 0; choice < 500; ++choice) {
    const auto u = static_cast<Eigen::Index>(stream.below(6)), v = static_cast<Eigen::Index>(stream.below(6));
    if (u != v) wins(u, v) += 1;
  }
  const Eigen::VectorXd found = scores(wins), met = appearances(wins);
  CHECK(std::isnan(found[6]));
  CHECK(std::abs(found.head(6).dot(met.head(6))) < 1e-10);
  CHECK(found.head(6).cwiseAbs().maxCoeff() <= 0.5);
}

TEST_CASE("ranks, volatility and agreement of steps by hand") {
  Eigen::MatrixXd one = Eigen::MatrixXd::Zero(3, 3), two = one;
  one << 0, 9, 9, 1, 0, 6, 1, 4, 0;  // 0 > 1 > 2
  two << 0, 4, 9, 6, 0, 9, 1, 1, 0;  // 1 > 0 > 2
  const StepProfile profile = step_profile({one, two});
  CHECK(profile.ranks.row(0) == Eigen::RowVector3d(1, 2, 3));
  CHECK(profile.ranks.row(1) == Eigen::RowVector3d(2, 1, 3));
  CHECK(profile.volatility == Eigen::Vector3d(1, 1, 0));
  CHECK(std::abs(profile.mean_volatility - 2.0 / 3) < 1e-15);
  CHECK(std::abs(profile.mean_spearman - 0.5) < 1e-15);
  CHECK(std::abs(profile.kendall_w - 0.75) < 1e-15);  // (1 + rho) / 2 of two rankings
  const Eigen::MatrixXd rho = stability_over_models({profile, profile});
  CHECK(rho.array().isNaN().all());  // two models are too few
}

TEST_CASE("a value that does not appear in a step has no rank there") {
  Eigen::MatrixXd one = Eigen::MatrixXd::Zero(3, 3), two = one;
  one << 0, 9, 9, 1, 0, 6, 1, 4, 0;
  two(1, 0) = 3;
  const StepProfile profile = step_profile({one, two});
  CHECK(std::isnan(profile.ranks(1, 2)));
  CHECK(std::isnan(profile.volatility[2]));
  CHECK(std::abs(profile.mean_volatility - 1) < 1e-15);
}

TEST_CASE("cycles: none in an order, one in a circle of three, five in the regular tournament of five") {
  const Transitivity order = transitivity(tournament({{0, .6, .7}, {0, 0, .8}, {0, 0, 0}}), {});
  CHECK((order.triads == 1 && order.cyclic == 0 && order.zeta == 1));
  CHECK((order.chains == 1 && order.weak == 0 && order.moderate == 0 && order.strong == 1));  // .7 < .8
  const Transitivity circle = transitivity(tournament({{0, .6, .4}, {0, 0, .6}, {0, 0, 0}}), {});
  CHECK((circle.cyclic == 1 && circle.cyclic_share == 1 && circle.zeta == 0));
  CHECK(circle.cycles == std::vector<std::array<std::size_t, 3>>{{0, 1, 2}});
  CHECK((circle.chains == 3 && circle.weak == 3 && circle.strong == 3));
  const Transitivity regular = transitivity(
      tournament({{0, .6, .6, .4, .4}, {0, 0, .6, .6, .4}, {0, 0, 0, .6, .6}, {0, 0, 0, 0, .6}, {0, 0, 0, 0, 0}}), {});
  CHECK((regular.triads == 10 && regular.cyclic == 5));
  CHECK(std::abs(regular.zeta) < 1e-15);
}

TEST_CASE("an undecided pair leaves its triads out, and zeta") {
  Eigen::MatrixXd wins = tournament({{0, .6, .7}, {0, 0, .5}, {0, 0, 0}});
  const Transitivity tied = transitivity(wins, {});
  CHECK((tied.triads == 0 && std::isnan(tied.zeta) && std::isnan(tied.cyclic_share)));
  CHECK(transitivity(tournament({{0, .6, .7}, {0, 0, .8}, {0, 0, 0}}), {1, 0.15}).triads == 0);
  CHECK(transitivity(tournament({{0, .6, .7}, {0, 0, .8}, {0, 0, 0}}), {101, 0}).chains == 0);
}

TEST_CASE("Bradley-Terry strengths, errors and lack of fit are those of R's glm") {
  const BradleyTerry fit = bradley_terry(wins_of(reference::wins), kNames);
  REQUIRE(fit.undefined.empty());
  for (Eigen::Index v = 0; v < 4; ++v) {
    CHECK(std::abs(fit.strength[v] - reference::strength[v]) < 1e-7);
    CHECK(std::abs(fit.std_error[v] - reference::std_error[v]) < 1e-6);
  }
  CHECK(std::abs(fit.strength.sum()) < 1e-12);
  CHECK(std::abs(fit.deviance - reference::deviance) < 1e-8);
  CHECK(fit.df == reference::df);
  CHECK(std::abs(fit.p_value - reference::p_value) < 1e-8);
}

TEST_CASE("what cannot be fitted is said") {
  Eigen::MatrixXd wins = wins_of(reference::wins);
  wins.col(0).setZero();  // care never loses
  CHECK(bradley_terry(wins, kNames).undefined.find("care never lost") == std::string::npos);
  CHECK(bradley_terry(wins, kNames).undefined.find("fairness, loyalty, authority never won") != std::string::npos);
  CHECK(std::isnan(bradley_terry(wins, kNames).strength[1]));
  wins.setZero();
  CHECK(bradley_terry(wins, kNames).undefined == "fewer than two values appear");
}

TEST_CASE("a value without contests is left out of the fit") {
  Eigen::MatrixXd wins = Eigen::MatrixXd::Zero(5, 5);
  wins.topLeftCorner(4, 4) = wins_of(reference::wins);
  std::vector<std::string> names = kNames;
  names.push_back("liberty");
  const BradleyTerry fit = bradley_terry(wins, names);
  CHECK(std::isnan(fit.strength[4]));
  CHECK(std::abs(fit.strength[0] - reference::strength[0]) < 1e-7);
}
