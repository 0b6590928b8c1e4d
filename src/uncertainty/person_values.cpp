#include "uncertainty/person_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "error.hpp"
#include "uncertainty/tiles.hpp"

namespace meridian::uncertainty {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Each term as a linear function of a person's cosines, which lie variant by variant in the layout.
struct Functions {
  MatrixXd weights;  ///< rows of the layout x terms
  std::vector<std::string> terms, families;
};

/// Weights over the rows of one variant: mean over the rows of these models (all where `models` is empty).
VectorXd mean_over(const analysis::Layout& layout, const std::set<std::size_t>& models) {
  const auto rows = static_cast<Index>(layout.rows_per_variant());
  VectorXd weights = VectorXd::Zero(rows);
  for (Index row = 0; row < rows; ++row)
    if (models.empty() || models.count(layout.cells.front()[static_cast<std::size_t>(row)].model)) weights[row] = 1;
  return weights / weights.sum();
}

void add(Functions& functions, const VectorXd& weights, const std::string& term, const std::string& family) {
  functions.weights.conservativeResize(weights.size(), functions.weights.cols() + 1);
  functions.weights.rightCols(1) = weights;
  functions.terms.push_back(term);
  functions.families.push_back(family);
}

/// `nation` and, of two origins, `nation:origin`, over the rows of one variant.
std::vector<std::pair<std::string, VectorXd>> main_functions(const analysis::Study& study,
                                                             const analysis::Layout& layout) {
  std::vector<std::pair<std::string, VectorXd>> main = {{"nation", mean_over(layout, {})}};
  std::set<std::string> origins;
  for (const std::size_t model : layout.models) origins.insert(study.panel.models[model].origin);
  if (origins.size() != 2) return main;
  std::set<std::size_t> first, second;
  for (const std::size_t model : layout.models)
    (study.panel.models[model].origin == *origins.begin() ? first : second).insert(model);
  main.emplace_back("nation:origin", mean_over(layout, first) - mean_over(layout, second));
  return main;
}

Functions functions_of(const analysis::Study& study, const analysis::Layout& layout) {
  const auto main = main_functions(study, layout);
  const auto per_variant = static_cast<Index>(layout.rows_per_variant()), rows = static_cast<Index>(layout.rows());
  const auto placed = [&](const VectorXd& weights, std::size_t variant) {
    VectorXd all = VectorXd::Zero(rows);
    all.segment(static_cast<Index>(variant) * per_variant, per_variant) = weights;
    return all;
  };
  Functions functions;
  for (const auto& [term, weights] : main) add(functions, placed(weights, 0), term, "overall");
  for (const std::size_t model : layout.models)
    add(functions, placed(mean_over(layout, {model}), 0), "nation, " + study.panel.models[model].name, "models");
  for (const auto& [term, weights] : main)
    for (std::size_t v = 1; v < layout.variants.size(); ++v)
      add(functions, placed(weights, v) - placed(weights, 0),
          term + ":" + study.panel.variants[layout.variants[v]].name, "removals, " + term);
  return functions;
}

/// Cosines of the tile's people with the cells that a nation meets: people x rows of the layout.
MatrixXd cosines(const analysis::Study& study, const std::vector<analysis::Cell>& cells, const similarity::Tile& tile) {
  MatrixXd all(static_cast<Index>(tile.people), static_cast<Index>(cells.size()));
  for (std::size_t row = 0; row < cells.size(); ++row) {
    const double* values =
        tile.row(cells[row].variant, cells[row].condition * study.panel.models.size() + cells[row].model);
    all.col(static_cast<Index>(row)) = Eigen::Map<const VectorXd>(values, static_cast<Index>(tile.people));
  }
  return all;
}

/// Keeps the people with every cosine. Whether one exists does not depend on the condition.
void take_tile(const analysis::Study& study, const analysis::Layout& layout, const Functions& functions,
               const similarity::Tile& tile, PersonValues& values) {
  const MatrixXd first = cosines(study, layout.cells[0], tile), second = cosines(study, layout.cells[1], tile);
  std::vector<Index> kept;
  for (Index i = 0; i < first.rows(); ++i) {
    const std::size_t person = tile.first + static_cast<std::size_t>(i);
    if (person < layout.people.first || person >= layout.people.first + layout.people.count) continue;
    if (!first.row(i).allFinite()) {
      ++values.left_out;
      continue;
    }
    kept.push_back(i);
    values.labels.push_back(study.panel.people.nation[person] == 0);
    values.ids.push_back(study.panel.people.ids[person]);
  }
  const Index before = values.first.rows(), after = before + static_cast<Index>(kept.size());
  for (auto [all, own] : {std::pair(&values.first, &first), std::pair(&values.second, &second)}) {
    all->conservativeResize(after, functions.weights.cols());
    all->bottomRows(after - before) = (*own)(kept, Eigen::all) * functions.weights;
  }
}

}  // namespace

PersonValues person_values(const analysis::Study& study, std::size_t analysis, int threads) {
  const analysis::Layout& layout = study.layouts[analysis];
  if (layout.nations.size() != 2)
    throw InputError("--test", fmt::format("people of {} nations in '{}'", layout.nations.size(), layout.analysis),
                     "people of two nations", "Test an analysis of two nations.");
  const Functions functions = functions_of(study, layout);
  PersonValues values;
  values.terms = functions.terms;
  values.families = functions.families;
  each_tile(study, layout, threads,
            [&](const similarity::Tile& tile) { take_tile(study, layout, functions, tile, values); });
  const auto first = std::count(values.labels.begin(), values.labels.end(), std::uint8_t{1});
  if (first < 2 || static_cast<std::ptrdiff_t>(values.labels.size()) - first < 2)
    throw InputError(
        "--test",
        fmt::format("{} and {} people with cosines", first, static_cast<std::ptrdiff_t>(values.labels.size()) - first),
        "at least two of each nation", "Look at the exclusions in the report.");
  return values;
}

}  // namespace meridian::uncertainty
