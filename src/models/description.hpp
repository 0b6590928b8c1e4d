#pragma once
// What can be said about a fit in words, and the checks that a model can be estimated at all.
#include <string>
#include <vector>

#include "models/fit.hpp"
#include "models/optimise.hpp"
#include "models/problem.hpp"
#include "models/reduced_table.hpp"

namespace meridian::models {

/// InputError naming the grouping factor or the rows when a variance cannot be told from the residual, a factor has one
/// level, the design is empty or a prior weight is not positive.
void check_estimable(const Design& design, const RandomStructure& structure, const std::vector<PooledClass>& classes);
/// InputError when the fixed effects reproduce the response exactly.
void check_residual_variation(const ReducedTable& table, const Problem& problem);

/// Fills groups, variance_components (in units of sigma^2; the residual's row is the caller's) and singular, and names
/// the singular directions.
void describe_variances(const RandomStructure& structure, Fit& fit);
/// Fills converged, largest_gradient, smallest_hessian_eigenvalue and the messages that belong to them; `parameters`
/// names the axes of the Hessian.
void describe_convergence(const std::vector<std::string>& parameters, const Optimum& optimum, Fit& fit);

}  // namespace meridian::models
