#pragma once
// The parts that every fit.json shares.
#include <nlohmann/json_fwd.hpp>

#include "analysis/fit_tables.hpp"
#include "models/frame.hpp"

namespace meridian::analysis {

nlohmann::ordered_json five_numbers_json(const FiveNumbers& values);
/// nobs, groups, criterion, loglik.
void add_size(const models::Fit& fit, nlohmann::ordered_json& json);
/// theta, converged, singular, largest gradient, smallest eigenvalue, evaluations, aliased columns, messages.
void add_search(const models::Fit& fit, nlohmann::ordered_json& json);

/// `text` of a fit.json with what was read of the table: rows, rows dropped for a missing value, and of each column its
/// type: "numeric" or "factor with 3 levels".
std::string with_reading(const std::string& text, const models::Frame& frame, std::size_t dropped);

}  // namespace meridian::analysis
