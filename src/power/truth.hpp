#pragma once
// The parameters that data are drawn with, by name: as fitted, as stated, or changed.
#include <Eigen/Core>
#include <string>
#include <vector>

#include "models/fit.hpp"
#include "models/random_structure.hpp"

namespace meridian::power {

struct Truth {
  std::vector<std::string> terms;  ///< of the fixed effects, as Design::names
  Eigen::VectorXd beta;
  models::RandomStructure structure;
  Eigen::VectorXd theta;  ///< relative to sigma, in the order of the structure
  double sigma = 1;
};

/// The estimates of a fit as truth. `design`: the one that was fitted.
Truth truth_of(const models::Fit& fit, const models::Design& design);

/// Correlation of two columns of one grouping factor.
struct Correlation {
  std::string group, column, other;
  double value = 0;
};

/// "nation:origin=0.03". InputError for an unknown term (lists those there are) or no number.
void set_effect(const std::string& text, Truth& truth);
/// "llm.nation=0.05", "residual=0.1": a standard deviation; the correlations of the column and all other standard
/// deviations stay. A column that had none becomes independent of the others. InputError as above, or below 0.
void set_deviation(const std::string& text, Truth& truth);
/// Covariances from standard deviations and these correlations (0 where none is named). InputError where a correlation
/// names no pair of columns of one term or they contradict each other.
void set_correlations(const std::vector<Correlation>& correlations, Truth& truth);

/// "participant.(Intercept)", ..., "residual": what set_deviation takes.
std::vector<std::string> deviation_names(const Truth& truth);

/// The same truth for a design of another size. InputError where that design has other fixed effects.
Truth truth_for(const Truth& truth, const models::Design& design);

}  // namespace meridian::power
