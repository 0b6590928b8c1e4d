#include "models/dense_system.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <utility>

#include "models/templates.hpp"

namespace meridian::models {

using Eigen::Index;
using Eigen::MatrixXd;

namespace {

bool is_contiguous(const std::vector<Index>& columns) {
  return columns.back() - columns.front() + 1 == static_cast<Index>(columns.size());
}

class DenseCovariance : public EffectCovariance {
 public:
  DenseCovariance(const Problem& problem, MatrixXd values) : problem_(problem), values_(std::move(values)) {}

  void spread(std::size_t group, const MatrixXd& rows, MatrixXd& result) const override {
    const std::vector<Index>& touched = problem_.eliminated[group].touched;
    const auto size = static_cast<Index>(touched.size());
    result.setZero(size, rows.rows());
    if (size == 0) return;
    if (is_contiguous(touched)) {
      result.noalias() = values_.block(touched.front(), touched.front(), size, size) * rows.transpose();
      return;
    }
    for (Index a = 0; a < size; ++a) {
      const double* const weights = values_.data() + touched[static_cast<std::size_t>(a)] * values_.rows();
      for (Index i = 0; i < rows.rows(); ++i) {
        double sum = 0;
        for (Index b = 0; b < size; ++b) sum += weights[touched[static_cast<std::size_t>(b)]] * rows(i, b);
        result(a, i) = sum;
      }
    }
  }

  MatrixXd of_level(std::size_t level) const override {
    const RestLevel& rest = problem_.rest[level];
    const Index width = problem_.structure.factors[rest.factor].width;
    return values_.block(rest.first, rest.first, width, width);
  }

 private:
  const Problem& problem_;
  MatrixXd values_;
};

/// (l l')^-1 from a lower triangle, block of columns by block of columns: rows above a block follow from symmetry,
/// which leaves a third of the work of solving for the identity.
MatrixXd inverse_of_square(const Eigen::Ref<const MatrixXd>& l) {
  constexpr Index block = 64;
  MatrixXd inverse = MatrixXd::Zero(l.rows(), l.cols());
  for (Index first = 0; first < l.cols(); first += block) {
    const Index width = std::min(block, l.cols() - first), size = l.rows() - first;
    auto columns = inverse.block(first, first, size, width);
    columns.diagonal().setOnes();
    const auto tail = l.bottomRightCorner(size, size).triangularView<Eigen::Lower>();
    tail.solveInPlace(columns);
    tail.transpose().solveInPlace(columns);
  }
  inverse.triangularView<Eigen::StrictlyUpper>() = inverse.transpose();
  return inverse;
}

}  // namespace

DenseSystem::DenseSystem(const Problem& problem)
    : problem_(problem), schur_(problem.columns(), problem.columns()), factor_(problem.columns(), problem.columns()) {}

void DenseSystem::reset() { schur_ = problem_.gram; }

void DenseSystem::subtract(std::size_t group, const MatrixXd& white) {
  const EliminatedLevels& levels = problem_.eliminated[group];
  const auto size = static_cast<Index>(levels.touched.size());
  if (size == 0) return;
  if (is_contiguous(levels.touched)) {
    schur_.block(levels.touched.front(), levels.touched.front(), size, size)
        .selfadjointView<Eigen::Lower>()
        .rankUpdate(white.transpose(), -levels.count);
    return;
  }
  for (Index a = 0; a < size; ++a) {
    double* const target = schur_.data() + levels.touched[static_cast<std::size_t>(a)] * schur_.rows();
    for (Index b = a; b < size; ++b)
      target[levels.touched[static_cast<std::size_t>(b)]] -= levels.count * white.col(a).dot(white.col(b));
  }
}

bool DenseSystem::factorise(const Templates& templates) {
  factor_ = schur_.selfadjointView<Eigen::Lower>();
  apply_template_transposed(problem_, templates, factor_);
  apply_template_right(problem_, templates, factor_);
  factor_.diagonal().head(problem_.random_columns).array() += 1.0;
  const Eigen::LLT<Eigen::Ref<MatrixXd>> cholesky(factor_);
  return cholesky.info() == Eigen::Success;
}

double DenseSystem::log_random() const {
  return 2 * factor_.diagonal().head(problem_.random_columns).array().log().sum();
}

double DenseSystem::log_fixed() const {
  return 2 * factor_.diagonal().tail(problem_.fixed_columns).array().log().sum();
}

MatrixXd DenseSystem::fixed_factor() const {
  return factor_.bottomRightCorner(problem_.fixed_columns, problem_.fixed_columns).triangularView<Eigen::Lower>();
}

void DenseSystem::solve_in_place(MatrixXd& right) const {
  factor_.triangularView<Eigen::Lower>().solveInPlace(right);
  factor_.triangularView<Eigen::Lower>().transpose().solveInPlace(right);
}

MatrixXd DenseSystem::multiply(const MatrixXd& x) const { return schur_.selfadjointView<Eigen::Lower>() * x; }

MatrixXd DenseSystem::inverse(Index size) const { return inverse_of_square(factor_.topLeftCorner(size, size)); }

std::unique_ptr<EffectCovariance> DenseSystem::covariance(const Templates& templates, bool fixed,
                                                          std::vector<MatrixXd>* slopes) const {
  const Index size = fixed ? problem_.columns() : problem_.random_columns;
  MatrixXd values = MatrixXd::Zero(problem_.columns(), problem_.columns());
  values.topLeftCorner(size, size) = inverse(size);
  if (slopes != nullptr) {
    const MatrixXd schur = schur_.selfadjointView<Eigen::Lower>();
    for (const RestLevel& level : problem_.rest) {
      const Index width = problem_.structure.factors[level.factor].width;
      MatrixXd effects = values.middleCols(level.first, width);
      apply_template(problem_, templates, effects);
      (*slopes)[level.factor] += schur.middleCols(level.first, width).transpose().lazyProduct(effects);
    }
  }
  sandwich_template(problem_, templates, values);
  return std::make_unique<DenseCovariance>(problem_, std::move(values));
}

MatrixXd DenseSystem::dense_schur() const { return schur_.selfadjointView<Eigen::Lower>(); }

MatrixXd DenseSystem::dense_covariance(const Templates& templates) const {
  MatrixXd values = inverse(problem_.columns());
  sandwich_template(problem_, templates, values);
  return values;
}

}  // namespace meridian::models
