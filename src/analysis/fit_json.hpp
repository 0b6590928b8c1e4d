#pragma once
// The parts that every fit.json shares.
#include <nlohmann/json_fwd.hpp>

#include "analysis/fit_tables.hpp"

namespace meridian::analysis {

nlohmann::ordered_json five_numbers_json(const FiveNumbers& values);
/// nobs, groups, criterion, loglik.
void add_size(const models::Fit& fit, nlohmann::ordered_json& json);
/// theta, converged, singular, largest gradient, smallest eigenvalue, evaluations, aliased columns, messages.
void add_search(const models::Fit& fit, nlohmann::ordered_json& json);

}  // namespace meridian::analysis
