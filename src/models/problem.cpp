#include "models/problem.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <unordered_map>

namespace meridian::models {

namespace {

using Eigen::Index;

Index widest_factor(const RandomStructure& structure, const ReducedTable& table) {
  Index widest = -1, most = 0;
  for (std::size_t f = 0; f < structure.factors.size(); ++f) {
    const Index columns = structure.factors[f].width * table.factors[f].levels;
    if (columns > most) {
      most = columns;
      widest = static_cast<Index>(f);
    }
  }
  return widest;
}

void lay_out_columns(Problem& problem, const ReducedTable& table) {
  const auto& factors = problem.structure.factors;
  problem.first_rest_of_factor.assign(factors.size(), -1);
  for (std::size_t f = 0; f < factors.size(); ++f) {
    if (static_cast<Index>(f) == problem.eliminated_factor) continue;
    problem.first_rest_of_factor[f] = static_cast<Index>(problem.rest.size());
    for (Index level = 0; level < table.factors[f].levels; ++level) {
      problem.rest.push_back({f, problem.random_columns});
      problem.random_columns += factors[f].width;
    }
  }
  problem.fixed_columns = table.x.cols();
}

/// The entries of a row of G that may differ from zero, ascending by column.
struct SparseRow {
  std::vector<Index> column;
  std::vector<double> value;
};

void fill_row(const Problem& problem, const ReducedTable& table, Index row, SparseRow& sparse) {
  sparse.column.clear();
  sparse.value.clear();
  for (std::size_t f = 0; f < table.factors.size(); ++f) {
    if (problem.first_rest_of_factor[f] < 0) continue;
    const FactorColumns& factor = table.factors[f];
    const Index level = problem.first_rest_of_factor[f] + factor.level[static_cast<std::size_t>(row)];
    for (Index j = 0; j < factor.z.cols(); ++j) {
      sparse.column.push_back(problem.rest[static_cast<std::size_t>(level)].first + j);
      sparse.value.push_back(factor.z(row, j));
    }
  }
  for (Index j = 0; j < table.x.cols(); ++j) {
    sparse.column.push_back(problem.random_columns + j);
    sparse.value.push_back(table.x(row, j));
  }
}

void accumulate_gram(Problem& problem, const ReducedTable& table) {
  problem.gram = Eigen::MatrixXd::Zero(problem.columns(), problem.columns());
  problem.moment = Eigen::VectorXd::Zero(problem.columns());
  SparseRow row;
  for (Index r = 0; r < table.x.rows(); ++r) {
    fill_row(problem, table, r, row);
    for (std::size_t a = 0; a < row.column.size(); ++a) {
      problem.moment[row.column[a]] += row.value[a] * table.y[r];
      double* const target = problem.gram.data() + row.column[a] * problem.columns();
      for (std::size_t b = a; b < row.column.size(); ++b) target[row.column[b]] += row.value[a] * row.value[b];
    }
  }
  problem.square = table.y.squaredNorm() + table.within_square;
}

std::vector<std::vector<Index>> rows_by_level(const FactorColumns& factor) {
  std::vector<std::vector<Index>> rows(static_cast<std::size_t>(factor.levels));
  for (std::size_t r = 0; r < factor.level.size(); ++r)
    rows[static_cast<std::size_t>(factor.level[r])].push_back(static_cast<Index>(r));
  return rows;
}

std::vector<Index> touched_columns(const Problem& problem, const ReducedTable& table, const std::vector<Index>& rows,
                                   SparseRow& row) {
  std::vector<Index> touched;
  for (const Index r : rows) {
    fill_row(problem, table, r, row);
    for (const Index column : row.column)
      if (column < problem.random_columns) touched.push_back(column);
  }
  std::sort(touched.begin(), touched.end());
  touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
  for (Index j = 0; j < problem.fixed_columns; ++j) touched.push_back(problem.random_columns + j);
  return touched;
}

EliminatedLevels level_statistics(const Problem& problem, const ReducedTable& table, const std::vector<Index>& rows) {
  SparseRow row;
  const FactorColumns& own = table.factors[static_cast<std::size_t>(problem.eliminated_factor)];
  EliminatedLevels level;
  level.factor = static_cast<std::size_t>(problem.eliminated_factor);
  level.touched = touched_columns(problem, table, rows, row);
  level.gram = Eigen::MatrixXd::Zero(own.z.cols(), own.z.cols());
  level.cross = Eigen::MatrixXd::Zero(own.z.cols(), static_cast<Index>(level.touched.size()));
  level.sum = Eigen::VectorXd::Zero(own.z.cols());
  for (const Index r : rows) {
    fill_row(problem, table, r, row);
    level.gram += own.z.row(r).transpose().lazyProduct(own.z.row(r));
    level.sum += own.z.row(r).transpose() * table.y[r];
    for (std::size_t a = 0; a < row.column.size(); ++a) {
      const auto place = std::lower_bound(level.touched.begin(), level.touched.end(), row.column[a]);
      level.cross.col(place - level.touched.begin()) += own.z.row(r).transpose() * row.value[a];
    }
  }
  return level;
}

bool same_cells(const EliminatedLevels& a, const EliminatedLevels& b) {
  return a.touched == b.touched && a.gram == b.gram && a.cross == b.cross;
}

std::uint64_t fingerprint(const EliminatedLevels& level) {
  std::uint64_t hash = 1469598103934665603ULL;  // FNV-1a, a word at a time
  const auto mix = [&hash](double value) {
    std::uint64_t bits = 0;
    value += 0.0;  // -0 and 0 are equal
    std::memcpy(&bits, &value, sizeof bits);
    hash = (hash ^ bits) * 1099511628211ULL;
    hash ^= hash >> 29;
  };
  for (const Index column : level.touched) mix(static_cast<double>(column));
  for (Index i = 0; i < level.gram.size(); ++i) mix(level.gram.data()[i]);
  for (Index i = 0; i < level.cross.size(); ++i) mix(level.cross.data()[i]);
  return hash;
}

/// Levels with equal cells become one group; groups keep the order of their first level.
void group_levels(Problem& problem, const ReducedTable& table) {
  const FactorColumns& own = table.factors[static_cast<std::size_t>(problem.eliminated_factor)];
  std::unordered_map<std::uint64_t, std::vector<std::size_t>> by_fingerprint;
  for (const std::vector<Index>& rows : rows_by_level(own)) {
    EliminatedLevels level = level_statistics(problem, table, rows);
    problem.sum_of_level.push_back(level.sum);
    level.outer = level.sum * level.sum.transpose();
    std::vector<std::size_t>& candidates = by_fingerprint[fingerprint(level)];
    const auto match = std::find_if(candidates.begin(), candidates.end(),
                                    [&](std::size_t g) { return same_cells(problem.eliminated[g], level); });
    if (match == candidates.end()) {
      candidates.push_back(problem.eliminated.size());
      problem.group_of_level.push_back(problem.eliminated.size());
      problem.eliminated.push_back(std::move(level));
    } else {
      EliminatedLevels& group = problem.eliminated[*match];
      group.count += 1;
      group.sum += level.sum;
      group.outer += level.outer;
      problem.group_of_level.push_back(*match);
    }
  }
}

}  // namespace

Problem build_problem(const RandomStructure& structure, const ReducedTable& table) {
  Problem problem;
  problem.structure = structure;
  problem.observations = table.observations;
  problem.log_weights = table.log_weights;
  problem.log_basis = 2 * table.basis.diagonal().cwiseAbs().array().log().sum();
  problem.eliminated_factor = widest_factor(structure, table);
  lay_out_columns(problem, table);
  accumulate_gram(problem, table);
  if (problem.eliminated_factor >= 0) group_levels(problem, table);
  for (const WithinClass& within : table.within) {
    const Index width = within.gram.rows();
    problem.eliminated.push_back({static_cast<std::size_t>(table.pooled),
                                  within.contrasts,
                                  within.gram,
                                  {},
                                  Eigen::MatrixXd(width, 0),
                                  Eigen::VectorXd::Zero(width),
                                  within.projected});
  }
  return problem;
}

}  // namespace meridian::models
