#pragma once
// What can be said about a fit in words, and the checks that a model can be estimated at all.
#include <vector>

#include "models/fit.hpp"
#include "models/optimise.hpp"
#include "models/reduced_table.hpp"

namespace meridian::models {

/// InputError naming the grouping factor or the rows when a variance cannot be told from the residual, a factor has one
/// level, the design is empty or a prior weight is not positive.
void check_estimable(const Design& design, const RandomStructure& structure, const std::vector<PooledClass>& classes);
/// InputError when the fixed effects reproduce the response exactly.
void check_residual_variation(const ReducedTable& table, const Problem& problem);

/// Fills groups, variance_components and singular, and names the singular directions.
void describe_variances(const RandomStructure& structure, Fit& fit);
/// Fills converged, largest_gradient, smallest_hessian_eigenvalue and the messages that belong to them.
void describe_convergence(const RandomStructure& structure, const Optimum& optimum, Fit& fit);

}  // namespace meridian::models
