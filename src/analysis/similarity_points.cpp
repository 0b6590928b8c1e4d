#include "analysis/similarity_points.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/descriptives.hpp"

namespace meridian::analysis {
namespace {

constexpr std::size_t kMostPoints = 60;
constexpr double kNormal95 = 1.959963984540054;

}  // namespace

SimilarityPoints::SimilarityPoints(const panel::Panel& panel, const Layout& layout)
    : panel_(panel),
      layout_(layout),
      every_(layout.nations.size(), 1),
      taken_(layout.nations.size(), std::vector<std::vector<double>>(layout.models.size())) {
  std::vector<std::size_t> count(layout.nations.size(), 0);
  for (std::size_t i = 0; i < layout.people.count; ++i) {
    const std::size_t person = layout.people.first + i;
    place_[person] = count[static_cast<std::size_t>(panel.people.nation[person])]++;
  }
  for (std::size_t nation = 0; nation < count.size(); ++nation)
    every_[nation] = std::max<std::size_t>((count[nation] + kMostPoints - 1) / kMostPoints, 1);
}

void SimilarityPoints::add(const similarity::Tile& tile) {
  for (std::size_t i = 0; i < tile.people; ++i) {
    const auto place = place_.find(tile.first + i);
    if (place == place_.end()) continue;
    const auto nation = static_cast<std::size_t>(panel_.people.nation[place->first]);
    if (place->second % every_[nation] != 0) continue;
    for (std::size_t row = 0; row < layout_.models.size(); ++row) {
      const Cell& cell = layout_.cells[nation][row];
      const double cosine = tile.row(cell.variant, cell.condition * panel_.models.size() + cell.model)[i];
      if (!std::isnan(cosine)) taken_[nation][row].push_back(cosine);
    }
  }
}

findings::Figure SimilarityPoints::figure(const Moments& moments) const {
  findings::Figure figure = findings::make_figure(findings::FigureKind::points_and_means, "similarity",
                                                  "Similarity of each model with the people of each nation");
  std::vector<std::size_t> order(layout_.models.size());
  for (std::size_t row = 0; row < order.size(); ++row) order[row] = row;
  const auto origin = [&](std::size_t row) { return panel_.models[layout_.cells[0][row].model].origin; };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return origin(a) < origin(b); });
  for (const std::size_t row : order)
    for (std::size_t nation = 0; nation < layout_.nations.size(); ++nation) {
      const std::string panel = "Models from " + origin(row),
                        model = panel_.models[layout_.cells[nation][row].model].display_name,
                        people = "People of " + layout_.nations[nation];
      for (const double cosine : taken_[nation][row]) figure.add({panel, model, people, "point", cosine, {}, {}, {}});
      const Summary all = summarise_row(layout_, moments, static_cast<std::int32_t>(nation), row);
      const double half = kNormal95 * std::sqrt(all.variance() / all.count);
      figure.add({panel, model, people, "mean", all.mean, all.mean - half, all.mean + half,
                  static_cast<std::int64_t>(all.count)});
    }
  figure.y = {.title = "Similarity", .unit = "cosine"};
  figure.sample = fmt::format("{} people, {} models", layout_.people.count, layout_.models.size());
  figure.interval =
      "95 % limits, normal: mean +- 1.96 SD / sqrt(n) over people (narrower than the marks where not visible)";
  figure.caption = fmt::format(
      "Small points: single people, at most {} of each nation, taken at even steps and spread by their "
      "density. Marks: means over all people.",
      kMostPoints);
  figure.alt =
      fmt::format("Cosine similarity of {} models with the people of {}; the table of means holds the numbers.",
                  layout_.models.size(), fmt::join(layout_.nations, " and "));
  return figure;
}

}  // namespace meridian::analysis
