#include <cmath>

#include "findings/columns.hpp"
#include "opinions/def_tables.hpp"

namespace meridian::opinions {
namespace {

using findings::Cell;
using findings::integer_column;
using findings::real_column;
using findings::Table;
using findings::text_column;

/// The survey of the people who lie nearest to a point, the first of equals.
std::size_t nearest_people(const DefStudy& study, std::size_t point) {
  std::size_t nearest = 0;
  for (std::size_t s = 1; s < study.counts.surveys.size(); ++s)
    if (study.map.distance(point, study.map.find(Rater::people, s)) <
        study.map.distance(point, study.map.find(Rater::people, nearest)))
      nearest = s;
  return nearest;
}

}  // namespace

Table map_table(const DefStudy& study) {
  Table table{
      "map",
      "Cultural variation map",
      "Mean answer codes by type (a failed answer adds nothing to the sum and one to the count) in the plane of "
      "their first two principal components, centred, not scaled; distance to the people of the own survey and "
      "the survey whose people are nearest. Percentile intervals of a bootstrap over questions within types, the map "
      "drawn anew each time.",
      {text_column("rater"), text_column("survey"), real_column("x"), real_column("y"), real_column("distance"),
       real_column("distance_low"), real_column("distance_high"), text_column("nearest")},
      {}};
  for (std::size_t i = 0; i < study.map.raters.size(); ++i) {
    const Rater& rater = study.map.raters[i];
    const auto row = static_cast<Eigen::Index>(i);
    const bool people = rater.model == Rater::people;
    const ShapeEstimate distance =
        people ? ShapeEstimate() : shape_of(study, rater.model, rater.survey, Shape::distance);
    table.add({study.rater_name(rater.model), study.counts.surveys[rater.survey], study.map.plane.points(row, 0),
               study.map.plane.points(row, 1), people ? Cell() : Cell(distance.value),
               people ? Cell() : Cell(distance.low), people ? Cell() : Cell(distance.high),
               people ? Cell() : Cell(study.counts.surveys[nearest_people(study, i)])});
  }
  return table;
}

Table map_axis_table(const DefStudy& study) {
  Table table{"map_axes",
              "Axes of the map",
              "Loadings of the types; the largest of an axis is positive. explained: share of the variance.",
              {integer_column("component"), text_column("type"), real_column("loading"), real_column("explained")},
              {}};
  for (std::size_t k = 0; k < 2; ++k)
    for (std::size_t t = 0; t < study.map.types.size(); ++t)
      table.add({static_cast<std::int64_t>(k + 1), study.counts.types.types[study.map.types[t]],
                 study.map.plane.loadings(static_cast<Eigen::Index>(t), static_cast<Eigen::Index>(k)),
                 study.map.plane.explained[k]});
  return table;
}

Table distance_table(const DefStudy& study) {
  Table table{"variation",
              "Variation between surveys that the models preserve",
              "Distance between a rater's points of two surveys on the map, and its ratio to people's own distance; "
              "bootstrap over questions within types, the map drawn anew each time. A distance does not say in which "
              "direction: see the nearest people in the map.",
              {text_column("rater"), text_column("first"), text_column("second"), real_column("distance"),
               real_column("conf_low"), real_column("conf_high"), real_column("ratio"), real_column("ratio_low"),
               real_column("ratio_high")},
              {}};
  for (const Preserved& one : preserved_distances(study))
    table.add({study.rater_name(one.pair.model), study.counts.surveys[one.pair.first],
               study.counts.surveys[one.pair.second], one.distance, one.low, one.high, one.ratio, one.ratio_low,
               one.ratio_high});
  return table;
}

findings::Figure map_figure(const DefStudy& study) {
  auto figure = findings::make_figure(findings::FigureKind::scatter, "map", "Cultural variation map");
  const auto axis = [&](std::size_t k) {
    const int percent = static_cast<int>(std::lround(100 * study.map.plane.explained[k]));
    return findings::Axis{.title = "Component " + std::to_string(k + 1),
                          .unit = std::to_string(percent) + " % of the variance"};
  };
  figure.x = axis(0);
  figure.y = axis(1);
  figure.sample = std::to_string(study.map.raters.size()) + " points, " + std::to_string(study.map.types.size()) +
                  " types of values";
  figure.caption = "Principal components of the mean answer codes by type; near points answer alike.";
  figure.alt = "People and models of every survey as points in a plane, labelled by rater.";
  for (std::size_t i = 0; i < study.map.raters.size(); ++i)
    figure.add({std::string(), study.counts.surveys[study.map.raters[i].survey],
                study.rater_name(study.map.raters[i].model), study.map.plane.points(static_cast<Eigen::Index>(i), 0),
                study.map.plane.points(static_cast<Eigen::Index>(i), 1)});
  return figure;
}

}  // namespace meridian::opinions
