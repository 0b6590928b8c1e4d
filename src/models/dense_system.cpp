#include "models/dense_system.hpp"

#include <Eigen/Cholesky>
#include <algorithm>

#include "error.hpp"
#include "models/templates.hpp"
#include "models/triangular_inverse.hpp"

namespace meridian::models {

using Eigen::Index;
using Eigen::MatrixXd;

namespace {

bool is_contiguous(const std::vector<Index>& columns) {
  return columns.back() - columns.front() + 1 == static_cast<Index>(columns.size());
}

/// Columns first ... of a symmetric matrix of which the upper triangle is stored.
template <class Matrix>
void gather_from_upper(const Matrix& upper, Index first, Index width, MatrixXd& columns) {
  const Index rest = upper.cols() - first - width;
  columns.resize(upper.rows(), width);
  columns.topRows(first) = upper.block(0, first, first, width);
  columns.middleRows(first, width) = upper.block(first, first, width, width).template selfadjointView<Eigen::Upper>();
  columns.bottomRows(rest) = upper.block(first, first + width, width, rest).transpose();
}

template <class Matrix>
void gather_from_lower(const Matrix& lower, Index first, Index width, MatrixXd& columns) {
  const Index rest = lower.cols() - first - width;
  columns.resize(lower.rows(), width);
  columns.topRows(first) = lower.block(first, 0, width, first).transpose();
  columns.middleRows(first, width) = lower.block(first, first, width, width).template selfadjointView<Eigen::Lower>();
  columns.bottomRows(rest) = lower.block(first + width, first, rest, width);
}

}  // namespace

class DenseCovariance : public EffectCovariance {
 public:
  explicit DenseCovariance(const DenseSystem& system) : system_(system), change_(system.changes_) {}

  void spread(std::size_t group, const MatrixXd& rows, MatrixXd& result) const override {
    check();
    const std::vector<Index>& touched = system_.problem_.eliminated[group].touched;
    const auto size = static_cast<Index>(touched.size());
    result.setZero(size, rows.rows());
    if (size == 0) return;
    if (is_contiguous(touched)) {
      result.noalias() =
          system_.upper().block(touched.front(), touched.front(), size, size).selfadjointView<Eigen::Upper>() *
          rows.transpose();
      return;
    }
    for (Index b = 0; b < size; ++b) {
      const double* const column =
          system_.both_.data() + touched[static_cast<std::size_t>(b)] * system_.both_.outerStride();
      for (Index i = 0; i < rows.rows(); ++i) {
        double sum = column[touched[static_cast<std::size_t>(b)]] * rows(i, b);
        for (Index a = 0; a < b; ++a) {
          const double value = column[touched[static_cast<std::size_t>(a)]];
          result(a, i) += value * rows(i, b);
          sum += value * rows(i, a);
        }
        result(b, i) += sum;
      }
    }
  }

  MatrixXd of_level(std::size_t level) const override {
    check();
    const RestLevel& rest = system_.problem_.rest[level];
    const Index width = system_.problem_.structure.factors[rest.factor].width;
    return system_.upper().block(rest.first, rest.first, width, width).selfadjointView<Eigen::Upper>();
  }

 private:
  void check() const {
    if (change_ != system_.changes_) throw Error(ExitCode::bug, "a covariance of effects was read after its system");
  }

  const DenseSystem& system_;
  std::uint64_t change_;
};

DenseSystem::DenseSystem(const Problem& problem)
    : problem_(problem), both_(MatrixXd::Zero(problem.columns() + 1, problem.columns())) {}

void DenseSystem::reset() {
  both_.setZero();
  has_factor_ = false;
  ++changes_;
  auto lower = both_.bottomRows(both_.cols());
  for (Index column = 0; column < problem_.random_columns; ++column)
    for (SparseLower::InnerIterator entry(problem_.gram, column); entry; ++entry)
      lower(entry.row(), column) = entry.value();
  lower.bottomRows(problem_.fixed_columns).leftCols(problem_.random_columns) =
      problem_.border.leftCols(problem_.random_columns);
  lower.bottomRightCorner(problem_.fixed_columns, problem_.fixed_columns).triangularView<Eigen::Lower>() =
      problem_.border.rightCols(problem_.fixed_columns);
}

void DenseSystem::subtract(std::size_t group, const MatrixXd& white) {
  const EliminatedLevels& levels = problem_.eliminated[group];
  const auto size = static_cast<Index>(levels.touched.size());
  if (size == 0) return;
  auto lower = both_.bottomRows(both_.cols());
  if (is_contiguous(levels.touched)) {
    lower.block(levels.touched.front(), levels.touched.front(), size, size)
        .selfadjointView<Eigen::Lower>()
        .rankUpdate(white.transpose(), -levels.count);
    return;
  }
  for (Index a = 0; a < size; ++a) {
    double* const target = &lower(0, levels.touched[static_cast<std::size_t>(a)]);
    for (Index b = a; b < size; ++b)
      target[levels.touched[static_cast<std::size_t>(b)]] -= levels.count * white.col(a).dot(white.col(b));
  }
}

bool DenseSystem::factorise_upper() const {
  auto factor = both_.topRows(both_.cols());
  factor.triangularView<Eigen::Upper>() = schur().transpose();
  whiten_upper(problem_, templates_, factor);
  factor.diagonal().head(problem_.random_columns).array() += 1.0;
  const Eigen::LLT<Eigen::Ref<MatrixXd>, Eigen::Upper> cholesky(factor);
  has_factor_ = true;
  ++changes_;
  return cholesky.info() == Eigen::Success;
}

bool DenseSystem::factorise(const Templates& templates) {
  templates_ = templates;
  if (!factorise_upper()) return false;
  log_random_ = 2 * upper().diagonal().head(problem_.random_columns).array().log().sum();
  log_fixed_ = 2 * upper().diagonal().tail(problem_.fixed_columns).array().log().sum();
  return true;
}

void DenseSystem::require_factor() const {
  if (!has_factor_) factorise_upper();
}

MatrixXd DenseSystem::fixed_factor() const {
  require_factor();
  const Index p = problem_.fixed_columns;
  MatrixXd lower = MatrixXd::Zero(p, p);
  lower.triangularView<Eigen::Lower>() = upper().bottomRightCorner(p, p).transpose();
  return lower;
}

void DenseSystem::solve_in_place(MatrixXd& right) const {
  require_factor();
  upper().triangularView<Eigen::Upper>().transpose().solveInPlace(right);
  upper().triangularView<Eigen::Upper>().solveInPlace(right);
}

/// A column at a time: Eigen's product of matrices packs the whole of S beside itself.
MatrixXd DenseSystem::multiply(const MatrixXd& x) const {
  MatrixXd product(x.rows(), x.cols());
  for (Index j = 0; j < x.cols(); ++j) product.col(j).noalias() = schur().selfadjointView<Eigen::Lower>() * x.col(j);
  return product;
}

/// A^-1, or A_uu^-1 and zeros, in place of the factor.
void DenseSystem::invert(bool fixed) const {
  require_factor();
  auto whole = both_.topRows(both_.cols());
  const Index size = fixed ? problem_.columns() : problem_.random_columns;
  invert_from_factor(whole.topLeftCorner(size, size));
  for (Index column = size; column < whole.cols(); ++column) whole.col(column).head(column + 1).setZero();
  has_factor_ = false;
  ++changes_;
}

/// Diagonal blocks of S T A^-1, a panel of columns at a time.
void DenseSystem::add_slopes(const Templates& templates, std::vector<MatrixXd>& slopes) const {
  constexpr Index panel = 64;
  const std::vector<RestLevel>& rest = problem_.rest;
  const auto width_of = [&](std::size_t level) { return problem_.structure.factors[rest[level].factor].width; };
  MatrixXd effects, columns;
  for (std::size_t begin = 0, end = 0; begin < rest.size(); begin = end) {
    const Index first = rest[begin].first;
    Index width = 0;
    while (end < rest.size() && width < panel) width += width_of(end++);
    gather_from_upper(upper(), first, width, effects);
    apply_template(problem_, templates, effects);
    gather_from_lower(schur(), first, width, columns);
    for (std::size_t level = begin; level < end; ++level) {
      const Index at = rest[level].first - first, own = width_of(level);
      slopes[rest[level].factor] += columns.middleCols(at, own).transpose().lazyProduct(effects.middleCols(at, own));
    }
  }
}

std::unique_ptr<EffectCovariance> DenseSystem::covariance(const Templates& templates, bool fixed,
                                                          std::vector<MatrixXd>* slopes) const {
  invert(fixed);
  if (slopes != nullptr) add_slopes(templates, *slopes);
  colour_upper(problem_, templates, both_.topRows(both_.cols()));
  return std::make_unique<DenseCovariance>(*this);
}

MatrixXd DenseSystem::dense_schur() const { return schur().selfadjointView<Eigen::Lower>(); }

MatrixXd DenseSystem::dense_covariance(const Templates& templates) const {
  covariance(templates, true, nullptr);
  return upper().selfadjointView<Eigen::Upper>();
}

}  // namespace meridian::models
