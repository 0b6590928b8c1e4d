#include "models/optimise.hpp"

#include <catch2/catch.hpp>

using namespace meridian::models;
using Eigen::VectorXd;

namespace {

/// A criterion summed over a million levels: steep, and with more rounding in its value than it falls near the optimum.
class RoundedCriterion : public Objective {
 public:
  double value(const VectorXd& theta, VectorXd& gradient) override {
    ++evaluations;
    const Eigen::ArrayXd away = theta.array() - 0.5;
    gradient = 3e6 * away + 1e5 * away.square() + 1e-7 * noise(theta);
    gradient[0] += 1e6 * away[1];
    gradient[1] += 1e6 * away[0];
    return 1.6e7 + (1.5e6 * away.square() + 1e5 * away.cube() / 3 + 4e-6 * noise(theta)).sum() +
           1e6 * away[0] * away[1];
  }
  void make_canonical(VectorXd&) const override {}

  int evaluations = 0;

 private:
  /// Between -1 and 1, others for every last bit.
  static Eigen::ArrayXd noise(const VectorXd& theta) { return (1e17 * theta.array()).sin(); }
};

}  // namespace

TEST_CASE("a search whose steps are lost in the rounding of the criterion ends, at the optimum of the gradient") {
  for (const double start : {0.1, 0.4, 0.7, 1.0, 1.3}) {
    RoundedCriterion criterion;
    const Optimum found = minimise(criterion, Eigen::Vector2d(start, 1.1 - start));
    CHECK(found.reached);
    CHECK((found.theta.array() - 0.5).abs().maxCoeff() < 1e-11);
    CHECK(criterion.evaluations < 500);
  }
}
