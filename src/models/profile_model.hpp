#pragma once
// Deviances of a linear mixed model with one parameter held, every other one at its best (docs/statistics.md). Maximum
// likelihood throughout: by REML, deviances at different fixed effects cannot be compared.
#include <Eigen/Core>
#include <string>
#include <vector>

#include "models/criterion.hpp"
#include "models/reduced_table.hpp"

namespace meridian::models {

/// What a linear mixed model is estimated from.
struct ModelData {
  Design design;                     ///< cells of one representative person per class
  std::string pooled;                ///< the factor that tells people apart
  std::vector<PooledClass> classes;  ///< its people, class by class
};

/// The same model with the columns of random term `term` (index into Design::random) in another order. The first
/// diagonal element of the template is then the relative standard deviation of the first of them, and the second row
/// holds its correlation with the second.
ModelData with_columns_in_order(const ModelData& data, std::size_t term, const std::vector<Eigen::Index>& order);

/// The model with coefficient `column` held at `value`: its column moves to the other side of the equation.
ModelData with_coefficient_held(const ModelData& data, Eigen::Index column, double value);

/// A maximum-likelihood criterion with all it refers to. Stays where it was made.
class ProfileModel {
 public:
  explicit ProfileModel(const ModelData& data);
  ProfileModel(const ProfileModel&) = delete;
  ProfileModel& operator=(const ProfileModel&) = delete;

  /// -2 log likelihood at theta (scaled columns) and log sigma, with its gradient in (theta, log sigma).
  double deviance(const Eigen::VectorXd& theta, double log_sigma, Eigen::VectorXd& gradient);

  Criterion& criterion() { return criterion_; }
  const RandomStructure& structure() const { return structure_; }
  const Eigen::VectorXd& units() const { return units_; }  ///< theta of the scaled columns times this: original columns

 private:
  RandomStructure structure_;
  ReducedTable table_;
  Problem problem_;
  Criterion criterion_;
  Eigen::VectorXd units_;
};

}  // namespace meridian::models
