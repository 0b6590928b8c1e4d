#include "analysis/fit_json.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace meridian::analysis {

nlohmann::ordered_json five_numbers_json(const FiveNumbers& values) {
  return {{"min", values[0]}, {"q1", values[1]}, {"median", values[2]}, {"q3", values[3]}, {"max", values[4]}};
}

void add_size(const models::Fit& fit, nlohmann::ordered_json& json) {
  json["nobs"] = fit.nobs;
  for (const models::GroupSize& group : fit.groups) json["groups"][group.name] = group.levels;
  json["criterion"] = fit.criterion;
  json["loglik"] = fit.loglik;
}

void add_search(const models::Fit& fit, nlohmann::ordered_json& json) {
  for (Eigen::Index i = 0; i < fit.theta.size(); ++i)
    json["theta"][fit.theta_names[static_cast<std::size_t>(i)]] = fit.theta[i];
  json["converged"] = fit.converged;
  json["singular"] = fit.singular;
  json["largest_gradient"] = fit.largest_gradient;
  json["smallest_hessian_eigenvalue"] = fit.smallest_hessian_eigenvalue;
  json["evaluations"] = fit.evaluations;
  json["aliased"] = fit.aliased;
  json["messages"] = fit.messages;
}

std::string with_reading(const std::string& text, const models::Frame& frame, std::size_t dropped) {
  auto json = nlohmann::ordered_json::parse(text);
  json["rows_read"] = frame.rows();
  json["rows_dropped_missing"] = dropped;
  for (const models::Variable& variable : frame.variables)
    json["columns"][variable.name] =
        variable.is_factor ? fmt::format("factor with {} levels", variable.levels.size()) : "numeric";
  return json.dump(2) + "\n";
}

}  // namespace meridian::analysis
