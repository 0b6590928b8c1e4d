#pragma once
// The long table with its largest grouping factor pooled: levels that met identical cells become one weighted mean
// level plus the scatter about it. Rotating the n responses of a class by an orthonormal matrix whose first row is
// (1, ..., 1)/sqrt(n) leaves the likelihood unchanged: sqrt(n) times the mean carries all of X b and of the other
// random effects, the n - 1 contrasts carry the level's own effects and the residual only.
#include <Eigen/Core>
#include <cstdint>
#include <string>
#include <vector>

#include "models/class_moments.hpp"
#include "models/random_structure.hpp"

namespace meridian::models {

/// Rows of the template that are the cells of one representative person.
struct ClassBlock {
  Eigen::Index first_row = 0, rows = 0;
};

/// What the model sees of a class. Zp: the class's own columns times sqrt(prior weight); scatter likewise weighted.
struct PooledClass {
  ClassBlock block;
  double count = 1;
  Eigen::VectorXd mean;       ///< block.rows, plain responses
  Eigen::MatrixXd projected;  ///< Zp' scatter Zp
  double trace = 0;           ///< tr(scatter)
};

/// Random-effects columns of one factor, row by row.
struct FactorColumns {
  Eigen::MatrixXd z;                ///< rows x width
  std::vector<std::int32_t> level;  ///< per row
  Eigen::Index levels = 0;
  Eigen::VectorXd scale;  ///< what the columns were divided by
};

/// The n - 1 contrasts of one class.
struct WithinClass {
  double contrasts = 0;
  Eigen::MatrixXd gram;       ///< Zp'Zp
  Eigen::MatrixXd projected;  ///< Zp' scatter Zp
};

/// Rows scaled by sqrt(prior weight), and by sqrt(count) except the pooled factor's own columns.
/// X is replaced by X R^-1 with R from its QR decomposition, y by y - X b0 with the least-squares b0:
/// neither changes the criterion (up to 2 log|R| for REML), both keep digits when columns or responses have large
/// means.
/// Random-effects columns are divided by their root mean square, so that theta has no units.
struct ReducedTable {
  Eigen::MatrixXd x;
  Eigen::VectorXd y;
  std::vector<FactorColumns> factors;  ///< as RandomStructure::factors
  Eigen::Index pooled = -1;            ///< index of the pooled factor; -1 when it has no random effects
  std::vector<WithinClass> within;
  double within_square = 0;  ///< sum of traces
  double observations = 0;
  double log_weights = 0;  ///< sum of the logarithms of the prior weights over all observations
  Eigen::MatrixXd basis;   ///< R
  Eigen::VectorXd shift;   ///< b0
};

/// Gives back the memory of x, y, z and the levels, which a problem has been built from.
void release_rows(ReducedTable& table);

/// theta of the scaled columns times this is theta of the original ones.
Eigen::VectorXd theta_units(const RandomStructure& structure, const std::vector<FactorColumns>& factors);

/// All columns of one factor side by side, divided by their root mean square.
FactorColumns collect_columns(const Design& design, const GroupingFactor& factor);

/// Random-effects columns of the rows `block` of a factor, in their own units, times sqrt(prior weight).
Eigen::MatrixXd weighted_columns(const Design& design, const GroupingFactor& factor, const ClassBlock& block);
/// sqrt(prior weight) of the rows of `block`.
Eigen::VectorXd root_weights(const Design& design, const ClassBlock& block);

/// From full moments of each class. `pooled` need not have random effects. InputError if shapes disagree.
std::vector<PooledClass> project_moments(const Design& design, const RandomStructure& structure,
                                         const std::string& pooled, const std::vector<ClassBlock>& blocks,
                                         const std::vector<ClassMoments>& moments);

/// The people behind the classes.
std::size_t people_in(const std::vector<PooledClass>& classes);

ReducedTable reduce_table(const Design& design, const RandomStructure& structure, const std::string& pooled,
                          const std::vector<PooledClass>& classes);

}  // namespace meridian::models
