#include "dilemmas/step_figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace meridian::dilemmas {
namespace {

using findings::Cell;
using findings::Figure;
using findings::FigureKind;

std::string sample_of(const StepResults& results) {
  return fmt::format("{} models, {} dilemmas in {} steps", results.contests.models.size(),
                     results.labels.dilemmas.size(), results.labels.steps);
}

Figure score_lines(const StepResults& results) {
  Figure figure = findings::make_figure(FigureKind::curves, "scores", "Preference scores from step to step");
  // One step more on either side keeps the ticks at whole steps.
  figure.x = {.title = "Step", .low = 0.0, .high = static_cast<double>(results.labels.steps + 1)};
  figure.y = {.title = "Preference score", .low = -0.5, .high = 0.5, .reference = 0.0};
  figure.sample = sample_of(results);
  figure.caption =
      "One panel per model, one line per value; crossing lines are changes of rank; intervals are in the table of "
      "scores.";
  figure.alt = "For every model the preference scores of the values from the first to the last step.";
  for (std::size_t m = 0; m < results.profiles.size(); ++m)
    for (std::size_t value = 0; value < results.labels.values.size(); ++value)
      for (std::size_t step = 0; step < results.labels.steps; ++step) {
        const double score =
            results.profiles[m].scores(static_cast<Eigen::Index>(step), static_cast<Eigen::Index>(value));
        if (!std::isnan(score))
          figure.add({results.contests.models[m], results.labels.values[value], static_cast<double>(step + 1), score,
                      Cell(), Cell()});
      }
  return figure;
}

Figure win_map(const StepResults& results, std::size_t model) {
  const std::string& name = results.contests.models[model];
  Figure figure = findings::make_figure(FigureKind::heat_map, fmt::format("wins_{}", model + 1),
                                        "Which value is chosen over which: " + name);
  figure.x = figure.y = {.title = ""};
  figure.z = {.title = "Share choosing the row's value", .low = 0.0, .high = 1.0};
  figure.sample = sample_of(results);
  figure.caption = "Shares over all steps; the diagonal is one half, pairs that do not meet are blank.";
  figure.alt = "Square map of how often the value of the row was chosen over the value of the column.";
  const Eigen::MatrixXd wins = pooled(results.wins[model]);
  for (Eigen::Index u = 0; u < wins.rows(); ++u)
    for (Eigen::Index v = 0; v < wins.cols(); ++v) {
      const double met = wins(u, v) + wins(v, u);
      // W(u,u) = 1 - W(u,u): the diagonal also keeps rows and columns in one order.
      if (u == v || met > 0)
        figure.add({std::string("cell"), results.labels.values[static_cast<std::size_t>(u)],
                    results.labels.values[static_cast<std::size_t>(v)], u == v ? 0.5 : wins(u, v) / met, Cell(), Cell(),
                    Cell(), Cell()});
    }
  return figure;
}

}  // namespace

std::vector<Figure> step_figures(const StepResults& results) {
  std::vector<Figure> figures{score_lines(results)};
  for (std::size_t m = 0; m < std::min(kMostMaps, results.wins.size()); ++m) figures.push_back(win_map(results, m));
  figures.erase(
      std::remove_if(figures.begin(), figures.end(), [](const Figure& figure) { return figure.data.rows.empty(); }),
      figures.end());
  return figures;
}

}  // namespace meridian::dilemmas
