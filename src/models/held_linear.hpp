#pragma once
// A linear mixed model with one parameter held at a value.
#include <memory>

#include "models/held_search.hpp"
#include "models/profile_model.hpp"
#include "models/refit.hpp"

namespace meridian::models {

/// Where the first search starts.
struct ProfileStart {
  Eigen::VectorXd theta;  ///< of the original columns, off the boundary
  double sigma = 0;
};

/// Coefficient `column`; both arguments must outlive the result. `refitter`: that of the data, by maximum likelihood.
std::unique_ptr<HeldParameter> held_coefficient(const ModelData& data, const Refitter& refitter, Eigen::Index column);
/// The standard deviation of the first column of a random term, in the units of the
/// response; 0 is allowed. with_columns_in_order() brings any column
/// there.
std::unique_ptr<HeldParameter> held_deviation(const ModelData& data, const TermBlock& term, const ProfileStart& start);
/// The correlation of the term's first two columns, from -1 to 1.
std::unique_ptr<HeldParameter> held_correlation(const ModelData& data, const TermBlock& term,
                                                const ProfileStart& start);
/// The logarithm of the residual standard deviation.
std::unique_ptr<HeldParameter> held_log_sigma(const ModelData& data, const ProfileStart& start);

}  // namespace meridian::models
