#include "models/cell_means.hpp"

#include <fmt/format.h>

#include <Eigen/Dense>
#include <algorithm>

#include "models/model_frame.hpp"
#include "models/model_matrix.hpp"
#include "models/rank.hpp"
#include "models/reference_grid.hpp"

namespace meridian::models {
namespace {

/// The options of the fit with grid points that count zero times: they are coded, scaled and centred like the rows but
/// move nothing.
DesignOptions options_with_grid(const DesignOptions& options, std::size_t rows, std::size_t points) {
  DesignOptions result = options;
  if (result.multiplicity.empty()) result.multiplicity.assign(rows, 1);
  result.multiplicity.resize(rows + points, 0);
  return result;
}

/// All columns at the grid's points, and which of them the design kept.
struct GridDesign {
  Eigen::MatrixXd points;
  std::vector<Eigen::Index> kept, aliased;
  Eigen::MatrixXd dependence;  ///< kept x aliased: every aliased column as a combination of kept ones
};

GridDesign grid_design(const Formula& formula, const Frame& frame, const DesignOptions& options, std::size_t points) {
  const ModelFrame rows = model_frame(formula, frame, options);
  const ModelMatrix matrix = model_matrix(formula.fixed, rows, options.contrasts);
  GridDesign result;
  result.points = matrix.x.bottomRows(static_cast<Eigen::Index>(points));
  result.kept = independent_columns(matrix.x, rows.multiplicity);
  for (Eigen::Index column = 0; column < matrix.x.cols(); ++column)
    if (!std::binary_search(result.kept.begin(), result.kept.end(), column)) result.aliased.push_back(column);
  if (result.aliased.empty()) return result;
  const Eigen::ArrayXd root = Eigen::Map<const Eigen::ArrayXd>(rows.multiplicity.data(), matrix.x.rows()).sqrt();
  const Eigen::MatrixXd weighted = matrix.x.array().colwise() * root;
  const Eigen::MatrixXd basis = weighted(Eigen::all, result.kept);
  const Eigen::MatrixXd dependent = weighted(Eigen::all, result.aliased);
  result.dependence = basis.householderQr().solve(dependent);
  return result;
}

/// A function is estimable if it annihilates every linear dependence among the columns.
bool is_estimable(const Eigen::RowVectorXd& all, const GridDesign& grid) {
  if (grid.aliased.empty()) return true;
  const Eigen::RowVectorXd implied = all(grid.kept) * grid.dependence;
  return (implied - all(grid.aliased)).cwiseAbs().maxCoeff() <= 1e-8 * std::max(1.0, all.cwiseAbs().maxCoeff());
}

}  // namespace

std::vector<LinearFunction> cell_means(const Design& design, const Formula& formula, const Frame& frame,
                                       const DesignOptions& options, const std::vector<std::string>& variables) {
  const ModelFrame rows = model_frame(formula, frame, options);
  const std::vector<GridVariable> grid = grid_variables(formula, frame, rows, variables);
  const std::size_t points = grid_points(grid);
  const GridDesign all = grid_design(formula, append_grid(frame, grid, design.kept_rows.front()),
                                     options_with_grid(options, frame.rows(), points), points);
  std::size_t cells = 1;
  for (std::size_t place = 0; place < variables.size(); ++place) cells *= grid[place].size();
  std::vector<LinearFunction> means(cells);
  for (std::size_t cell = 0; cell < cells; ++cell) {
    Eigen::RowVectorXd total = Eigen::RowVectorXd::Zero(all.points.cols());
    for (std::size_t point = cell; point < points; point += cells)
      total += all.points.row(static_cast<Eigen::Index>(point));
    total *= static_cast<double>(cells) / static_cast<double>(points);
    means[cell].row = total(all.kept);
    means[cell].estimable = is_estimable(total, all);
    std::size_t rest = cell;
    for (std::size_t place = 0; place < variables.size(); rest /= grid[place++].size())
      means[cell].levels.push_back(grid[place].labels[rest % grid[place].size()]);
  }
  return means;
}

std::vector<LinearFunction> pairwise_differences(const std::vector<LinearFunction>& means) {
  std::vector<LinearFunction> differences;
  for (std::size_t first = 0; first < means.size(); ++first)
    for (std::size_t second = first + 1; second < means.size(); ++second) {
      std::string label =
          fmt::format("{} - {}", fmt::join(means[first].levels, " "), fmt::join(means[second].levels, " "));
      differences.push_back({{std::move(label)},
                             means[first].row - means[second].row,
                             means[first].estimable && means[second].estimable});
    }
  return differences;
}

}  // namespace meridian::models
