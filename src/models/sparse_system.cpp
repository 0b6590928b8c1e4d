#include "models/sparse_system.hpp"

#include <utility>

#include "models/templates.hpp"

namespace meridian::models {

using Eigen::Index;
using Eigen::MatrixXd;

namespace {

GroupLevels levels_of(const Problem& problem, const std::vector<Index>& touched) {
  GroupLevels group;
  group.levels = touched_levels(problem, touched);
  Index first = 0;
  for (std::size_t b = 0; b < group.levels.size(); ++b) {
    group.first.push_back(first);
    first += problem.pattern->width[group.levels[b]];
    for (std::size_t a = b; a < group.levels.size(); ++a)
      group.pair.push_back(problem.pattern->find(group.levels[a], group.levels[b]));
  }
  return group;
}

class SparseCovariance : public EffectCovariance {
 public:
  SparseCovariance(const LevelPattern& pattern, const std::vector<GroupLevels>& groups, LevelMatrix values)
      : pattern_(pattern), groups_(groups), values_(std::move(values)) {}

  void spread(std::size_t group, const MatrixXd& rows, MatrixXd& result) const override {
    result.setZero(rows.cols(), rows.rows());
    if (rows.cols() == 0) return;
    const GroupLevels& own = groups_[group];
    const Index fixed = pattern_.fixed_columns;
    const auto last = rows.rightCols(fixed);
    result.bottomRows(fixed) += values_.border.rightCols(fixed).lazyProduct(last.transpose());
    std::size_t pair = 0;
    for (std::size_t b = 0; b < own.levels.size(); ++b) {
      const Index width = pattern_.width[own.levels[b]];
      const auto edge = values_.border.middleCols(pattern_.first[own.levels[b]], width);
      const auto part = rows.middleCols(own.first[b], width);
      result.bottomRows(fixed) += edge.lazyProduct(part.transpose());
      result.middleRows(own.first[b], width) += edge.transpose().lazyProduct(last.transpose());
      for (std::size_t a = b; a < own.levels.size(); ++a) {
        const auto block = values_.block(pattern_, own.pair[pair++], own.levels[b]);
        result.middleRows(own.first[a], block.rows()) += block.lazyProduct(part.transpose());
        if (a != b)
          result.middleRows(own.first[b], width) +=
              block.transpose().lazyProduct(rows.middleCols(own.first[a], block.rows()).transpose());
      }
    }
  }

  MatrixXd of_level(std::size_t level) const override {
    return values_.block(pattern_, pattern_.column_start[level], level);
  }

 private:
  const LevelPattern& pattern_;
  const std::vector<GroupLevels>& groups_;
  LevelMatrix values_;
};

}  // namespace

SparseSystem::SparseSystem(const Problem& problem)
    : problem_(problem), pattern_(*problem.pattern), scalars_(scalar_pattern(pattern_)) {
  for (const EliminatedLevels& levels : problem.eliminated) groups_.push_back(levels_of(problem, levels.touched));
  white_.set_zero(pattern_);
  cholesky_.analyse(scalars_, pattern_.fixed_columns);
}

const MatrixXd& SparseSystem::of(const Templates& templates, std::size_t level) const {
  return templates[problem_.rest[level].factor];
}

void SparseSystem::reset() { schur_ = problem_.sparse_gram; }

void SparseSystem::subtract(std::size_t group, const MatrixXd& white) {
  if (white.cols() == 0) return;
  const GroupLevels& own = groups_[group];
  const double count = problem_.eliminated[group].count;
  const Index fixed = pattern_.fixed_columns;
  const auto last = white.rightCols(fixed);
  schur_.border.rightCols(fixed) -= count * last.transpose().lazyProduct(last);
  std::size_t pair = 0;
  for (std::size_t b = 0; b < own.levels.size(); ++b) {
    const Index width = pattern_.width[own.levels[b]];
    const auto part = white.middleCols(own.first[b], width);
    schur_.border.middleCols(pattern_.first[own.levels[b]], width) -= count * last.transpose().lazyProduct(part);
    for (std::size_t a = b; a < own.levels.size(); ++a) {
      auto block = schur_.block(pattern_, own.pair[pair++], own.levels[b]);
      block -= count * white.middleCols(own.first[a], block.rows()).transpose().lazyProduct(part);
    }
  }
}

bool SparseSystem::factorise(const Templates& templates) {
  white_.border.rightCols(pattern_.fixed_columns) = schur_.border.rightCols(pattern_.fixed_columns);
  for (std::size_t column = 0; column < pattern_.levels(); ++column) {
    const MatrixXd& l = of(templates, column);
    const Index first = pattern_.first[column];
    white_.border.middleCols(first, l.rows()) = schur_.border.middleCols(first, l.rows()).lazyProduct(l);
    for (std::size_t k = pattern_.column_start[column]; k < pattern_.column_start[column + 1]; ++k) {
      const MatrixXd right = schur_.block(pattern_, k, column).lazyProduct(l);
      auto block = white_.block(pattern_, k, column);
      block = of(templates, pattern_.row[k]).transpose().lazyProduct(right);
      if (pattern_.row[k] == column) block.diagonal().array() += 1.0;
    }
  }
  to_scalars(pattern_, white_, scalars_);
  return cholesky_.factorise(scalars_);
}

double SparseSystem::log_random() const { return cholesky_.log_determinant_before_border(); }
double SparseSystem::log_fixed() const { return cholesky_.log_determinant_of_border(); }
MatrixXd SparseSystem::fixed_factor() const { return cholesky_.border_factor(); }
void SparseSystem::solve_in_place(MatrixXd& right) const { cholesky_.solve_in_place(right); }

MatrixXd SparseSystem::multiply(const MatrixXd& x) const {
  MatrixXd result;
  models::multiply(pattern_, schur_, x, result);
  return result;
}

/// Diagonal blocks of S T A^-1: entries of the inverse are needed only where S has some.
void SparseSystem::add_slopes(const Templates& templates, const LevelMatrix& inverse,
                              std::vector<MatrixXd>& slopes) const {
  for (std::size_t column = 0; column < pattern_.levels(); ++column) {
    const std::size_t factor = problem_.rest[column].factor;
    const Index first = pattern_.first[column], width = pattern_.width[column];
    slopes[factor] +=
        schur_.border.middleCols(first, width).transpose().lazyProduct(inverse.border.middleCols(first, width));
    for (std::size_t k = pattern_.column_start[column]; k < pattern_.column_start[column + 1]; ++k) {
      const std::size_t row = pattern_.row[k];
      const auto s = schur_.block(pattern_, k, column), a = inverse.block(pattern_, k, column);
      const MatrixXd of_row = of(templates, row).lazyProduct(a);
      slopes[factor] += s.transpose().lazyProduct(of_row);
      if (row == column) continue;
      const MatrixXd of_column = of(templates, column).lazyProduct(a.transpose());
      slopes[problem_.rest[row].factor] += s.lazyProduct(of_column);
    }
  }
}

std::unique_ptr<EffectCovariance> SparseSystem::covariance(const Templates& templates, bool fixed,
                                                           std::vector<MatrixXd>* slopes) const {
  SparseLower scalars = scalars_;
  cholesky_.invert(fixed, scalars);
  LevelMatrix values;
  from_scalars(pattern_, scalars, values);
  if (slopes != nullptr) add_slopes(templates, values, *slopes);
  for (std::size_t column = 0; column < pattern_.levels(); ++column) {
    const MatrixXd& l = of(templates, column);
    auto border = values.border.middleCols(pattern_.first[column], l.rows());
    border = border.lazyProduct(l.transpose()).eval();
    for (std::size_t k = pattern_.column_start[column]; k < pattern_.column_start[column + 1]; ++k) {
      auto block = values.block(pattern_, k, column);
      const MatrixXd left = of(templates, pattern_.row[k]).lazyProduct(block);
      block = left.lazyProduct(l.transpose());
    }
  }
  return std::make_unique<SparseCovariance>(pattern_, groups_, std::move(values));
}

MatrixXd SparseSystem::dense_schur() const { return to_dense(pattern_, schur_); }

MatrixXd SparseSystem::dense_covariance(const Templates& templates) const {
  MatrixXd values = MatrixXd::Identity(problem_.columns(), problem_.columns());
  cholesky_.solve_in_place(values);
  colour_upper(problem_, templates, values);
  values.triangularView<Eigen::StrictlyLower>() = values.transpose();
  return values;
}

}  // namespace meridian::models
