#include "analysis/gap.hpp"

#include <Eigen/Core>
#include <cmath>

#include "analysis/people_cloud.hpp"
#include "panel/variants.hpp"

namespace meridian::analysis {
namespace {

using Eigen::VectorXd;

constexpr double kNormal975 = 1.959963984540054;

}  // namespace

VectorXd unit_vector(const panel::Panel& panel, std::size_t person) {
  return unit_vector(panel, person, panel::remaining_items(panel::variant_none(), panel.items()));
}

VectorXd model_direction(const panel::Panel& panel, const Layout& layout, std::size_t nation, std::size_t model) {
  const auto items = static_cast<Eigen::Index>(panel.items());
  VectorXd total = VectorXd::Zero(items);
  int met = 0;
  for (const Cell& cell : layout.cells[nation]) {
    if (cell.variant != 0 || cell.model != model) continue;
    VectorXd vector = Eigen::Map<const VectorXd>(panel.vector(cell.condition, model), items);
    vector.array() -= panel.centre[cell.condition * panel.models.size() + model];
    total += vector / vector.norm();
    ++met;
  }
  return total / met;
}

GapParts gap_parts(const VectorXd& first_mean, const VectorXd& first_model, const VectorXd& second_mean,
                   const VectorXd& second_model) {
  const double first_length = first_mean.norm(), second_length = second_mean.norm();
  const double first_cosine = first_mean.dot(first_model) / first_length;
  const double second_cosine = second_mean.dot(second_model) / second_length;
  return {first_mean.dot(first_model) - second_mean.dot(second_model),
          (first_length - second_length) * (first_cosine + second_cosine) / 2,
          (first_cosine - second_cosine) * (first_length + second_length) / 2};
}

namespace {

/// Similarity of one nation with one model as R * c, and the gradients of both parts in the nation's mean vector.
struct Factors {
  double similarity = 0, cosine = 0;
  VectorXd toward_cosine;
};

Factors factors_of(const Cloud& cloud, const VectorXd& model) {
  Factors factors;
  factors.similarity = cloud.mean.dot(model);
  factors.cosine = factors.similarity / cloud.homogeneity;
  factors.toward_cosine = (model - factors.cosine * cloud.direction) / cloud.homogeneity;
  return factors;
}

struct Estimate {
  double value = 0, error = 0;
};

void push(std::vector<findings::Cell>& row, const Estimate& estimate) {
  row.emplace_back(estimate.value);
  row.emplace_back(estimate.value - kNormal975 * estimate.error);
  row.emplace_back(estimate.value + kNormal975 * estimate.error);
}

double standard_error(const Cloud& first, const VectorXd& gradient_first, const Cloud& second,
                      const VectorXd& gradient_second) {
  return std::sqrt(gradient_first.dot(first.covariance * gradient_first) +
                   gradient_second.dot(second.covariance * gradient_second));
}

std::vector<findings::Cell> gap_row(const std::string& llm, const std::string& origin, const Cloud clouds[2],
                                    const VectorXd directions[2]) {
  const Factors a = factors_of(clouds[0], directions[0]), b = factors_of(clouds[1], directions[1]);
  const double ra = clouds[0].homogeneity, rb = clouds[1].homogeneity;
  const double mean_cosine = (a.cosine + b.cosine) / 2, mean_length = (ra + rb) / 2;
  const GapParts parts = gap_parts(clouds[0].mean, directions[0], clouds[1].mean, directions[1]);
  const Estimate homogeneity = {
      parts.homogeneity,
      standard_error(clouds[0], clouds[0].direction * mean_cosine + a.toward_cosine * ((ra - rb) / 2), clouds[1],
                     -clouds[1].direction * mean_cosine + b.toward_cosine * ((ra - rb) / 2))};
  const double turn = (a.cosine - b.cosine) / 2;
  const Estimate direction = {
      parts.direction, standard_error(clouds[0], a.toward_cosine * mean_length + clouds[0].direction * turn, clouds[1],
                                      -b.toward_cosine * mean_length + clouds[1].direction * turn)};
  const Estimate gap = {parts.gap, standard_error(clouds[0], directions[0], clouds[1], VectorXd(-directions[1]))};
  std::vector<findings::Cell> row = {llm, origin, a.similarity, b.similarity, a.cosine, b.cosine};
  push(row, gap);
  push(row, homogeneity);
  push(row, direction);
  return row;
}

findings::Table ceilings_table(const Layout& layout, const std::vector<Cloud>& clouds) {
  findings::Table table;
  table.name = "ceilings";
  table.title = "Homogeneity of the people of each nation";
  table.caption =
      "R is the length of the mean of the people's unit vectors: no model can be more similar to the nation on "
      "average. 95 % limits: delta method over people.";
  using findings::Kind;
  table.columns = {{"nation", Kind::text, ""},
                   {"people", Kind::integer, ""},
                   {"homogeneity", Kind::real, "cosine"},
                   {"conf_low", Kind::real, "cosine"},
                   {"conf_high", Kind::real, "cosine"}};
  for (std::size_t nation = 0; nation < clouds.size(); ++nation) {
    const Cloud& cloud = clouds[nation];
    std::vector<findings::Cell> row = {layout.nations[nation], cloud.people};
    push(row, {cloud.homogeneity, std::sqrt(cloud.direction.dot(cloud.covariance * cloud.direction))});
    table.add(row);
  }
  return table;
}

findings::Table gap_table_frame(const Layout& layout) {
  findings::Table table;
  const std::string &first = layout.nations[0], &second = layout.nations[1];
  table.name = "gap";
  table.title = "Where the gap comes from: " + first + " minus " + second;
  table.caption =
      "Mean similarity is homogeneity of the people times the cosine of the model with the people's mean direction; "
      "the gap splits into a homogeneity and a direction part (average of the two orderings). mean_1, cosine_1: " +
      first + "; mean_2, cosine_2: " + second + ". 95 % limits: delta method over people, these models.";
  table.columns = {{"llm", findings::Kind::text, ""}, {"origin", findings::Kind::text, ""}};
  for (const char* name : {"mean_1", "mean_2", "cosine_1", "cosine_2", "gap", "gap_low", "gap_high", "homogeneity_part",
                           "homogeneity_low", "homogeneity_high", "direction_part", "direction_low", "direction_high"})
    table.columns.push_back({name, findings::Kind::real, "cosine"});
  return table;
}

}  // namespace

std::vector<findings::Table> gap_tables(const panel::Panel& panel, const Layout& layout) {
  std::vector<Cloud> clouds;
  const std::vector<std::size_t> all = panel::remaining_items(panel::variant_none(), panel.items());
  for (std::size_t nation = 0; nation < layout.nations.size(); ++nation)
    clouds.push_back(cloud_of(panel, layout, nation, all));
  std::vector<findings::Table> tables = {ceilings_table(layout, clouds)};
  if (clouds.size() != 2) return tables;
  findings::Table table = gap_table_frame(layout);
  VectorXd total[2] = {VectorXd::Zero(clouds[0].mean.size()), VectorXd::Zero(clouds[0].mean.size())};
  for (const std::size_t model : layout.models) {
    const VectorXd directions[2] = {model_direction(panel, layout, 0, model), model_direction(panel, layout, 1, model)};
    for (int nation = 0; nation < 2; ++nation) total[nation] += directions[nation];
    table.add(gap_row(panel.models[model].name, panel.models[model].origin, clouds.data(), directions));
  }
  for (VectorXd& sum : total) sum /= static_cast<double>(layout.models.size());
  table.add(gap_row("(all models)", "", clouds.data(), total));
  tables.push_back(table);
  return tables;
}

}  // namespace meridian::analysis
