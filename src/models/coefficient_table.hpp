#pragma once
#include <Eigen/Core>
#include <functional>
#include <string>
#include <vector>

#include "models/fit.hpp"

namespace meridian::models {

/// Estimate, standard error, t, two-sided p and confidence limits with `df` degrees of freedom (infinite: normal).
/// p keeps full relative precision down to the smallest positive double.
Coefficient t_test(const std::string& term, double estimate, double std_error, double df, double confidence = 0.95);

/// One row per coefficient; `df` gives the degrees of freedom of the i-th.
std::vector<Coefficient> coefficient_table(const std::vector<std::string>& names, const Eigen::VectorXd& beta,
                                           const Eigen::MatrixXd& vcov, const std::function<double(Eigen::Index)>& df,
                                           double confidence = 0.95);

}  // namespace meridian::models
