// Generalized mixed models against their slow twin, against differences, and under reordering.
#include "models/generalized.hpp"

#include <catch2/catch.hpp>
#include <numeric>
#include <random>

#include "dense_generalized.hpp"
#include "error.hpp"
#include "models/gauss_hermite.hpp"
#include "models/laplace.hpp"
#include "models/pooling.hpp"
#include "models/quadrature.hpp"

namespace {

using namespace meridian::models;
using Catch::Contains;
using Eigen::Index;
using Eigen::VectorXd;

/// 120 rows; persons (with a slope, correlated or not) crossed with items, or one term of persons alone.
struct Shape {
  bool items = true, slope = true, apart = false;
  Family family = Family::binomial;
  bool trials = false;
};

Design example(const Shape& shape, std::uint64_t seed) {
  constexpr Index rows = 120;
  std::mt19937_64 engine(seed);
  std::vector<std::int32_t> person, item;
  for (Index i = 0; i < rows; ++i) {
    person.push_back(static_cast<std::int32_t>(i < 15 ? i : static_cast<Index>(engine() % 15)));
    item.push_back(static_cast<std::int32_t>(i < 6 ? i : static_cast<Index>(engine() % 6)));
  }
  Design design;
  const VectorXd x = dense::covariate(rows, seed + 1);
  dense::set_fixed(design, {{"(Intercept)", VectorXd::Ones(rows)}, {"x", x}, {"w", dense::covariate(rows, seed + 2)}});
  using Covariates = std::vector<std::pair<std::string, VectorXd>>;
  design.random.push_back(
      dense::make_term("person", person, shape.slope && !shape.apart ? Covariates{{"x", x}} : Covariates{}));
  if (shape.slope && shape.apart) design.random.push_back(dense::make_term("person", person, {{"x", x}}, false));
  if (shape.items) design.random.push_back(dense::make_term("item", item, {}));
  std::normal_distribution<double> normal;
  VectorXd eta = 0.3 * design.x.col(0) + 0.7 * design.x.col(1) - 0.4 * design.x.col(2);
  for (const RandomTerm& term : design.random) {
    const Eigen::MatrixXd z = dense::indicator_columns(term);
    for (Index j = 0; j < z.cols(); ++j) eta += 0.7 * normal(engine) * z.col(j);
  }
  design.response.resize(rows);
  if (shape.trials)
    design.trials = VectorXd::LinSpaced(rows, 1, rows).unaryExpr([](double v) { return 1 + std::fmod(v, 7); });
  for (Index i = 0; i < rows; ++i) {
    design.kept_rows.push_back(static_cast<std::size_t>(i));
    const int n = shape.trials ? static_cast<int>(design.trials[i]) : 1;
    design.response[i] =
        shape.family == Family::poisson
            ? static_cast<double>(std::poisson_distribution<int>(std::exp(eta[i]))(engine))
            : static_cast<double>(std::binomial_distribution<int>(n, 1 / (1 + std::exp(-eta[i])))(engine));
  }
  return design;
}

const std::vector<Shape> shapes = {{true, true, false, Family::binomial, true},
                                   {true, true, true, Family::poisson, false},
                                   {true, false, false, Family::binomial, false},
                                   {false, true, false, Family::poisson, false}};

ModeProblem problem_of(const Design& design, Family family) {
  return mode_problem(design, random_structure(design.random), read_responses(design, family),
                      VectorXd::LinSpaced(design.x.rows(), 0.5, 1.5));
}

/// Some parameters with one negative diagonal: the criterion is even, not confined to one sign.
VectorXd somewhere(const ModeProblem& problem) {
  VectorXd at(static_cast<Index>(problem.structure.theta.size()) + problem.x.cols());
  for (Index i = 0; i < at.size(); ++i) at[i] = 0.3 + 0.25 * std::sin(3.0 * static_cast<double>(i));
  at[0] = -0.8;
  return at;
}

template <class Approximation>
void check_gradient(Approximation& approximation, const VectorXd& at) {
  VectorXd gradient, ignored, moved = at;
  approximation.value(at, gradient);
  for (Index i = 0; i < at.size(); ++i) {
    double slope = 0;
    for (const auto& [shift, weight] : {std::pair{-2.0, 1.0}, {-1.0, -8.0}, {1.0, 8.0}, {2.0, -1.0}}) {
      moved[i] = at[i] + shift * 1e-3;
      slope += weight * approximation.value(moved, ignored) / (12 * 1e-3);
    }
    moved[i] = at[i];
    INFO("parameter " << i);
    CHECK(gradient[i] == Approx(slope).epsilon(1e-8).margin(1e-8));
  }
}

Design reordered(const Design& design, std::uint64_t seed) {
  std::vector<Index> rows(static_cast<std::size_t>(design.x.rows()));
  std::iota(rows.begin(), rows.end(), Index{0});
  std::shuffle(rows.begin(), rows.end(), std::mt19937_64(seed));
  Design result = select_rows(design, rows);
  for (RandomTerm& term : result.random) {  // levels the other way round
    const auto last = static_cast<std::int32_t>(term.levels.size()) - 1;
    for (std::int32_t& level : term.level) level = last - level;
    std::reverse(term.levels.begin(), term.levels.end());
  }
  return result;
}

}  // namespace

TEST_CASE("Laplace's criterion is that of dense matrices") {
  for (const Shape& shape : shapes) {
    const Design design = example(shape, 11);
    const ModeProblem problem = problem_of(design, shape.family);
    Laplace laplace(problem);
    const VectorXd at = somewhere(problem);
    const auto thetas = static_cast<Index>(problem.structure.theta.size());
    const VectorXd theta = at.head(thetas).cwiseProduct(theta_units(problem.structure, problem.factors));
    const VectorXd beta = problem.basis.triangularView<Eigen::Upper>().solve(at.tail(problem.x.cols()));
    VectorXd gradient;
    CHECK(laplace.value(at, gradient) ==
          Approx(dense::laplace(design, problem.structure, shape.family, theta, beta)).epsilon(1e-12));
  }
}

TEST_CASE("a sparse rest gives what a dense one gives") {
  // 450 rows of 380 levels that meet 310 and 20 others (so few meet that the rest is sparse), beside the dense twin.
  constexpr Index rows = 450;
  std::mt19937_64 engine(20);
  std::vector<std::int32_t> inner, outer, other;
  for (Index i = 0; i < rows; ++i) {
    inner.push_back(static_cast<std::int32_t>(i % 380));
    outer.push_back(static_cast<std::int32_t>(i % 380 % 310));
    other.push_back(static_cast<std::int32_t>(i % 380 / 5 % 20));
  }
  Design design;
  dense::set_fixed(design, {{"(Intercept)", VectorXd::Ones(rows)}, {"x", dense::covariate(rows, 21)}});
  for (const auto& [name, level] : {std::pair{"inner", inner}, {"outer", outer}, {"other", other}})
    design.random.push_back(dense::make_term(name, level, {}));
  design.response.resize(rows);
  for (double& y : design.response) y = static_cast<double>(engine() % 4);
  const ModeProblem problem = problem_of(design, Family::poisson);
  REQUIRE(RestSystem(problem).is_sparse());
  Laplace laplace(problem);
  const VectorXd at = (VectorXd(5) << 0.5, 0.4, 0.3, 0.2, -0.1).finished();
  const VectorXd beta = problem.basis.triangularView<Eigen::Upper>().solve(at.tail(2));
  VectorXd gradient;
  CHECK(laplace.value(at, gradient) ==
        Approx(dense::laplace(design, problem.structure, Family::poisson, at.head(3), beta)).epsilon(1e-12));
  check_gradient(laplace, at);
}

TEST_CASE("gradients of the generalized criteria equal differences") {
  for (const Shape& shape : shapes) {
    const Design design = example(shape, 12);
    const ModeProblem problem = problem_of(design, shape.family);
    Laplace laplace(problem);
    check_gradient(laplace, somewhere(problem));
  }
  for (const Family family : {Family::binomial, Family::poisson}) {
    const Design design = example({false, false, false, family, family == Family::binomial}, 13);
    const ModeProblem problem = problem_of(design, family);
    for (const int nodes : {1, 2, 7}) {
      Quadrature quadrature(problem, nodes);
      check_gradient(quadrature, somewhere(problem));
    }
  }
}

TEST_CASE("quadrature: one node is Laplace, many nodes the integral") {
  const Design design = example({false, false, false, Family::binomial, true}, 14);
  const ModeProblem problem = problem_of(design, Family::binomial);
  const VectorXd at = somewhere(problem);
  const VectorXd beta = problem.basis.triangularView<Eigen::Upper>().solve(at.tail(problem.x.cols()));
  VectorXd gradient;
  Laplace laplace(problem);
  Quadrature one(problem, 1), many(problem, 31);
  CHECK(one.value(at, gradient) == Approx(laplace.value(at, gradient)).epsilon(1e-13));
  CHECK(many.value(at, gradient) == Approx(dense::integrated(design, Family::binomial, at[0], beta)).epsilon(1e-10));
}

TEST_CASE("Gauss-Hermite rules integrate powers exactly") {
  for (const int nodes : {1, 2, 5, 25, 50}) {
    const QuadratureRule rule = gauss_hermite(nodes);
    CHECK(rule.weights.sum() == Approx(1).epsilon(1e-13));
    double moment = 1;  // E x^(2k) = (2k - 1)!!
    for (int k = 1; k < std::min(nodes, 12); ++k) {
      moment *= 2 * k - 1;
      CHECK(rule.weights.dot(rule.nodes.array().pow(2 * k).matrix()) == Approx(moment).epsilon(1e-11));
    }
  }
}

TEST_CASE("a generalized fit does not depend on the order of rows and levels") {
  for (const Shape& shape : shapes) {
    const Design design = example(shape, 15);
    GeneralizedOptions options;
    options.family = shape.family;
    const GeneralizedFit first = fit_generalized(design, options),
                         second = fit_generalized(reordered(design, 3), options);
    CHECK(first.fit.converged);
    CHECK(first.fit.criterion == Approx(second.fit.criterion).epsilon(1e-12));
    for (Index j = 0; j < first.fit.beta.size(); ++j) {
      const double error = std::sqrt(first.fit.vcov(j, j));
      CHECK(first.fit.beta[j] == Approx(second.fit.beta[j]).margin(1e-10 * error));
    }
    CHECK((first.fit.vcov - second.fit.vcov).norm() < 1e-10 * first.fit.vcov.norm());
    CHECK((first.fit.theta - second.fit.theta).cwiseAbs().maxCoeff() < 1e-10);
  }
}

TEST_CASE("0 and 1 one by one are the same as successes out of trials, but for the constant") {
  const Design pooled = example({true, false, false, Family::binomial, true}, 16);
  std::vector<Index> rows;
  std::vector<double> values;
  for (Index i = 0; i < pooled.x.rows(); ++i)
    for (int k = 0; k < static_cast<int>(pooled.trials[i]); ++k) {
      rows.push_back(i);
      values.push_back(k < static_cast<int>(pooled.response[i]) ? 1 : 0);
    }
  Design apart = select_rows(pooled, rows);
  apart.trials.resize(0);
  apart.response = Eigen::Map<const VectorXd>(values.data(), static_cast<Index>(values.size()));
  apart.kept_rows.resize(rows.size());
  const GeneralizedFit a = fit_generalized(pooled, {}), b = fit_generalized(apart, {});
  CHECK((a.fit.beta - b.fit.beta).norm() < 1e-8);
  CHECK((a.fit.theta - b.fit.theta).norm() < 1e-7);
  CHECK(a.fit.criterion + 2 * read_responses(pooled, Family::binomial).log_constant ==
        Approx(b.fit.criterion).epsilon(1e-12));
  CHECK(a.statistics.r2_conditional == Approx(b.statistics.r2_conditional).epsilon(1e-7));
}

TEST_CASE("a variance that grows without bound is named") {
  Design design = example({false, false, false, Family::binomial, false}, 21);
  for (Index i = 0; i < design.x.rows(); ++i)
    design.response[i] = design.random[0].level[static_cast<std::size_t>(i)] % 2;  // one answer per person throughout
  const Fit fit = fit_generalized(design, {}).fit;
  REQUIRE_FALSE(fit.messages.empty());
  CHECK_THAT(fit.messages.front(), Contains("person") && Contains("without bound"));
}

TEST_CASE("what a generalized model cannot be asked is said") {
  const auto fit = [](const Design& design, GeneralizedOptions options = {}) {
    return fit_generalized(design, options);
  };
  Design design = example({true, true, false, Family::binomial, false}, 17);
  GeneralizedOptions quadrature;
  quadrature.nodes = 5;
  CHECK_THROWS_WITH(fit(design, quadrature), Contains("one scalar random term"));
  design.response[7] = 2;
  CHECK_THROWS_WITH(fit(design), Contains("row 8") && Contains("0 or 1"));
  design.response.setZero();
  CHECK_THROWS_WITH(fit(design), Contains("0 in every row"));
  design = example({true, true, false, Family::binomial, false}, 18);
  for (Index i = 0; i < design.x.rows(); ++i) design.response[i] = design.x(i, 1) > 0.2 ? 1 : 0;
  CHECK_THROWS_WITH(fit(design), Contains("grow without bound: ") && Contains("x") && Contains("separate"));
  design = example({true, true, false, Family::poisson, false}, 19);
  design.x.col(2) = (design.x.col(2).array() > 0).cast<double>();
  for (Index i = 0; i < design.x.rows(); ++i) design.response[i] *= 1 - design.x(i, 2);  // no counts where w is 1
  GeneralizedOptions poisson;
  poisson.family = Family::poisson;
  CHECK_THROWS_WITH(fit(design, poisson), Contains("grow without bound: w"));
}
