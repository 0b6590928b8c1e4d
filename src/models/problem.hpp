#pragma once
// What one evaluation of the criterion reads: the reduced table brought to normal equations, with the factor that has
// the most columns ready for elimination. No size in it depends on the number of people behind a class.
#include <Eigen/Core>
#include <cstddef>
#include <optional>
#include <vector>

#include "models/level_matrix.hpp"
#include "models/random_structure.hpp"
#include "models/reduced_table.hpp"
#include "models/rest_storage.hpp"

namespace meridian::models {

/// `count` levels of one factor with equal cells. Z: their rows' own columns, G = [columns of the other factors, X].
/// Contrasts within a pooled class are such levels too: they touch no column of G and sum to zero.
struct EliminatedLevels {
  std::size_t factor = 0;
  double count = 1;
  Eigen::MatrixXd gram;               ///< Z'Z, q x q
  std::vector<Eigen::Index> touched;  ///< columns of G that are not zero in these rows, ascending
  Eigen::MatrixXd cross;              ///< Z'G, q x touched
  Eigen::VectorXd sum;                ///< sum over the levels of Z'y
  Eigen::MatrixXd outer;              ///< sum over the levels of (Z'y)(Z'y)'
};

/// Columns of G that belong to one level of a factor that stays in the system.
struct RestLevel {
  std::size_t factor = 0;
  Eigen::Index first = 0;  ///< first column of G
};

struct Problem {
  RandomStructure structure;
  std::vector<EliminatedLevels> eliminated;
  std::vector<RestLevel> rest;
  Eigen::Index random_columns = 0, fixed_columns = 0;  ///< G = [random_columns | fixed_columns]
  SparseLower gram;                     ///< G'G of the random columns of a dense system: few of them meet in a row
  Eigen::MatrixXd border;               ///< its fixed x all columns
  std::optional<LevelPattern> pattern;  ///< of a sparse system: levels that meet
  LevelMatrix sparse_gram;              ///< G'G of a sparse system
  Eigen::VectorXd moment;               ///< G'y
  double square = 0;                    ///< y'y and the scatter within classes
  double observations = 0, log_weights = 0;
  double log_basis = 0;  ///< 2 log|R|, what conditioning X took out of log|X'V^-1 X|
  // For the predictions of single levels:
  Eigen::Index eliminated_factor = -1;             ///< index in structure.factors
  std::vector<std::size_t> group_of_level;         ///< per level of that factor: index into `eliminated`
  std::vector<Eigen::VectorXd> sum_of_level;       ///< per level: Z'y
  std::vector<Eigen::Index> first_rest_of_factor;  ///< per factor: index into `rest` of its level 0; -1 if eliminated

  Eigen::Index columns() const { return random_columns + fixed_columns; }
};

/// `storage` other than fastest is for comparing the two. InputError if the system is too large for memory.
Problem build_problem(const RandomStructure& structure, const ReducedTable& table,
                      RestStorage storage = RestStorage::fastest);

/// The levels of Problem::rest whose columns are among `touched`, ascending.
std::vector<std::size_t> touched_levels(const Problem& problem, const std::vector<Eigen::Index>& touched);

}  // namespace meridian::models
