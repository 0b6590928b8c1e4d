#include "analysis/unit_contrasts.hpp"

#include <Eigen/QR>
#include <algorithm>
#include <map>
#include <set>

#include "inference/two_sample.hpp"
#include "models/rank.hpp"

namespace meridian::analysis {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Rows of one unit in the template and how often each counts.
struct Unit {
  std::vector<Index> rows;
  std::vector<double> weights;
};

/// Coefficients that the unit's rows determine, each as a linear map of the unit's responses.
struct UnitMap {
  std::vector<Index> columns;  ///< of Design::x
  MatrixXd map;                ///< columns x rows of the unit
  VectorXd information;        ///< of each column
};

VectorXd vector_of(const std::vector<double>& values) {
  return Eigen::Map<const VectorXd>(values.data(), static_cast<Index>(values.size()));
}

/// A column varies within units if in one of them earlier columns do not explain it.
std::vector<Index> columns_within(const MatrixXd& x, const std::vector<Unit>& units) {
  std::set<Index> within;
  for (const Unit& unit : units)
    for (const Index column : models::independent_columns(x(unit.rows, Eigen::all), unit.weights))
      within.insert(column);
  return {within.begin(), within.end()};
}

/// Weighted least squares, (X'WX)^-1 X'W from the QR decomposition of sqrt(W) X.
MatrixXd least_squares_map(const MatrixXd& x, const std::vector<double>& weights) {
  const VectorXd roots = vector_of(weights).cwiseSqrt();
  const Eigen::HouseholderQR<MatrixXd> qr(roots.asDiagonal() * x);
  const MatrixXd q = qr.householderQ() * MatrixXd::Identity(x.rows(), x.cols());
  return qr.matrixQR().topRows(x.cols()).triangularView<Eigen::Upper>().solve(q.transpose() * roots.asDiagonal());
}

UnitMap map_of(const MatrixXd& x, const Unit& unit) {
  constexpr double tolerance = 1e-7;  // as for the rank
  const std::vector<Index> kept = models::independent_columns(x, unit.weights);
  if (kept.empty()) return {};  // every column is zero in the unit
  const MatrixXd map = least_squares_map(x(Eigen::all, kept), unit.weights);
  const MatrixXd loadings = map * x;  // what each column contributes to the kept ones
  UnitMap result;
  std::vector<Index> alone;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    VectorXd others = loadings.row(static_cast<Index>(i)).transpose();
    others[kept[i]] = 0;
    if (others.cwiseAbs().maxCoeff() > tolerance) continue;
    alone.push_back(static_cast<Index>(i));
    result.columns.push_back(kept[i]);
  }
  result.map = map(alone, Eigen::all);
  const VectorXd weights = vector_of(unit.weights);
  result.information = (result.map.cwiseAbs2() * weights.cwiseInverse()).cwiseInverse();
  return result;
}

/// Calls visit(unit, map) for each unit. Columns that are constant within all units play no part, nor do those that
/// others explain there.
template <class Visit>
void each_unit(const models::Design& design, const std::vector<Unit>& units, const Visit& visit) {
  const std::vector<Index> within = columns_within(design.x, units);
  for (std::size_t u = 0; u < units.size(); ++u) {
    const MatrixXd x = design.x(units[u].rows, within);
    UnitMap map = map_of(x, units[u]);
    for (Index& column : map.columns) column = within[static_cast<std::size_t>(column)];
    visit(u, map);
  }
}

bool is_intercept(const models::Design& design, Index column) {
  return design.assign[static_cast<std::size_t>(column)] == 0;
}

double prior_weight(const models::Design& design, Index row) {
  return design.weights.size() > 0 ? design.weights[row] : 1.0;
}

std::vector<Unit> units_of(const ClassData& data, const std::vector<std::int32_t>& level) {
  std::vector<Unit> units(static_cast<std::size_t>(*std::max_element(level.begin(), level.end())) + 1);
  for (std::size_t k = 0; k < data.blocks.size(); ++k)
    for (Index row = data.blocks[k].first_row; row < data.blocks[k].first_row + data.blocks[k].rows; ++row) {
      Unit& unit = units[static_cast<std::size_t>(level[static_cast<std::size_t>(row)])];
      unit.rows.push_back(row);
      unit.weights.push_back(data.moments[k].count * prior_weight(data.design, row));
    }
  units.erase(std::remove_if(units.begin(), units.end(), [](const Unit& unit) { return unit.rows.empty(); }),
              units.end());
  return units;
}

VectorXd cell_means(const ClassData& data) {
  VectorXd means(data.design.x.rows());
  for (std::size_t k = 0; k < data.blocks.size(); ++k)
    means.segment(data.blocks[k].first_row, data.blocks[k].rows) = data.moments[k].mean;
  return means;
}

}  // namespace

std::vector<UnitContrast> contrasts_by_level(const ClassData& data, const std::vector<std::int32_t>& level) {
  const std::vector<Unit> units = units_of(data, level);
  const VectorXd means = cell_means(data);
  std::map<Index, UnitContrast> found;
  each_unit(data.design, units, [&](std::size_t u, const UnitMap& unit) {
    const VectorXd coefficients = unit.map * means(units[u].rows);
    for (std::size_t i = 0; i < unit.columns.size(); ++i) {
      if (is_intercept(data.design, unit.columns[i])) continue;
      UnitContrast& contrast = found[unit.columns[i]];
      contrast.values.push_back(coefficients[static_cast<Index>(i)]);
      contrast.information.push_back(unit.information[static_cast<Index>(i)]);
    }
  });
  std::vector<UnitContrast> contrasts;
  for (auto& [column, contrast] : found) {
    const inference::Moments moments = inference::moments(contrast.values);
    contrast.column = column;
    contrast.units = moments.n;
    contrast.mean = moments.mean;
    contrast.variance = moments.variance;
    contrasts.push_back(std::move(contrast));
  }
  return contrasts;
}

UnitContrast weighted_by_information(UnitContrast contrast) {
  // Copies: how Eigen sums a Map depends on where its memory begins, which differs from run to run.
  const VectorXd values = vector_of(contrast.values), information = vector_of(contrast.information);
  const VectorXd weights = information / information.mean();
  const VectorXd weighted = weights.cwiseProduct(values);
  contrast.mean = weighted.mean();
  if (values.size() > 1)
    contrast.variance = (weighted - contrast.mean * weights).squaredNorm() / static_cast<double>(values.size() - 1);
  contrast.values.assign(weighted.begin(), weighted.end());
  return contrast;
}

std::vector<UnitContrast> contrasts_by_person(const ClassData& data) {
  std::vector<Unit> units(data.blocks.size());
  for (std::size_t k = 0; k < units.size(); ++k) {
    for (Index row = 0; row < data.blocks[k].rows; ++row) units[k].rows.push_back(data.blocks[k].first_row + row);
    units[k].weights.assign(units[k].rows.size(), 1.0);
  }
  std::map<Index, models::ClassMoments> sums;  // of a single number per person
  each_unit(data.design, units, [&](std::size_t k, const UnitMap& unit) {
    for (std::size_t i = 0; i < unit.columns.size(); ++i) {
      if (is_intercept(data.design, unit.columns[i])) continue;
      const VectorXd weights = unit.map.row(static_cast<Index>(i)).transpose();
      models::ClassMoments part(1);
      part.count = data.moments[k].count;
      part.mean[0] = weights.dot(data.moments[k].mean);
      if (data.moments[k].scatter.size() > 0) part.scatter(0, 0) = weights.dot(data.moments[k].scatter * weights);
      sums[unit.columns[i]].merge(part);
    }
  });
  std::vector<UnitContrast> contrasts;
  for (const auto& [column, sum] : sums)
    contrasts.push_back(
        {column, static_cast<std::size_t>(sum.count), sum.mean[0], sum.scatter(0, 0) / (sum.count - 1), {}, {}});
  return contrasts;
}

}  // namespace meridian::analysis
