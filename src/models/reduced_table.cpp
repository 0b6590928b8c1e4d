#include "models/reduced_table.hpp"

#include <Eigen/QR>
#include <cmath>

#include "error.hpp"

namespace meridian::models {

namespace {

const GroupingFactor* find_factor(const RandomStructure& structure, const std::string& name) {
  for (const GroupingFactor& factor : structure.factors)
    if (factor.name == name) return &factor;
  return nullptr;
}

void check_class(const ClassBlock& block, const ClassMoments& moments, Eigen::Index table_rows) {
  const bool inside = block.first_row >= 0 && block.rows > 0 && block.first_row + block.rows <= table_rows;
  if (!inside || moments.mean.size() != block.rows)
    throw InputError("class statistics", std::to_string(moments.mean.size()) + " cells",
                     std::to_string(block.rows) + " rows of the template", "Give every class its own rows");
  if (moments.count < 1)
    throw InputError("class statistics", "a class of nobody", "at least one person", "Leave empty classes out");
  if (moments.count > 1 && moments.scatter.rows() != block.rows)
    throw InputError("class statistics", "no scatter", "cells x cells", "Gather it with ClassMoments");
}

/// Row r of x becomes the solution of t R = x_r. Written out by columns so that equal rows stay equal to the last bit.
void solve_rows(const Eigen::MatrixXd& basis, Eigen::MatrixXd& x) {
  for (Eigen::Index column = 0; column < x.cols(); ++column) {
    for (Eigen::Index k = 0; k < column; ++k)
      if (basis(k, column) != 0) x.col(column) -= x.col(k) * basis(k, column);
    x.col(column) /= basis(column, column);
  }
}

/// See ReducedTable: orthogonal columns and least-squares residuals instead of raw ones.
void condition(ReducedTable& table) {
  const Eigen::Index p = table.x.cols();
  table.basis = Eigen::MatrixXd::Zero(p, p);
  table.shift = Eigen::VectorXd::Zero(p);
  if (p == 0) return;
  if (table.x.rows() < p)
    throw InputError("fixed effects", std::to_string(p) + " columns", "at most " + std::to_string(table.x.rows()),
                     "There are fewer distinct cells than coefficients");
  const Eigen::HouseholderQR<Eigen::MatrixXd> qr(table.x);
  table.basis = qr.matrixQR().topRows(p).triangularView<Eigen::Upper>();
  const Eigen::VectorXd diagonal = table.basis.diagonal().cwiseAbs();
  const Eigen::VectorXd lengths = table.x.colwise().norm();
  for (Eigen::Index j = 0; j < p; ++j)
    if (!(diagonal[j] > 1e-11 * lengths[j]))
      throw InputError("fixed effects", "column " + std::to_string(j + 1) + " is a combination of those before it",
                       "independent columns", "Drop it from the formula");
  const Eigen::VectorXd rotated = qr.householderQ().adjoint() * table.y;
  table.shift = table.basis.triangularView<Eigen::Upper>().solve(rotated.head(p));
  table.y -= table.x * table.shift;
  solve_rows(table.basis, table.x);
}

/// Scales the rows of class k and, for the pooled factor, makes the class its only level.
void scale_class(ReducedTable& table, const Design& design, const PooledClass& pooled, Eigen::Index k) {
  const ClassBlock& block = pooled.block;
  const Eigen::VectorXd own = root_weights(design, block);
  const Eigen::VectorXd all = std::sqrt(pooled.count) * own;
  table.x.middleRows(block.first_row, block.rows) = all.asDiagonal() * design.x.middleRows(block.first_row, block.rows);
  table.y.segment(block.first_row, block.rows) = all.cwiseProduct(pooled.mean);
  for (Eigen::Index f = 0; f < static_cast<Eigen::Index>(table.factors.size()); ++f) {
    FactorColumns& factor = table.factors[static_cast<std::size_t>(f)];
    const bool is_pooled = f == table.pooled;
    auto rows = factor.z.middleRows(block.first_row, block.rows);
    rows.array().colwise() *= (is_pooled ? own : all).array();
    for (Eigen::Index row = block.first_row; is_pooled && row < block.first_row + block.rows; ++row)
      factor.level[static_cast<std::size_t>(row)] = static_cast<std::int32_t>(k);
  }
}

}  // namespace

void release_rows(ReducedTable& table) {
  table.x.resize(0, table.x.cols());
  table.y.resize(0);
  for (FactorColumns& factor : table.factors) {
    factor.z.resize(0, factor.z.cols());
    factor.level = {};
  }
}

FactorColumns collect_columns(const Design& design, const GroupingFactor& factor) {
  FactorColumns columns;
  const RandomTerm& first = design.random[factor.terms.front()];
  columns.z.resize(design.x.rows(), factor.width);
  Eigen::Index offset = 0;
  for (const std::size_t t : factor.terms) {
    columns.z.middleCols(offset, design.random[t].z.cols()) = design.random[t].z;
    offset += design.random[t].z.cols();
  }
  columns.scale = (columns.z.colwise().squaredNorm() / static_cast<double>(columns.z.rows())).cwiseSqrt();
  columns.scale = (columns.scale.array() > 0).select(columns.scale, 1.0);
  columns.z.array().rowwise() /= columns.scale.transpose().array();
  columns.level = first.level;
  columns.levels = static_cast<Eigen::Index>(first.levels.size());
  return columns;
}

Eigen::VectorXd root_weights(const Design& design, const ClassBlock& block) {
  if (design.weights.size() == 0) return Eigen::VectorXd::Ones(block.rows);
  return design.weights.segment(block.first_row, block.rows).cwiseSqrt();
}

Eigen::MatrixXd weighted_columns(const Design& design, const GroupingFactor& factor, const ClassBlock& block) {
  Eigen::MatrixXd z(block.rows, factor.width);
  Eigen::Index offset = 0;
  for (const std::size_t t : factor.terms) {
    const Eigen::MatrixXd& columns = design.random[t].z;
    z.middleCols(offset, columns.cols()) = columns.middleRows(block.first_row, block.rows);
    offset += columns.cols();
  }
  return root_weights(design, block).asDiagonal() * z;
}

Eigen::VectorXd theta_units(const RandomStructure& structure, const std::vector<FactorColumns>& factors) {
  Eigen::VectorXd units(static_cast<Eigen::Index>(structure.theta.size()));
  for (std::size_t i = 0; i < structure.theta.size(); ++i) {
    const ThetaEntry& entry = structure.theta[i];
    units[static_cast<Eigen::Index>(i)] = 1 / factors[entry.factor].scale[entry.row];
  }
  return units;
}

std::vector<PooledClass> project_moments(const Design& design, const RandomStructure& structure,
                                         const std::string& pooled, const std::vector<ClassBlock>& blocks,
                                         const std::vector<ClassMoments>& moments) {
  if (blocks.size() != moments.size() || blocks.empty())
    throw InputError("class statistics", std::to_string(moments.size()) + " classes", std::to_string(blocks.size()),
                     "Give one set of moments per class");
  const GroupingFactor* factor = find_factor(structure, pooled);
  std::vector<PooledClass> classes;
  for (std::size_t k = 0; k < blocks.size(); ++k) {
    check_class(blocks[k], moments[k], design.x.rows());
    PooledClass one{blocks[k], moments[k].count, moments[k].mean, {}, 0};
    const Eigen::VectorXd root = root_weights(design, blocks[k]);
    const Eigen::Index width = factor == nullptr ? 0 : factor->width;
    one.projected = Eigen::MatrixXd::Zero(width, width);
    if (one.count > 1) {
      one.trace = root.cwiseAbs2().dot(moments[k].scatter.diagonal());
      if (factor != nullptr) {
        const Eigen::MatrixXd z = root.asDiagonal() * weighted_columns(design, *factor, blocks[k]);
        one.projected.noalias() = z.transpose() * (moments[k].scatter * z);
      }
    }
    classes.push_back(std::move(one));
  }
  return classes;
}

std::size_t people_in(const std::vector<PooledClass>& classes) {
  double people = 0;
  for (const PooledClass& one : classes) people += one.count;
  return static_cast<std::size_t>(std::llround(people));
}

ReducedTable reduce_table(const Design& design, const RandomStructure& structure, const std::string& pooled,
                          const std::vector<PooledClass>& classes) {
  ReducedTable table;
  table.x.resize(design.x.rows(), design.x.cols());
  table.y.resize(design.x.rows());
  for (const GroupingFactor& factor : structure.factors) {
    if (factor.name == pooled) table.pooled = static_cast<Eigen::Index>(table.factors.size());
    table.factors.push_back(collect_columns(design, factor));
  }
  const GroupingFactor* own = find_factor(structure, pooled);
  if (own != nullptr)
    table.factors[static_cast<std::size_t>(table.pooled)].levels = static_cast<Eigen::Index>(classes.size());
  Eigen::Index covered = 0;
  for (std::size_t k = 0; k < classes.size(); ++k) {
    const PooledClass& one = classes[k];
    scale_class(table, design, one, static_cast<Eigen::Index>(k));
    covered += one.block.rows;
    table.observations += one.count * static_cast<double>(one.block.rows);
    table.log_weights += 2 * one.count * root_weights(design, one.block).array().log().sum();
    table.within_square += one.trace;
    if (own == nullptr || one.count <= 1) continue;
    const Eigen::VectorXd units = table.factors[static_cast<std::size_t>(table.pooled)].scale.cwiseInverse();
    const Eigen::MatrixXd z = weighted_columns(design, *own, one.block) * units.asDiagonal();
    table.within.push_back({one.count - 1, z.transpose() * z, units.asDiagonal() * one.projected * units.asDiagonal()});
  }
  if (covered != design.x.rows())
    throw InputError("class statistics", std::to_string(covered) + " rows in classes", std::to_string(design.x.rows()),
                     "Every row of the template belongs to one class");
  condition(table);
  return table;
}

}  // namespace meridian::models
