// The criterion and its gradient against the n x n twin, inside the parameter space and on its boundary.
#include "models/criterion.hpp"

#include <catch2/catch.hpp>

#include "example_designs.hpp"
#include "reduced_design.hpp"

namespace {

using namespace meridian::models;
using Eigen::Index;
using Eigen::VectorXd;

using examples::reduce;
using examples::Reduced;

/// Central differences (fourth order) of the dense criterion.
VectorXd dense_gradient(const Design& design, const RandomStructure& structure, const VectorXd& theta, Method method) {
  VectorXd gradient(theta.size());
  for (Index i = 0; i < theta.size(); ++i) {
    const auto at = [&](double shift) {
      VectorXd moved = theta;
      moved[i] += shift;
      return dense::evaluate(design, structure, moved, method).criterion;
    };
    const double step = 2e-3;
    gradient[i] = (8 * (at(step) - at(-step)) - (at(2 * step) - at(-2 * step))) / (12 * step);
  }
  return gradient;
}

void check_at(const Design& design, const VectorXd& theta) {
  const Reduced reduced = reduce(design);
  const VectorXd units = theta_units(reduced.structure, reduced.table.factors);
  for (const Method method : {Method::reml, Method::ml}) {
    Criterion criterion(reduced.problem, method);
    VectorXd gradient;
    const double value = criterion.value(theta.cwiseQuotient(units), gradient);
    INFO("theta " << theta.transpose());
    CHECK(value == Approx(dense::evaluate(design, reduced.structure, theta, method).criterion).epsilon(1e-11));
    const VectorXd expected = dense_gradient(design, reduced.structure, theta, method);
    const double largest = (gradient.cwiseQuotient(units) - expected).cwiseAbs().maxCoeff();
    CHECK(largest < 1e-7 * std::max(1.0, expected.cwiseAbs().maxCoeff()));
  }
}

/// At an interior point, at lme4's start, with a zero column in every term, with all variances zero.
void check_everywhere(const Design& design) {
  const RandomStructure structure = random_structure(design.random);
  VectorXd theta = structure.start();
  check_at(design, theta);
  for (Index i = 0; i < theta.size(); ++i) theta[i] = 0.3 + 0.17 * static_cast<double>((i * 5) % 7) - (i % 2 ? 0.5 : 0);
  check_at(design, theta);
  VectorXd singular = theta;
  for (const TermBlock& term : structure.terms)
    singular[static_cast<Index>(term.first_theta) + term.width * (term.width + 1) / 2 - 1] = 0;
  check_at(design, singular);
  check_at(design, VectorXd::Zero(theta.size()));
}

}  // namespace

TEST_CASE("criterion and gradient equal the dense twin") {
  SECTION("crossed factors with slopes") { check_everywhere(examples::crossed()); }
  SECTION("prior weights") { check_everywhere(examples::weighted()); }
  SECTION("three factors, two of them nested") { check_everywhere(examples::nested()); }
  SECTION("several terms on one factor") { check_everywhere(examples::uncorrelated()); }
  SECTION("three correlated columns") { check_everywhere(examples::three_columns()); }
  SECTION("people in classes") {
    check_everywhere(
        examples::people_and_models(examples::lower({1.2, -0.1, 0.4}), examples::lower({0.5, 0.2, 0.6}), 20, 24, 15));
  }
}

TEST_CASE("people of one class and models of one origin are pooled") {
  const Design design =
      examples::people_and_models(examples::lower({1.2, -0.1, 0.4}), examples::lower({0.5, 0.2, 0.6}), 20);
  const Reduced reduced = reduce(design);
  CHECK(reduced.pooled.classes.size() == 2);
  CHECK(reduced.problem.eliminated.size() == 4);  // two origins, and the contrasts of two classes
  CHECK(reduced.problem.columns() == 8);          // two class means with two effects each, four coefficients
}

TEST_CASE("a covariance has one canonical theta") {
  const RandomStructure structure = random_structure(examples::three_columns().random);
  VectorXd theta(6);
  theta << -0.9, 0.2, -0.3, 0.0, 0.4, 0.3;  // second column (0, .4), third .3: rank two below the first
  VectorXd canonical = theta;
  structure.make_canonical(canonical);
  std::vector<Eigen::MatrixXd> before, after;
  structure.fill_templates(theta, before);
  structure.fill_templates(canonical, after);
  CHECK((before[0] * before[0].transpose() - after[0] * after[0].transpose()).norm() < 1e-14);
  CHECK(after[0].diagonal().minCoeff() >= 0);
  CHECK(after[0].col(1).norm() == 0);
  CHECK(after[0](2, 2) == Approx(0.5));
}
