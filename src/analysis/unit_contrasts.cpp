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

constexpr double kNoLoading = 1e-7;  ///< as for the rank

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
  const std::vector<Index> kept = models::independent_columns(x, unit.weights);
  if (kept.empty()) return {};  // every column is zero in the unit
  const MatrixXd map = least_squares_map(x(Eigen::all, kept), unit.weights);
  const MatrixXd loadings = map * x;  // what each column contributes to the kept ones
  UnitMap result;
  std::vector<Index> alone;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    VectorXd others = loadings.row(static_cast<Index>(i)).transpose();
    others[kept[i]] = 0;
    if (others.cwiseAbs().maxCoeff() > kNoLoading) continue;
    alone.push_back(static_cast<Index>(i));
    result.columns.push_back(kept[i]);
  }
  result.map = map(alone, Eigen::all);
  const VectorXd weights = vector_of(unit.weights);
  result.information = (result.map.cwiseAbs2() * weights.cwiseInverse()).cwiseInverse();
  return result;
}

/// Calls visit(unit, map) for each unit. Columns that are constant within all units play no part, nor do those that
/// others explain there: `within` are columns_within().
template <class Visit>
void each_unit(const models::Design& design, const std::vector<Unit>& units, const std::vector<Index>& within,
               const Visit& visit) {
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

/// Loadings of the columns that are no effects within units of their own.
void add_moderators(const Eigen::RowVectorXd& loadings, const std::vector<Index>& within, UnitContrast& contrast) {
  for (Index column = 0; column < loadings.size(); ++column)
    if (std::abs(loadings[column]) > kNoLoading && !std::binary_search(within.begin(), within.end(), column))
      contrast.moderators.push_back({contrast.values.size() - 1, column, loadings[column]});
}

/// Units x (the effect itself, its moderators).
MatrixXd loadings_of(const UnitContrast& contrast) {
  std::map<Index, Index> place;
  for (const UnitContrast::Moderator& moderator : contrast.moderators)
    place.emplace(moderator.column, static_cast<Index>(place.size()) + 1);
  MatrixXd loadings = MatrixXd::Zero(static_cast<Index>(contrast.values.size()), static_cast<Index>(place.size()) + 1);
  loadings.col(0).setOnes();
  for (const UnitContrast::Moderator& moderator : contrast.moderators)
    loadings(static_cast<Index>(moderator.unit), place[moderator.column]) = moderator.loading;
  return loadings;
}

/// Units that bear on the effect at all: those of the reference group, in treatment codes.
std::vector<Index> bearing(const VectorXd& shares) {
  std::vector<Index> units;
  for (Index unit = 0; unit < shares.size(); ++unit)
    if (std::abs(shares[unit]) > kNoLoading * shares.cwiseAbs().maxCoeff()) units.push_back(unit);
  return units;
}

}  // namespace

std::vector<UnitContrast> contrasts_by_level(const ClassData& data, const std::vector<std::int32_t>& level) {
  const std::vector<Unit> units = units_of(data, level);
  const VectorXd means = cell_means(data);
  const std::vector<Index> within = columns_within(data.design.x, units);
  std::map<Index, UnitContrast> found;
  each_unit(data.design, units, within, [&](std::size_t u, const UnitMap& unit) {
    const VectorXd coefficients = unit.map * means(units[u].rows);
    const MatrixXd loadings = unit.map * data.design.x(units[u].rows, Eigen::all);
    for (std::size_t i = 0; i < unit.columns.size(); ++i) {
      if (is_intercept(data.design, unit.columns[i])) continue;
      UnitContrast& contrast = found[unit.columns[i]];
      contrast.values.push_back(coefficients[static_cast<Index>(i)]);
      contrast.information.push_back(unit.information[static_cast<Index>(i)]);
      add_moderators(loadings.row(static_cast<Index>(i)), within, contrast);
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

UnitContrast weighted_by_moderators(const UnitContrast& contrast) {
  if (contrast.moderators.empty()) return weighted_by_information(contrast);
  const VectorXd values = vector_of(contrast.values);
  const MatrixXd loadings = loadings_of(contrast);
  const VectorXd roots = VectorXd(vector_of(contrast.information)).cwiseSqrt();
  const Eigen::ColPivHouseholderQR<MatrixXd> qr(roots.asDiagonal() * loadings);
  if (qr.rank() < loadings.cols()) return weighted_by_information(contrast);  // no coefficient of its own
  const MatrixXd map = qr.solve(MatrixXd(roots.asDiagonal()));
  const VectorXd shares = map.row(0).transpose(), left = values - loadings * (map * values);
  const std::vector<Index> used = bearing(shares);
  const Eigen::Index rank = MatrixXd(loadings(used, Eigen::all)).colPivHouseholderQr().rank();
  UnitContrast regressed;
  regressed.column = contrast.column;
  regressed.units = used.size();
  regressed.lost = static_cast<std::size_t>(rank);
  regressed.mean = shares.dot(values);
  const auto n = static_cast<double>(used.size()), df = n - static_cast<double>(rank);
  regressed.variance = df > 0 ? n * n / df * shares.cwiseProduct(left).squaredNorm() : std::nan("");
  if (rank == 1)
    for (const Index unit : used) regressed.values.push_back(n * shares[unit] * values[unit]);
  return regressed;
}

std::vector<UnitContrast> contrasts_by_person(const ClassData& data) {
  std::vector<Unit> units(data.blocks.size());
  for (std::size_t k = 0; k < units.size(); ++k) {
    for (Index row = 0; row < data.blocks[k].rows; ++row) units[k].rows.push_back(data.blocks[k].first_row + row);
    units[k].weights.assign(units[k].rows.size(), 1.0);
  }
  std::map<Index, models::ClassMoments> sums;  // of a single number per person
  each_unit(data.design, units, columns_within(data.design.x, units), [&](std::size_t k, const UnitMap& unit) {
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
  for (const auto& [column, sum] : sums) {
    contrasts.push_back(UnitContrast());
    contrasts.back().column = column;
    contrasts.back().units = static_cast<std::size_t>(sum.count);
    contrasts.back().mean = sum.mean[0];
    contrasts.back().variance = sum.scatter(0, 0) / (sum.count - 1);
  }
  return contrasts;
}

}  // namespace meridian::analysis
