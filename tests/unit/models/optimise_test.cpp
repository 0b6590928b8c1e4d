#include "models/optimise.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace meridian::models;
using Eigen::VectorXd;

namespace {

/// A criterion summed over a million levels: steep, and with more rounding in its value than it falls near the optimum.
class RoundedCriterion : public Objective {
 public:
  double value(const VectorXd& theta, VectorXd& gradient) override {
    ++evaluations;
    const double away = theta[0] - 0.5;
    gradient = VectorXd::Constant(1, 3e6 * away + 1e5 * away * away + 1e-7 * noise(theta[0]));
    return 1.6e7 + 1.5e6 * away * away + 1e5 * away * away * away / 3 + 4e-6 * noise(theta[0]);
  }
  void make_canonical(VectorXd&) const override {}

  int evaluations = 0;

 private:
  /// Between -1 and 1, another for every last bit.
  static double noise(double theta) { return std::sin(1e17 * theta); }
};

}  // namespace

TEST_CASE("a search whose steps are lost in the rounding of the criterion ends, at the optimum of the gradient") {
  for (const double start : {0.1, 0.4, 0.7, 1.0, 1.3}) {
    RoundedCriterion criterion;
    const Optimum found = minimise(criterion, VectorXd::Constant(1, start));
    CHECK(found.reached);
    CHECK(std::abs(found.theta[0] - 0.5) < 1e-11);
    CHECK(criterion.evaluations < 500);
  }
}
