#pragma once
// A generalized linear (mixed) model with one parameter held at a value.
#include <memory>

#include "models/generalized.hpp"
#include "models/held_search.hpp"

namespace meridian::models {

/// What the criterion is made of; read only while it is made.
struct GeneralizedData {
  const Design& design;
  const GeneralizedOptions& options;
  Eigen::VectorXd weight;  ///< of the rows in the fixed-effects fit: conditions the coefficients
};

/// Where the first search starts.
struct GeneralizedStart {
  Eigen::VectorXd theta;  ///< of the original columns, off the boundary
  Eigen::VectorXd beta;   ///< all of them
};

/// Coefficient `column` of a model with random terms, and of one without.
std::unique_ptr<HeldParameter> held_coefficient(const GeneralizedData& data, Eigen::Index column,
                                                const GeneralizedStart& start);
std::unique_ptr<HeldParameter> held_fixed_coefficient(const Design& design, Family family, Eigen::Index column);
/// The standard deviation of the first column of a random term, on the scale of the link; 0 is allowed.
std::unique_ptr<HeldParameter> held_deviation(const GeneralizedData& data, const TermBlock& term,
                                              const GeneralizedStart& start);
/// The correlation of the term's first two columns, from -1 to 1.
std::unique_ptr<HeldParameter> held_correlation(const GeneralizedData& data, const TermBlock& term,
                                                const GeneralizedStart& start);

}  // namespace meridian::models
