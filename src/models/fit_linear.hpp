#pragma once
// Ordinary (or weighted) least squares with R's summary.lm numbers, from class statistics or from a long table.
#include <Eigen/Core>
#include <vector>

#include "models/fit.hpp"
#include "models/reduced_table.hpp"

namespace meridian::models {

struct LinearSummary {
  double df_residual = 0, residual_standard_error = 0;
  double r_squared = 0, adjusted_r_squared = 0;  ///< about the mean when the model has an intercept, else about 0
  double f_statistic = 0, df_model = 0, f_p_value = 0;  ///< all coefficients but the intercept; NaN without any
};

struct LinearFit {
  Fit fit;  ///< method lm; pwrss is the residual sum of squares, criterion -2 log likelihood
  LinearSummary summary;
};

/// Random terms of the design are ignored. The cost does not depend on the number of people.
LinearFit fit_linear(const Design& design, const std::vector<ClassBlock>& blocks,
                     const std::vector<ClassMoments>& moments, double confidence = 0.95);
LinearFit fit_linear(const Design& design, double confidence = 0.95);

}  // namespace meridian::models
