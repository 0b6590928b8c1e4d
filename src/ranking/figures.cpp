#include "ranking/figures.hpp"

#include <cmath>
#include <map>

#include "findings/figure.hpp"
#include "inference/two_sample.hpp"
#include "ranking/scores.hpp"

namespace meridian::ranking {
namespace {

using findings::Cell;
using findings::Figure;
using findings::FigureKind;

const Cell kNothing{};

std::string sample_of(const Study& study) {
  return std::to_string(study.rows.size()) + " models, " + std::to_string(study.catalog.terms.size()) + " terms";
}

Figure dimension_bars(const Study& study, const Results& results) {
  Figure figure = findings::make_figure(FigureKind::bars, "dimension_bars", "Mean rank of the dimensions by group");
  figure.y = {.title = "Mean rank", .unit = "1 is most important", .low = 0.0};
  figure.x = {.title = "Dimension"};
  figure.sample = sample_of(study);
  figure.caption = "Short bars are high priorities.";
  figure.alt = "Bars of the mean rank of every dimension, one bar per group of models.";
  for (std::size_t d = 0; d < study.catalog.dimensions.size(); ++d)
    for (std::size_t g = 0; g < study.catalog.groups.size(); ++g) {
      const auto values = column(results.scores, study.catalog.models_of(g), d);
      figure.add({std::string(), study.catalog.dimensions[d], study.catalog.groups[g], std::string(),
                  inference::moments(values).mean, kNothing, kNothing, static_cast<std::int64_t>(values.size())});
    }
  return figure;
}

Figure effect_forest(const Study& study, const Results& results) {
  Figure figure = findings::make_figure(FigureKind::forest, "effects", "Differences between groups by dimension");
  figure.x = {.title = "Difference of mean ranks", .unit = "rank", .reference = 0.0};
  figure.y = {.title = "Dimension"};
  figure.sample = sample_of(study);
  figure.interval = "95% interval, Welch";
  figure.caption = "First group less second: negative values say that the first ranks the dimension higher.";
  figure.alt = "For every dimension the difference of the groups' mean ranks with its interval and a line at zero.";
  for (const auto& [a, b] : group_pairs(study))
    for (std::size_t d = 0; d < study.catalog.dimensions.size(); ++d) {
      const auto x = column(results.scores, study.catalog.models_of(a), d);
      const auto y = column(results.scores, study.catalog.models_of(b), d);
      const inference::TwoSample test = inference::welch_t(x, y);
      if (!test.undefined.empty()) continue;
      figure.add({std::string(), study.catalog.dimensions[d], study.catalog.groups[a] + " - " + study.catalog.groups[b],
                  std::string(), test.estimate, test.conf_low, test.conf_high,
                  static_cast<std::int64_t>(x.size() + y.size())});
    }
  return figure;
}

/// Joins of the dendrogram in positions of the leaves.
void add_tree(const std::vector<Merge>& tree, const std::string& part, Figure& figure) {
  const std::size_t leaves = tree.size() + 1;
  std::vector<double> position(leaves), height(leaves, 0.0);
  const auto order = leaf_order(tree);
  for (std::size_t place = 0; place < order.size(); ++place) position[order[place]] = static_cast<double>(place);
  for (const Merge& merge : tree) {
    figure.add({part, std::string(), std::string(), merge.height, position[merge.left], position[merge.right],
                height[merge.left], height[merge.right]});
    position.push_back((position[merge.left] + position[merge.right]) / 2);
    height.push_back(merge.height);
  }
}

Figure agreement_map(const Study& study, const Results& results) {
  Figure figure = findings::make_figure(FigureKind::heat_map, "agreement_map", "Agreement of the models' rankings");
  figure.x = figure.y = {.title = ""};
  figure.z = {.title = "Spearman's rho", .low = -1.0, .high = 1.0};
  figure.sample = sample_of(study);
  figure.caption = "Spearman's rho of every pair, models in the order of the dendrogram's leaves.";
  figure.alt = "Square map of the correlations between models with a dendrogram along the rows.";
  const auto order = leaf_order(results.tree);
  for (const std::size_t i : order)
    for (const std::size_t j : order)
      figure.add({std::string("cell"), study.catalog.models[i].name, study.catalog.models[j].name,
                  results.agreement.spearman(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)), kNothing,
                  kNothing, kNothing, kNothing});
  add_tree(results.tree, "row_tree", figure);
  return figure;
}

Figure rank_map(const Study& study, const Results& results) {
  Figure figure = findings::make_figure(FigureKind::heat_map, "rank_map", "Every model's rank of every term");
  figure.x = figure.y = {.title = ""};
  figure.z = {
      .title = "Rank", .unit = "1 is most important", .low = 1.0, .high = static_cast<double>(study.rows[0].size())};
  figure.sample = sample_of(study);
  figure.caption = "Models and terms in the order of the leaves of their dendrograms.";
  figure.alt = "Map of the ranks, models by terms, with a dendrogram of the models and one of the terms.";
  const auto terms = leaf_order(results.term_tree);
  for (const std::size_t i : leaf_order(results.tree))
    for (const std::size_t t : terms)
      figure.add({std::string("cell"), study.catalog.models[i].name, study.catalog.terms[t].name, study.rows[i][t],
                  kNothing, kNothing, kNothing, kNothing});
  add_tree(results.tree, "row_tree", figure);
  add_tree(results.term_tree, "column_tree", figure);
  return figure;
}

Figure stability_dots(const Study& study, const Results& results) {
  Figure figure = findings::make_figure(FigureKind::forest, "stability", "Stability of each model's rankings");
  figure.x = {.title = "Kendall's W", .low = 0.0, .high = 1.0};
  figure.y = {.title = "Model"};
  figure.sample =
      std::to_string(study.rankings.size()) + " rankings of " + std::to_string(study.rows.size()) + " models";
  figure.caption = "1: all replicates of the model give the same order.";
  figure.alt = "One dot per model at its coefficient of concordance between 0 and 1.";
  const auto of_model = replicates_of(study);
  for (std::size_t i = 0; i < study.rows.size(); ++i)
    if (!std::isnan(results.stability[i]))
      figure.add({std::string(), study.catalog.models[i].name, study.catalog.groups[study.groups[i]], std::string(),
                  results.stability[i], kNothing, kNothing, static_cast<std::int64_t>(of_model[i].size())});
  return figure;
}

/// A map of hundreds of rows cannot be read, and weighs more than all tables together.
constexpr std::size_t kMostReadable = 100;

}  // namespace

void add_figures(const Study& study, const Results& results, findings::Section& section) {
  const bool readable = study.rows.size() <= kMostReadable;
  std::vector<Figure> figures;
  if (section.id == "priorities") figures.push_back(dimension_bars(study, results));
  if (section.id == "groups") figures.push_back(effect_forest(study, results));
  if (section.id == "clusters" && readable) figures.push_back(agreement_map(study, results));
  if (section.id == "clusters" && readable && study.catalog.terms.size() <= kMostReadable)
    figures.push_back(rank_map(study, results));
  if (section.id == "stability" && readable) figures.push_back(stability_dots(study, results));
  for (Figure& figure : figures)
    if (!figure.data.rows.empty()) section.figures.push_back(std::move(figure));
}

}  // namespace meridian::ranking
