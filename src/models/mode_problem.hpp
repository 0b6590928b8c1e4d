#pragma once
// What finding the mode of the random effects of a generalized model reads: rows ordered by the factor with the most
// columns, which is eliminated level by level, and where the columns of every row stand.
#include <Eigen/Core>
#include <cstddef>
#include <vector>

#include "models/family.hpp"
#include "models/random_structure.hpp"
#include "models/reduced_table.hpp"

namespace meridian::models {

/// Spherical random effects u = [levels of the eliminated factor | levels of the other factors, the rest].
struct ModeProblem {
  RandomStructure structure;
  Responses responses;                             ///< rows in the order of this problem
  Eigen::MatrixXd x;                               ///< rows x p, conditioned: X = x basis
  Eigen::MatrixXd basis;                           ///< p x p, upper triangle
  std::vector<FactorColumns> factors;              ///< scaled columns and levels
  std::size_t eliminated = 0;                      ///< index into factors
  std::vector<Eigen::Index> order;                 ///< per row: its row in the design
  std::vector<Eigen::Index> first_row;             ///< per eliminated level, and the number of rows at the end
  std::vector<std::vector<Eigen::Index>> touched;  ///< per eliminated level: columns of the rest that its rows use
  std::vector<Eigen::Index> offset;                ///< per factor: first of its columns within a row's columns
  Eigen::Index row_width = 0;                      ///< columns of a row, all factors
  Eigen::Index eliminated_columns = 0, rest_columns = 0;
  Eigen::MatrixXi column;  ///< factors x rows: first column in u
  Eigen::MatrixXi local;   ///< factors x rows: first place in [own columns | touched] of the eliminated level

  Eigen::Index rows() const { return x.rows(); }
  Eigen::Index first_column(std::size_t factor) const;  ///< in u
  Eigen::Index random_columns() const { return eliminated_columns + rest_columns; }
  Eigen::Index width(std::size_t factor) const { return structure.factors[factor].width; }
};

/// `weights`: W of the fixed-effects fit, positive; x' W x / sum W = I conditions the coefficients and leaves them in
/// the units of the linear predictor, in which the search limits its steps.
ModeProblem mode_problem(const Design& design, const RandomStructure& structure, const Responses& responses,
                         const Eigen::VectorXd& weights);

}  // namespace meridian::models
