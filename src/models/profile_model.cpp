#include "models/profile_model.hpp"

#include <cmath>

#include "models/held_search.hpp"

namespace meridian::models {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

/// Which column of the factor stands at each place when the term's columns are in `order`.
std::vector<Index> order_in_factor(const Design& design, std::size_t term, const std::vector<Index>& order) {
  std::vector<Index> places;
  for (std::size_t t = 0; t < design.random.size(); ++t) {
    if (design.random[t].group != design.random[term].group) continue;
    const auto offset = static_cast<Index>(places.size());
    for (Index column = 0; column < design.random[t].z.cols(); ++column)
      places.push_back(offset + (t == term ? order[static_cast<std::size_t>(column)] : column));
  }
  return places;
}

}  // namespace

ModelData with_columns_in_order(const ModelData& data, std::size_t term, const std::vector<Index>& order) {
  ModelData result = data;
  RandomTerm& random = result.design.random[term];
  random.z = data.design.random[term].z(Eigen::all, order);
  for (std::size_t i = 0; i < order.size(); ++i)
    random.columns[i] = data.design.random[term].columns[static_cast<std::size_t>(order[i])];
  if (random.group != data.pooled) return result;
  const std::vector<Index> places = order_in_factor(data.design, term, order);
  for (PooledClass& one : result.classes) one.projected = MatrixXd(one.projected(places, places));
  return result;
}

ModelData with_coefficient_held(const ModelData& data, Index column, double value) {
  ModelData result = data;
  for (PooledClass& one : result.classes)
    one.mean -= value * data.design.x.col(column).segment(one.block.first_row, one.block.rows);
  result.design.x = without_column(data.design.x, column);
  return result;
}

ProfileModel::ProfileModel(const ModelData& data)
    : structure_(random_structure(data.design.random, data.pooled, people_in(data.classes))),
      table_(reduce_table(data.design, structure_, data.pooled, data.classes)),
      problem_(build_problem(structure_, table_)),
      criterion_(problem_, Method::ml),
      units_(theta_units(structure_, table_.factors)) {}

double ProfileModel::deviance(const VectorXd& theta, double log_sigma, VectorXd& gradient) {
  const double profiled = criterion_.value(theta, gradient);
  const VectorXd slope = gradient;
  gradient.setZero(theta.size() + 1);
  if (!std::isfinite(profiled)) return profiled;
  const double n = criterion_.degrees_of_freedom(), square = criterion_.state().residual_square;
  const double precision = std::exp(-2 * log_sigma);
  gradient.head(theta.size()) = slope + (precision - n / square) * criterion_.residual_slope();
  gradient[theta.size()] = 2 * n - 2 * square * precision;
  return profiled - n * (1 + std::log(square / n)) + 2 * n * log_sigma + square * precision;
}

}  // namespace meridian::models
