#include "models/level_matrix.hpp"

#include <algorithm>

namespace meridian::models {

using Eigen::Index;
using Eigen::MatrixXd;

std::size_t LevelPattern::find(std::size_t row_level, std::size_t column_level) const {
  const auto begin = row.begin() + static_cast<std::ptrdiff_t>(column_start[column_level]);
  const auto end = row.begin() + static_cast<std::ptrdiff_t>(column_start[column_level + 1]);
  return static_cast<std::size_t>(std::lower_bound(begin, end, row_level) - row.begin());
}

LevelPattern meeting_levels(const std::vector<Index>& widths, const std::vector<std::vector<std::size_t>>& meetings,
                            Index fixed_columns) {
  LevelPattern pattern;
  pattern.width = widths;
  pattern.fixed_columns = fixed_columns;
  std::vector<std::vector<std::size_t>> lists_of_level(widths.size());
  for (std::size_t list = 0; list < meetings.size(); ++list)
    for (const std::size_t level : meetings[list]) lists_of_level[level].push_back(list);
  std::vector<std::size_t> last_column(widths.size(), widths.size());
  std::size_t values = 0;
  for (std::size_t column = 0; column < widths.size(); ++column) {
    pattern.first.push_back(pattern.random_columns);
    pattern.random_columns += widths[column];
    pattern.column_start.push_back(pattern.row.size());
    pattern.row.push_back(column);
    for (const std::size_t list : lists_of_level[column])
      for (const std::size_t level : meetings[list])
        if (level > column && last_column[level] != column) {
          last_column[level] = column;
          pattern.row.push_back(level);
        }
    std::sort(pattern.row.begin() + static_cast<std::ptrdiff_t>(pattern.column_start.back()), pattern.row.end());
    for (std::size_t block = pattern.column_start.back(); block < pattern.row.size(); ++block) {
      pattern.value_start.push_back(values);
      values += static_cast<std::size_t>(widths[pattern.row[block]] * widths[column]);
    }
  }
  pattern.column_start.push_back(pattern.row.size());
  pattern.value_start.push_back(values);
  return pattern;
}

double least_operations(const LevelPattern& pattern) {
  double operations = 0;
  for (std::size_t column = 0; column < pattern.levels(); ++column) {
    auto rows = static_cast<double>(pattern.fixed_columns);
    for (std::size_t block = pattern.column_start[column] + 1; block < pattern.column_start[column + 1]; ++block)
      rows += static_cast<double>(pattern.width[pattern.row[block]]);
    operations += static_cast<double>(pattern.width[column]) * rows * rows;
  }
  return operations;
}

void LevelMatrix::set_zero(const LevelPattern& pattern) {
  values.assign(pattern.value_start.back(), 0.0);
  border.setZero(pattern.fixed_columns, pattern.random_columns + pattern.fixed_columns);
}

SparseLower scalar_pattern(const LevelPattern& pattern) {
  const Index columns = pattern.random_columns + pattern.fixed_columns;
  std::vector<Eigen::Triplet<double>> entries;
  for (std::size_t column = 0; column < pattern.levels(); ++column)
    for (Index j = 0; j < pattern.width[column]; ++j) {
      const Index c = pattern.first[column] + j;
      for (std::size_t block = pattern.column_start[column]; block < pattern.column_start[column + 1]; ++block) {
        const std::size_t row = pattern.row[block];
        for (Index i = row == column ? j : 0; i < pattern.width[row]; ++i)
          entries.emplace_back(pattern.first[row] + i, c, 1.0);
      }
      for (Index i = pattern.random_columns; i < columns; ++i) entries.emplace_back(i, c, 1.0);
    }
  for (Index c = pattern.random_columns; c < columns; ++c)
    for (Index i = c; i < columns; ++i) entries.emplace_back(i, c, 1.0);
  SparseLower scalars(columns, columns);
  scalars.setFromTriplets(entries.begin(), entries.end());
  return scalars;
}

namespace {

/// Calls visit(value of the scalars, value of the matrix) for every entry of the lower triangle.
template <class Scalars, class Matrix, class Visit>
void walk(const LevelPattern& pattern, Scalars* scalar, Matrix& matrix, const Visit& visit) {
  const Index columns = pattern.random_columns + pattern.fixed_columns;
  for (std::size_t column = 0; column < pattern.levels(); ++column)
    for (Index j = 0; j < pattern.width[column]; ++j) {
      for (std::size_t block = pattern.column_start[column]; block < pattern.column_start[column + 1]; ++block) {
        auto part = matrix.block(pattern, block, column);
        for (Index i = pattern.row[block] == column ? j : 0; i < part.rows(); ++i) visit(*scalar++, part(i, j));
      }
      for (Index i = 0; i < pattern.fixed_columns; ++i) visit(*scalar++, matrix.border(i, pattern.first[column] + j));
    }
  for (Index c = pattern.random_columns; c < columns; ++c)
    for (Index i = c - pattern.random_columns; i < pattern.fixed_columns; ++i) visit(*scalar++, matrix.border(i, c));
}

}  // namespace

void to_scalars(const LevelPattern& pattern, const LevelMatrix& matrix, SparseLower& scalars) {
  walk(pattern, scalars.valuePtr(), matrix, [](double& scalar, double value) { scalar = value; });
}

void from_scalars(const LevelPattern& pattern, const SparseLower& scalars, LevelMatrix& matrix) {
  matrix.set_zero(pattern);
  walk(pattern, scalars.valuePtr(), matrix, [](double scalar, double& value) { value = scalar; });
  for (std::size_t level = 0; level < pattern.levels(); ++level) {
    auto diagonal = matrix.block(pattern, pattern.column_start[level], level);
    diagonal.triangularView<Eigen::StrictlyUpper>() = diagonal.transpose();
  }
  auto corner = matrix.border.rightCols(pattern.fixed_columns);
  corner.triangularView<Eigen::StrictlyUpper>() = corner.transpose();
}

void multiply(const LevelPattern& pattern, const LevelMatrix& matrix, const MatrixXd& x, MatrixXd& result) {
  const Index random = pattern.random_columns, fixed = pattern.fixed_columns;
  result = matrix.border.transpose() * x.bottomRows(fixed);
  result.bottomRows(fixed).noalias() += matrix.border.leftCols(random) * x.topRows(random);
  for (std::size_t column = 0; column < pattern.levels(); ++column)
    for (std::size_t block = pattern.column_start[column]; block < pattern.column_start[column + 1]; ++block) {
      const std::size_t row = pattern.row[block];
      const auto part = matrix.block(pattern, block, column);
      result.middleRows(pattern.first[row], part.rows()) +=
          part.lazyProduct(x.middleRows(pattern.first[column], part.cols()));
      if (row != column)
        result.middleRows(pattern.first[column], part.cols()) +=
            part.transpose().lazyProduct(x.middleRows(pattern.first[row], part.rows()));
    }
}

MatrixXd to_dense(const LevelPattern& pattern, const LevelMatrix& matrix) {
  const Index columns = pattern.random_columns + pattern.fixed_columns;
  MatrixXd dense = MatrixXd::Zero(columns, columns);
  for (std::size_t column = 0; column < pattern.levels(); ++column)
    for (std::size_t block = pattern.column_start[column]; block < pattern.column_start[column + 1]; ++block) {
      const auto part = matrix.block(pattern, block, column);
      dense.block(pattern.first[pattern.row[block]], pattern.first[column], part.rows(), part.cols()) = part;
    }
  dense.bottomRows(pattern.fixed_columns) = matrix.border;
  dense.triangularView<Eigen::StrictlyUpper>() = dense.transpose();
  return dense;
}

}  // namespace meridian::models
