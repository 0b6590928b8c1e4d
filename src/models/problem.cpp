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

/// The entries of a row of G that may differ from zero, those of X aside, ascending by column.
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
}

std::size_t rest_level(const Problem& problem, const ReducedTable& table, std::size_t factor, Index row) {
  return static_cast<std::size_t>(problem.first_rest_of_factor[factor] +
                                  table.factors[factor].level[static_cast<std::size_t>(row)]);
}

/// Columns of G that meet in a row, as one number per pair of levels: column level, then row level; each pair once.
std::vector<std::uint64_t> pairs_in_rows(const Problem& problem, const ReducedTable& table) {
  std::vector<std::uint64_t> pairs;
  const auto keep_distinct = [&pairs] {
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  };
  for (std::size_t level = 0; level < problem.rest.size(); ++level) pairs.push_back(level << 32 | level);
  for (std::size_t f = 0; f < table.factors.size(); ++f)
    for (std::size_t g = f + 1; g < table.factors.size(); ++g) {
      if (problem.first_rest_of_factor[f] < 0 || problem.first_rest_of_factor[g] < 0) continue;
      for (Index r = 0; r < table.x.rows(); ++r)
        pairs.push_back(rest_level(problem, table, f, r) << 32 | rest_level(problem, table, g, r));
      keep_distinct();
    }
  return pairs;
}

SparseLower empty_gram(const Problem& problem, const ReducedTable& table) {
  const auto width = [&](std::size_t level) { return problem.structure.factors[problem.rest[level].factor].width; };
  std::vector<Eigen::Triplet<double>> entries;
  for (const std::uint64_t pair : pairs_in_rows(problem, table)) {
    const std::size_t column = pair >> 32, row = pair & 0xffffffffU;
    for (Index j = 0; j < width(column); ++j)
      for (Index i = row == column ? j : 0; i < width(row); ++i)
        entries.emplace_back(problem.rest[row].first + i, problem.rest[column].first + j, 0.0);
  }
  SparseLower gram(problem.random_columns, problem.random_columns);
  gram.setFromTriplets(entries.begin(), entries.end());
  return gram;
}

void accumulate_dense(Problem& problem, const ReducedTable& table) {
  problem.gram = empty_gram(problem, table);
  problem.border = Eigen::MatrixXd::Zero(problem.fixed_columns, problem.columns());
  problem.border.rightCols(problem.fixed_columns).selfadjointView<Eigen::Lower>().rankUpdate(table.x.transpose());
  SparseRow row;
  for (Index r = 0; r < table.x.rows(); ++r) {
    fill_row(problem, table, r, row);
    for (std::size_t a = 0; a < row.column.size(); ++a) {
      problem.border.col(row.column[a]) += row.value[a] * table.x.row(r).transpose();
      for (std::size_t b = a; b < row.column.size(); ++b)
        problem.gram.coeffRef(row.column[b], row.column[a]) += row.value[a] * row.value[b];
    }
  }
}

void accumulate_sparse(Problem& problem, const ReducedTable& table) {
  const LevelPattern& pattern = *problem.pattern;
  LevelMatrix& gram = problem.sparse_gram;
  gram.set_zero(pattern);
  gram.border.rightCols(problem.fixed_columns) = table.x.transpose() * table.x;
  for (Index r = 0; r < table.x.rows(); ++r)
    for (std::size_t f = 0; f < table.factors.size(); ++f) {
      if (problem.first_rest_of_factor[f] < 0) continue;
      const auto own = table.factors[f].z.row(r);
      const std::size_t level = rest_level(problem, table, f, r);
      gram.border.middleCols(pattern.first[level], own.size()) += table.x.row(r).transpose().lazyProduct(own);
      for (std::size_t g = f; g < table.factors.size(); ++g) {
        if (problem.first_rest_of_factor[g] < 0) continue;
        const std::size_t block = pattern.find(rest_level(problem, table, g, r), level);
        gram.block(pattern, block, level) += table.factors[g].z.row(r).transpose().lazyProduct(own);
      }
    }
}

void accumulate_moment(Problem& problem, const ReducedTable& table) {
  problem.moment = Eigen::VectorXd::Zero(problem.columns());
  problem.moment.tail(problem.fixed_columns) = table.x.transpose() * table.y;
  SparseRow row;
  for (Index r = 0; r < table.x.rows(); ++r) {
    fill_row(problem, table, r, row);
    for (std::size_t a = 0; a < row.column.size(); ++a) problem.moment[row.column[a]] += row.value[a] * table.y[r];
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
    touched.insert(touched.end(), row.column.begin(), row.column.end());
  }
  std::sort(touched.begin(), touched.end());
  touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
  for (Index j = 0; j < problem.fixed_columns; ++j) touched.push_back(problem.random_columns + j);
  touched.shrink_to_fit();  // a level's rows touch most columns many times
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
    level.cross.rightCols(problem.fixed_columns) += own.z.row(r).transpose().lazyProduct(table.x.row(r));
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

/// Keeps the pattern if sparse is asked for or faster.
void choose_pattern(Problem& problem, RestStorage storage) {
  const bool small = problem.columns() <= always_dense && storage != RestStorage::sparse;
  if (storage == RestStorage::dense || small || problem.rest.empty()) return;
  std::vector<Index> widths;
  for (const RestLevel& level : problem.rest) widths.push_back(problem.structure.factors[level.factor].width);
  std::vector<std::vector<std::size_t>> meetings;
  for (const EliminatedLevels& levels : problem.eliminated) meetings.push_back(touched_levels(problem, levels.touched));
  problem.pattern = meeting_levels(widths, meetings, problem.fixed_columns);
  if (storage == RestStorage::fastest)
    storage = dense_is_faster(problem.columns(), least_operations(*problem.pattern))
                  ? RestStorage::dense
                  : choose_storage(scalar_pattern(*problem.pattern), problem.fixed_columns);
  if (storage == RestStorage::dense) problem.pattern.reset();
}

}  // namespace

std::vector<std::size_t> touched_levels(const Problem& problem, const std::vector<Index>& touched) {
  std::vector<std::size_t> levels;
  auto level = problem.rest.begin();
  for (const Index column : touched) {
    if (column >= problem.random_columns) break;
    while (level != problem.rest.end() && level->first < column) ++level;
    if (level != problem.rest.end() && level->first == column)
      levels.push_back(static_cast<std::size_t>(level - problem.rest.begin()));
  }
  return levels;
}

Problem build_problem(const RandomStructure& structure, const ReducedTable& table, RestStorage storage) {
  Problem problem;
  problem.structure = structure;
  problem.observations = table.observations;
  problem.log_weights = table.log_weights;
  problem.log_basis = 2 * table.basis.diagonal().cwiseAbs().array().log().sum();
  problem.eliminated_factor = widest_factor(structure, table);
  lay_out_columns(problem, table);
  if (problem.eliminated_factor >= 0) group_levels(problem, table);
  choose_pattern(problem, storage);
  if (problem.pattern)
    accumulate_sparse(problem, table);
  else
    accumulate_dense(problem, table);
  accumulate_moment(problem, table);
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
