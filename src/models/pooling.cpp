#include "models/pooling.hpp"

#include <algorithm>
#include <numeric>

namespace meridian::models {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

using Keys = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// Everything that makes two rows of different levels of `pooled` alike.
Keys row_keys(const Design& design, const std::string& pooled) {
  Index width = design.x.cols() + (design.weights.size() > 0 ? 1 : 0);
  for (const RandomTerm& term : design.random) width += term.z.cols() + 1;
  Keys keys = Keys::Zero(design.x.rows(), width);
  Index column = 0;
  for (const RandomTerm& term : design.random) {
    for (Index r = 0; r < keys.rows() && term.group != pooled; ++r)
      keys(r, column) = term.level[static_cast<std::size_t>(r)];
    keys.middleCols(column + 1, term.z.cols()) = term.z;
    column += term.z.cols() + 1;
  }
  keys.middleCols(column, design.x.cols()) = design.x;
  if (design.weights.size() > 0) keys.col(width - 1) = design.weights;
  return keys;
}

int compare(const Keys& keys, Index a, Index b) {
  const double* const left = keys.data() + a * keys.cols();
  const double* const right = keys.data() + b * keys.cols();
  for (Index j = 0; j < keys.cols(); ++j)
    if (left[j] != right[j]) return left[j] < right[j] ? -1 : 1;
  return 0;
}

using Rows = std::vector<Index>;

/// Rows of each level in the order of their keys (equal keys: as in the table).
std::vector<Rows> rows_of_levels(const RandomTerm& term, const Keys& keys) {
  std::vector<Rows> rows(term.levels.size());
  for (std::size_t r = 0; r < term.level.size(); ++r)
    rows[static_cast<std::size_t>(term.level[r])].push_back(static_cast<Index>(r));
  for (Rows& level : rows)
    std::stable_sort(level.begin(), level.end(), [&](Index a, Index b) { return compare(keys, a, b) < 0; });
  return rows;
}

int compare_levels(const Keys& keys, const Rows& a, const Rows& b) {
  if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (const int order = compare(keys, a[i], b[i]); order != 0) return order;
  return 0;
}

/// Levels with the same cells, class by class.
std::vector<std::vector<Index>> find_classes(const std::vector<Rows>& rows, const Keys& keys) {
  std::vector<Index> order(rows.size());
  std::iota(order.begin(), order.end(), Index{0});
  const auto at = [&](Index level) -> const Rows& { return rows[static_cast<std::size_t>(level)]; };
  std::stable_sort(order.begin(), order.end(),
                   [&](Index a, Index b) { return compare_levels(keys, at(a), at(b)) < 0; });
  std::vector<std::vector<Index>> classes;
  for (const Index level : order) {
    const bool same = !classes.empty() && compare_levels(keys, at(classes.back().front()), at(level)) == 0;
    if (!same) classes.emplace_back();
    classes.back().push_back(level);
  }
  return classes;
}

const std::string& largest_factor(const RandomStructure& structure) {
  const auto& factors = structure.factors;
  return std::max_element(factors.begin(), factors.end(),
                          [](const auto& a, const auto& b) { return a.levels < b.levels; })
      ->name;
}

const RandomTerm& first_term(const Design& design, const std::string& group) {
  return *std::find_if(design.random.begin(), design.random.end(), [&](const auto& t) { return t.group == group; });
}

/// Mean and projected scatter of the members' responses.
PooledClass summarise(const Design& representative, const GroupingFactor& factor, const ClassBlock& block,
                      const MatrixXd& responses) {
  PooledClass pooled{block, static_cast<double>(responses.rows()), responses.colwise().mean(), {}, 0};
  pooled.projected = MatrixXd::Zero(factor.width, factor.width);
  if (responses.rows() == 1) return pooled;
  const VectorXd root = root_weights(representative, block);
  const MatrixXd scaled = (responses.rowwise() - pooled.mean.transpose()) * root.asDiagonal();
  const MatrixXd moments = scaled * weighted_columns(representative, factor, block);
  pooled.projected.noalias() = moments.transpose() * moments;
  pooled.trace = scaled.squaredNorm();
  return pooled;
}

}  // namespace

Design select_rows(const Design& design, const std::vector<Index>& rows) {
  Design selected;
  selected.names = design.names;
  selected.aliased = design.aliased;
  selected.assign = design.assign;
  selected.term_labels = design.term_labels;
  selected.x = design.x(rows, Eigen::all);
  if (design.response.size() > 0) selected.response = design.response(rows);
  if (design.weights.size() > 0) selected.weights = design.weights(rows);
  if (design.trials.size() > 0) selected.trials = design.trials(rows);
  if (design.offset.size() > 0) selected.offset = design.offset(rows);
  for (const RandomTerm& term : design.random) {
    RandomTerm part{term.group, term.columns, term.z(rows, Eigen::all), {}, term.levels};
    part.level.reserve(rows.size());
    for (const Index row : rows) part.level.push_back(term.level[static_cast<std::size_t>(row)]);
    selected.random.push_back(std::move(part));
  }
  return selected;
}

PooledDesign pool_levels(const Design& design, const RandomStructure& structure) {
  PooledDesign result;
  result.factor = largest_factor(structure);
  const Keys keys = row_keys(design, result.factor);
  const std::vector<Rows> rows = rows_of_levels(first_term(design, result.factor), keys);
  result.members = find_classes(rows, keys);
  Rows representatives;
  for (const auto& members : result.members) {
    const Rows& cells = rows[static_cast<std::size_t>(members.front())];
    representatives.insert(representatives.end(), cells.begin(), cells.end());
  }
  result.design = select_rows(design, representatives);
  const auto factor = std::find_if(structure.factors.begin(), structure.factors.end(),
                                   [&](const GroupingFactor& f) { return f.name == result.factor; });
  Index first = 0;
  for (const auto& members : result.members) {
    const auto cells = static_cast<Index>(rows[static_cast<std::size_t>(members.front())].size());
    MatrixXd responses(static_cast<Index>(members.size()), cells);
    for (Index i = 0; i < responses.rows(); ++i)
      responses.row(i) = design.response(rows[static_cast<std::size_t>(members[static_cast<std::size_t>(i)])]);
    result.classes.push_back(summarise(result.design, *factor, {first, cells}, responses));
    result.responses.push_back(std::move(responses));
    first += cells;
  }
  return result;
}

}  // namespace meridian::models
