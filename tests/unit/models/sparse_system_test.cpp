// The sparse reduced system gives what the dense one gives, whichever the pattern, and is taken where it is faster.
#include "models/sparse_system.hpp"

#include <Eigen/Cholesky>
#include <catch2/catch.hpp>

#include "example_designs.hpp"
#include "models/kenward_roger.hpp"
#include "models/mixed_model.hpp"
#include "models/predictions.hpp"
#include "models/satterthwaite.hpp"
#include "reduced_design.hpp"

namespace {

using namespace meridian::models;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using examples::reduce;
using examples::Reduced;

double relative_difference(const MatrixXd& a, const MatrixXd& b) { return (a - b).norm() / std::max(1e-300, b.norm()); }

/// Symmetric positive definite, about `share` of its entries, the last `bordered` rows full.
SparseLower random_matrix(Index size, Index bordered, double share, std::uint64_t seed) {
  std::mt19937_64 engine(seed);
  std::uniform_real_distribution<double> uniform;
  std::vector<Eigen::Triplet<double>> entries;
  for (Index j = 0; j < size; ++j) {
    entries.emplace_back(j, j, static_cast<double>(size));
    for (Index i = j + 1; i < size; ++i)
      if (i >= size - bordered || uniform(engine) < share) entries.emplace_back(i, j, uniform(engine) - 0.5);
  }
  SparseLower matrix(size, size);
  matrix.setFromTriplets(entries.begin(), entries.end());
  return matrix;
}

void check_factorisation(Index size, Index bordered, double share) {
  const SparseLower matrix = random_matrix(size, bordered, share, 7);
  const MatrixXd dense = MatrixXd(matrix).selfadjointView<Eigen::Lower>();
  SparseCholesky cholesky;
  cholesky.analyse(matrix, bordered);
  REQUIRE(cholesky.factorise(matrix));
  const Index leading = size - bordered;
  const MatrixXd head = dense.topLeftCorner(leading, leading);
  CHECK(cholesky.log_determinant_before_border() ==
        Approx(2 * head.llt().matrixLLT().diagonal().array().log().sum()).epsilon(1e-13));
  const MatrixXd schur =
      dense.bottomRightCorner(bordered, bordered) -
      dense.bottomLeftCorner(bordered, leading) * head.llt().solve(dense.topRightCorner(leading, bordered));
  const MatrixXd factor = cholesky.border_factor();
  CHECK((factor * factor.transpose() - schur).norm() < 1e-12 * static_cast<double>(size));
  const MatrixXd right = MatrixXd::Random(size, 3);
  MatrixXd solution = right;
  cholesky.solve_in_place(solution);
  CHECK((dense * solution - right).norm() < 1e-11);
  for (const bool with_border : {true, false}) {
    SparseLower inverse = matrix;
    cholesky.invert(with_border, inverse);
    MatrixXd expected = MatrixXd::Zero(size, size);
    const Index part = with_border ? size : leading;
    expected.topLeftCorner(part, part) = dense.topLeftCorner(part, part).llt().solve(MatrixXd::Identity(part, part));
    double largest = 0;
    for (Index j = 0; j < size; ++j)
      for (SparseLower::InnerIterator entry(inverse, j); entry; ++entry)
        largest = std::max(largest, std::abs(entry.value() - expected(entry.row(), j)));
    CHECK(largest < 1e-14);
  }
}

void check_gradients(Criterion& sparse, Criterion& dense, const VectorXd& theta) {
  INFO("theta " << theta.transpose());
  VectorXd found, expected;
  CHECK(sparse.value(theta, found) == Approx(dense.value(theta, expected)).epsilon(1e-12));
  CHECK((found - expected).norm() < 1e-9 * std::max(1.0, expected.norm()));
}

/// The gradient against five-point differences of the sparse criterion itself, error of the order of step^4.
void check_differences(Criterion& criterion, const VectorXd& theta) {
  INFO("theta " << theta.transpose());
  constexpr double step = 1e-3;
  VectorXd gradient;
  criterion.value(theta, gradient);
  for (Index i = 0; i < theta.size(); ++i) {
    const VectorXd move = step * VectorXd::Unit(theta.size(), i);
    const double difference = (8 * (criterion.value(theta + move) - criterion.value(theta - move)) -
                               (criterion.value(theta + 2 * move) - criterion.value(theta - 2 * move))) /
                              (12 * step);
    CHECK(gradient[i] == Approx(difference).epsilon(1e-7).margin(1e-6));
  }
}

void check_inference(Criterion& sparse, Criterion& dense, const Reduced& reduced) {
  const VectorXd start = reduced.structure.start();
  const Optimum a = minimise(sparse, start), b = minimise(dense, start);
  CHECK(a.value == Approx(b.value).epsilon(1e-12));
  const CoefficientCovariance own = coefficient_covariance(sparse, a, reduced.table.basis);
  const CoefficientCovariance twin = coefficient_covariance(dense, b, reduced.table.basis);
  CHECK(relative_difference(own.vcov, twin.vcov) < 1e-8);
  for (Index i = 0; i < own.vcov.cols(); ++i) {
    const VectorXd one = VectorXd::Unit(own.vcov.cols(), i);
    CHECK(own.degrees_of_freedom(one) == Approx(twin.degrees_of_freedom(one)).epsilon(1e-6));
  }
  if (dense.method() == Method::reml)
    CHECK(relative_difference(kenward_roger(sparse, reduced.table.basis).adjusted,
                              kenward_roger(dense, reduced.table.basis).adjusted) < 1e-7);
  const Predictions effects(sparse, reduced.table), expected(dense, reduced.table);
  for (std::size_t f = 0; f < reduced.table.factors.size(); ++f)
    for (Index level = 0; level < reduced.table.factors[f].levels; ++level) {
      const LevelEffects found = effects.level(f, level), other = expected.level(f, level);
      CHECK((found.value - other.value).norm() < 1e-7);
      CHECK((found.covariance - other.covariance).norm() < 1e-7);
    }
}

void check_twins(const Design& design) {
  const Reduced sparse_rest = reduce(design, RestStorage::sparse), dense_rest = reduce(design, RestStorage::dense);
  REQUIRE(sparse_rest.problem.pattern);
  REQUIRE_FALSE(dense_rest.problem.pattern);
  for (const Method method : {Method::reml, Method::ml}) {
    Criterion sparse(sparse_rest.problem, method), dense(dense_rest.problem, method);
    VectorXd theta = sparse_rest.structure.start();
    check_gradients(sparse, dense, theta);
    for (Index i = 0; i < theta.size(); ++i) theta[i] = 0.9 - 0.3 * static_cast<double>(i % 3);
    check_gradients(sparse, dense, theta);
    theta[theta.size() - 1] = 0;
    check_gradients(sparse, dense, theta);
    check_gradients(sparse, dense, VectorXd::Zero(theta.size()));
    for (Index i = 0; i < theta.size(); ++i) theta[i] = 0.7 - 0.25 * static_cast<double>(i % 4);
    check_differences(sparse, theta);
    theta[theta.size() - 1] = 0;
    check_differences(sparse, theta);
    check_inference(sparse, dense, sparse_rest);
  }
}

/// Pupils who are measured `times` times, in 500 classes (always the same, or as it comes) in 50 schools, with an
/// effect of x that differs between schools.
Design pupils(Index times, bool nested) {
  const Index people = 1500, rows = times * people;
  std::vector<std::int32_t> pupil, school, group = examples::scattered(rows, 500, 30);
  for (Index r = 0; r < rows; ++r) {
    pupil.push_back(static_cast<std::int32_t>(r / times));
    if (nested) group[static_cast<std::size_t>(r)] = pupil.back() % 500;
    school.push_back(group[static_cast<std::size_t>(r)] / 10);
  }
  const VectorXd x = dense::covariate(rows, 31);
  Design design;
  dense::set_fixed(design, {{"(Intercept)", VectorXd::Ones(rows)}, {"x", x}});
  design.random = {dense::make_term("pupil", pupil, {}), dense::make_term("class", group, {}),
                   dense::make_term("school", school, {{"x", x}})};
  design.response = dense::covariate(rows, 32);
  for (Index r = 0; r < rows; ++r) {  // levels that differ, in no special way
    const auto row = static_cast<std::size_t>(r);
    design.response[r] += std::sin(pupil[row] * 1.7) + 0.6 * std::sin(group[row] * 2.3) + 0.8 * std::sin(school[row]) +
                          0.3 * x[r] * std::sin(school[row] * 3.1);
  }
  return design;
}

}  // namespace

TEST_CASE("sparse factorisations equal dense ones") {
  check_factorisation(40, 0, 0.1);
  check_factorisation(60, 4, 0.05);
  check_factorisation(30, 3, 0.9);
  check_factorisation(5, 5, 0.0);
}

TEST_CASE("factors are sized without being made") {
  const SparseLower full = random_matrix(50, 0, 1.0, 3);
  const FactorSize all = factor_size(full, 0, 1e9);
  CHECK(all.entries == 50 * 51 / 2);
  CHECK(all.operations == 50 * 51 * 101 / 6);  // squares of 1 .. 50
  CHECK(factor_size(full, 0, 100).operations < all.operations);
  CHECK(factor_size(random_matrix(50, 0, 0.0, 3), 0, 1e9).entries == 50);
}

TEST_CASE("a sparse system equals the dense one") {
  SECTION("crossed factors with slopes") { check_twins(examples::crossed()); }
  SECTION("prior weights") { check_twins(examples::weighted()); }
  SECTION("three factors, two of them nested") { check_twins(examples::nested()); }
  SECTION("several terms on one factor") { check_twins(examples::uncorrelated()); }
  SECTION("people in classes") {
    check_twins(examples::people_and_models(examples::lower({1.2, -0.1, 0.4}), examples::lower({0.5, 0.2, 0.6}), 20));
  }
}

TEST_CASE("nested factors are held sparse, crossed ones dense") {
  const Design design = pupils(2, true);
  const Reduced own = reduce(design);
  REQUIRE(own.problem.pattern);
  CHECK(own.problem.gram.size() == 0);
  const Reduced twin = reduce(design, RestStorage::dense);
  Criterion sparse(own.problem, Method::reml), dense(twin.problem, Method::reml);
  check_gradients(sparse, dense, own.structure.start());
  const Fit fit = fit_mixed(design);
  CHECK(fit.converged);
  CHECK(fit.largest_gradient < 1e-6);
  CHECK_FALSE(reduce(pupils(10, false)).problem.pattern);
}

TEST_CASE("Kenward-Roger is refused where it would need too large dense matrices") {
  const Index people = 5600, rows = 2 * people;
  std::vector<std::int32_t> pupil, group;
  for (Index r = 0; r < rows; ++r) {
    pupil.push_back(static_cast<std::int32_t>(r / 2));
    group.push_back(pupil.back() % 5100);
  }
  Design design;
  dense::set_fixed(design, {{"(Intercept)", VectorXd::Ones(rows)}});
  design.random = {dense::make_term("pupil", pupil, {}), dense::make_term("class", group, {})};
  design.response = dense::covariate(rows, 41);
  const Reduced own = reduce(design);
  REQUIRE(own.problem.pattern);
  Criterion criterion(own.problem, Method::reml);
  VectorXd gradient;
  criterion.value(own.structure.start(), gradient);
  CHECK_THROWS_WITH(kenward_roger(criterion, own.table.basis), Catch::Contains("Satterthwaite"));
  CHECK(dense_is_faster(2000, 1e9));
  CHECK_FALSE(dense_is_faster(20000, 1e18));  // does not fit into memory
}
