#pragma once
// Estimated cell means as linear functions of the coefficients (Searle, Speed & Milliken 1980; R's emmeans).
#include <Eigen/Core>
#include <string>
#include <vector>

#include "models/design.hpp"

namespace meridian::models {

struct LinearFunction {
  std::vector<std::string> levels;  ///< of a mean: one per variable asked for; of a difference: "hi - lo"
  Eigen::RowVectorXd row;           ///< over Design::names; the estimate is row * beta, its variance row * vcov * row'
  bool estimable = true;            ///< false if aliased coefficients bear on it: an empty cell, mostly
};

/// One function per combination of levels of `variables` (the first varies fastest): the prediction over the grid of
/// all factor levels of the fixed terms, averaged with equal weights over the factors not asked for. Covariates stand
/// at the mean of the rows (by multiplicity), inside log() and the like too; one with two values only is a factor here,
/// as in emmeans, and so is one inside factor(). Same arguments as the call that made `design`. InputError: a variable
/// that is in no fixed term, a grid of more than 100 000 points.
std::vector<LinearFunction> cell_means(const Design& design, const Formula& formula, const Frame& frame,
                                       const DesignOptions& options, const std::vector<std::string>& variables);

/// Every mean minus every later one, in emmeans' order: 1 - 2, 1 - 3, ..., 2 - 3, ...
std::vector<LinearFunction> pairwise_differences(const std::vector<LinearFunction>& means);

}  // namespace meridian::models
