#include "models/mode_problem.hpp"

#include <Eigen/QR>
#include <algorithm>
#include <numeric>

namespace meridian::models {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

std::size_t widest_factor(const ModeProblem& problem) {
  std::size_t widest = 0;
  for (std::size_t f = 1; f < problem.factors.size(); ++f)
    if (problem.width(f) * problem.factors[f].levels > problem.width(widest) * problem.factors[widest].levels)
      widest = f;
  return widest;
}

std::vector<Index> rows_by_level(const FactorColumns& factor) {
  std::vector<Index> order(factor.level.size());
  std::iota(order.begin(), order.end(), Index{0});
  std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) {
    return factor.level[static_cast<std::size_t>(a)] < factor.level[static_cast<std::size_t>(b)];
  });
  return order;
}

void reorder(ModeProblem& problem) {
  const std::vector<Index>& order = problem.order;
  problem.x = problem.x(order, Eigen::all).eval();
  problem.responses.reorder(order);
  for (FactorColumns& factor : problem.factors) {
    factor.z = factor.z(order, Eigen::all).eval();
    std::vector<std::int32_t> level;
    for (const Index row : order) level.push_back(factor.level[static_cast<std::size_t>(row)]);
    factor.level = std::move(level);
  }
}

void lay_out_columns(ModeProblem& problem) {
  const std::size_t count = problem.factors.size();
  for (std::size_t f = 0; f < count; ++f) {
    const Index columns = problem.width(f) * problem.factors[f].levels;
    (f == problem.eliminated ? problem.eliminated_columns : problem.rest_columns) += columns;
    problem.offset.push_back(problem.row_width);
    problem.row_width += problem.width(f);
  }
  problem.column.resize(static_cast<Index>(count), problem.rows());
  for (std::size_t f = 0; f < count; ++f) {
    const FactorColumns& factor = problem.factors[f];
    for (Index row = 0; row < problem.rows(); ++row)
      problem.column(static_cast<Index>(f), row) =
          static_cast<int>(problem.first_column(f) + problem.width(f) * factor.level[static_cast<std::size_t>(row)]);
  }
}

void find_touched(ModeProblem& problem) {
  const auto count = static_cast<Index>(problem.factors.size());
  const Index own = problem.width(problem.eliminated);
  problem.local = Eigen::MatrixXi::Zero(count, problem.rows());
  for (std::size_t level = 0; level + 1 < problem.first_row.size(); ++level) {
    std::vector<Index> touched;
    const auto each_rest = [&](const auto& visit) {
      for (Index row = problem.first_row[level]; row < problem.first_row[level + 1]; ++row)
        for (Index f = 0; f < count; ++f)
          if (f != static_cast<Index>(problem.eliminated))
            visit(row, f, problem.column(f, row) - problem.eliminated_columns);
    };
    each_rest([&](Index, Index f, Index first) {
      for (Index j = 0; j < problem.width(static_cast<std::size_t>(f)); ++j) touched.push_back(first + j);
    });
    std::sort(touched.begin(), touched.end());
    touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
    each_rest([&](Index row, Index f, Index first) {
      const auto place = std::lower_bound(touched.begin(), touched.end(), first) - touched.begin();
      problem.local(f, row) = static_cast<int>(own + place);
    });
    problem.touched.push_back(std::move(touched));
  }
}

void condition(ModeProblem& problem, const VectorXd& weights) {
  const Index p = problem.x.cols();
  problem.basis = MatrixXd::Zero(p, p);
  if (p == 0) return;
  const Eigen::HouseholderQR<MatrixXd> qr((weights / weights.sum()).cwiseSqrt().asDiagonal() * problem.x);
  problem.basis = qr.matrixQR().topRows(p).triangularView<Eigen::Upper>();
  problem.x = problem.basis.transpose().triangularView<Eigen::Lower>().solve(problem.x.transpose()).transpose().eval();
}

}  // namespace

Index ModeProblem::first_column(std::size_t factor) const {
  if (factor == eliminated) return 0;
  Index first = eliminated_columns;
  for (std::size_t f = 0; f < factor; ++f)
    if (f != eliminated) first += width(f) * factors[f].levels;
  return first;
}

ModeProblem mode_problem(const Design& design, const RandomStructure& structure, const Responses& responses,
                         const VectorXd& weights) {
  ModeProblem problem;
  problem.structure = structure;
  problem.responses = responses;
  problem.x = design.x;
  condition(problem, weights);
  for (const GroupingFactor& factor : structure.factors) problem.factors.push_back(collect_columns(design, factor));
  problem.eliminated = widest_factor(problem);
  problem.order = rows_by_level(problem.factors[problem.eliminated]);
  reorder(problem);
  const FactorColumns& own = problem.factors[problem.eliminated];
  problem.first_row.assign(static_cast<std::size_t>(own.levels) + 1, 0);
  for (const Index level : own.level) ++problem.first_row[static_cast<std::size_t>(level) + 1];
  std::partial_sum(problem.first_row.begin(), problem.first_row.end(), problem.first_row.begin());
  lay_out_columns(problem);
  find_touched(problem);
  return problem;
}

}  // namespace meridian::models
