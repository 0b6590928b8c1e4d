#pragma once
// Symmetric matrices over the columns of G whose random part is sparse: dense blocks for the pairs of levels that meet
// in the rows of one eliminated level, bordered by the fixed columns, which meet all.
#include <Eigen/Core>
#include <cstddef>
#include <vector>

#include "models/sparse_cholesky.hpp"

namespace meridian::models {

/// Lower triangle of blocks, column of levels by column of levels. Within a column the row levels ascend and the first
/// is the diagonal.
struct LevelPattern {
  std::vector<Eigen::Index> width, first;  ///< per level: its columns of G
  std::vector<std::size_t> column_start;   ///< per level: its first block; at the end the number of blocks
  std::vector<std::size_t> row;            ///< per block
  std::vector<std::size_t> value_start;    ///< per block: its first value; at the end the number of values
  Eigen::Index random_columns = 0, fixed_columns = 0;

  std::size_t levels() const { return width.size(); }
  /// The block of two levels that meet, row >= column.
  std::size_t find(std::size_t row_level, std::size_t column_level) const;
};

/// `widths`: of the levels, in the order of the columns; `meetings`: lists of levels that meet, each ascending.
LevelPattern meeting_levels(const std::vector<Eigen::Index>& widths,
                            const std::vector<std::vector<std::size_t>>& meetings, Eigen::Index fixed_columns);

/// Operations that no factor of the pattern goes below: squares of the counts of its own columns.
double least_operations(const LevelPattern& pattern);

/// Its lower triangle, column by column: the fixed columns stand last. All values are 1.
SparseLower scalar_pattern(const LevelPattern& pattern);

struct LevelMatrix {
  /// Blocks, column-major, diagonal ones whole. Aligned as Eigen's matrices are: how it rounds in a Map depends on
  /// where its memory begins, and results must not.
  std::vector<double, Eigen::aligned_allocator<double>> values;
  Eigen::MatrixXd border;  ///< fixed x all columns; its last block is symmetric

  void set_zero(const LevelPattern& pattern);
  using Block = Eigen::Map<Eigen::MatrixXd>;
  using ConstBlock = Eigen::Map<const Eigen::MatrixXd>;
  /// Rows: columns of G of the row level; `column`: the level whose column the block stands in.
  Block block(const LevelPattern& pattern, std::size_t index, std::size_t column) {
    return {values.data() + pattern.value_start[index], pattern.width[pattern.row[index]], pattern.width[column]};
  }
  ConstBlock block(const LevelPattern& pattern, std::size_t index, std::size_t column) const {
    return {values.data() + pattern.value_start[index], pattern.width[pattern.row[index]], pattern.width[column]};
  }
};

/// Writes the lower triangle into the values of scalar_pattern().
void to_scalars(const LevelPattern& pattern, const LevelMatrix& matrix, SparseLower& scalars);
/// Reads it back, diagonal blocks made whole.
void from_scalars(const LevelPattern& pattern, const SparseLower& scalars, LevelMatrix& matrix);

/// result := matrix x.
void multiply(const LevelPattern& pattern, const LevelMatrix& matrix, const Eigen::MatrixXd& x,
              Eigen::MatrixXd& result);
/// All entries.
Eigen::MatrixXd to_dense(const LevelPattern& pattern, const LevelMatrix& matrix);

}  // namespace meridian::models
