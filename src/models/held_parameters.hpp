#pragma once
// A linear mixed model with one parameter held at a value and every other one at its best there.
#include <cstddef>
#include <memory>

#include "models/profile_model.hpp"

namespace meridian::models {

/// Deviance (-2 log likelihood) as a function of the value at which a parameter is held. Each search starts where the
/// last one ended.
class HeldParameter {
 public:
  virtual ~HeldParameter() = default;
  virtual double deviance(double value) = 0;
};

/// Where the first search starts.
struct ProfileStart {
  Eigen::VectorXd theta;  ///< of the original columns, off the boundary
  double sigma = 0;
};

/// The standard deviation of the first column of random term `term` (index into Design::random), in the units of the
/// response; 0 is allowed. with_columns_first() brings any column there.
std::unique_ptr<HeldParameter> held_deviation(const ModelData& data, std::size_t term, const ProfileStart& start);
/// The correlation of the term's first two columns, from -1 to 1.
std::unique_ptr<HeldParameter> held_correlation(const ModelData& data, std::size_t term, const ProfileStart& start);
/// The residual standard deviation; positive.
std::unique_ptr<HeldParameter> held_sigma(const ModelData& data, const ProfileStart& start);

}  // namespace meridian::models
