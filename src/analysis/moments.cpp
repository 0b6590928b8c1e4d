#include "analysis/moments.hpp"

#include <algorithm>
#include <cmath>

namespace meridian::analysis {
namespace {

std::string presence(const panel::Panel& panel, const Layout& layout, const similarity::Tile& tile, std::int32_t nation,
                     std::size_t offset) {
  std::string present;
  for (std::size_t v = 0; v < layout.variants.size(); ++v) {
    const Cell& cell = layout.cells[static_cast<std::size_t>(nation)][v * layout.rows_per_variant()];
    const double cosine = tile.row(cell.variant, cell.condition * panel.models.size() + cell.model)[offset];
    present += std::isnan(cosine) ? '0' : '1';
  }
  return present;
}

Eigen::MatrixXd cosines_of(const panel::Panel& panel, const Layout& layout, const similarity::Tile& tile,
                           const PersonClass& key, const std::vector<std::size_t>& people) {
  const std::vector<std::size_t> rows = rows_of(layout, key);
  Eigen::MatrixXd cosines(people.size(), rows.size());
  for (std::size_t column = 0; column < rows.size(); ++column) {
    const Cell& cell = layout.cells[static_cast<std::size_t>(key.nation)][rows[column]];
    const double* values = tile.row(cell.variant, cell.condition * panel.models.size() + cell.model);
    for (std::size_t i = 0; i < people.size(); ++i)
      cosines(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(column)) = values[people[i] - tile.first];
  }
  return cosines;
}

/// Puts moments of the rows present back into all rows of the layout.
models::ClassMoments spread(const Layout& layout, const PersonClass& key, const models::ClassMoments& present) {
  const std::vector<std::size_t> rows = rows_of(layout, key);
  models::ClassMoments all(static_cast<Eigen::Index>(layout.rows()));
  all.count = present.count;
  all.mean(rows) = present.mean;
  all.scatter.setZero(all.mean.size(), all.mean.size());
  if (present.scatter.size() > 0) all.scatter(rows, rows) = present.scatter;
  return all;
}

}  // namespace

void visit_classes(const panel::Panel& panel, const Layout& layout, const similarity::Tile& tile,
                   const ClassVisitor& visit) {
  std::map<PersonClass, std::vector<std::size_t>> classes;
  const std::size_t first = std::max(tile.first, layout.people.first);
  const std::size_t last = std::min(tile.first + tile.people, layout.people.first + layout.people.count);
  for (std::size_t person = first; person < last; ++person) {
    const std::int32_t nation = panel.people.nation[person];
    classes[{nation, presence(panel, layout, tile, nation, person - tile.first)}].push_back(person);
  }
  for (const auto& [key, people] : classes)
    if (key.present.find('1') != std::string::npos) visit(key, cosines_of(panel, layout, tile, key, people), people);
}

Moments gather_block(const panel::Panel& panel, const Layout& layout, const similarity::Tile& tile) {
  Moments moments;
  visit_classes(panel, layout, tile,
                [&](const PersonClass& key, const Eigen::MatrixXd& cosines, const std::vector<std::size_t>&) {
                  models::ClassMoments present(cosines.cols());
                  present.add_block(cosines);
                  moments.emplace(key, spread(layout, key, present));
                });
  return moments;
}

storage::Array to_array(const panel::Panel& panel, const Layout& layout, const AnalysisJob& job,
                        const Moments& moments) {
  storage::Array array;
  array.name = "moments." + layout.analysis;
  storage::Axis classes{"class", {}}, statistics{"statistic", {"count", "mean"}}, rows{"row", {}};
  for (const Cell& cell : layout.cells.front()) rows.labels.push_back(cell_label(panel, cell, job.own_language));
  for (const std::string& row : rows.labels) statistics.labels.push_back("scatter with " + row);
  for (const auto& [key, moment] : moments) {
    classes.labels.push_back(layout.nations[static_cast<std::size_t>(key.nation)] + "|" + key.present);
    for (Eigen::Index row = 0; row < moment.mean.size(); ++row) array.values.push_back(moment.count);
    array.values.insert(array.values.end(), moment.mean.data(), moment.mean.data() + moment.mean.size());
    array.values.insert(array.values.end(), moment.scatter.data(), moment.scatter.data() + moment.scatter.size());
  }
  array.axes = {classes, statistics, rows};
  return array;
}

Moments from_array(const Layout& layout, const storage::Array& array) {
  Moments moments;
  const auto rows = static_cast<Eigen::Index>(layout.rows());
  const double* values = array.values.data();
  for (const std::string& label : array.axes[0].labels) {
    const std::size_t bar = label.rfind('|');
    PersonClass key{0, label.substr(bar + 1)};
    while (layout.nations[static_cast<std::size_t>(key.nation)] != label.substr(0, bar)) ++key.nation;
    models::ClassMoments moment(rows);
    moment.count = values[0];
    moment.mean = Eigen::Map<const Eigen::VectorXd>(values + rows, rows);
    moment.scatter = Eigen::Map<const Eigen::MatrixXd>(values + 2 * rows, rows, rows);
    moments.emplace(key, moment);
    values += rows * (rows + 2);
  }
  return moments;
}

void merge(Moments& into, const Moments& block) {
  for (const auto& [key, moment] : block) {
    const auto [found, fresh] = into.emplace(key, moment);
    if (!fresh) found->second.merge(moment);
  }
}

Moments read_moments(const Layout& layout, const storage::UnitStore& store, const std::vector<std::size_t>& units) {
  Moments moments;
  for (const std::size_t unit : units)
    if (layout.meets(unit * store.plan().per_unit, store.plan().per_unit))
      merge(moments, from_array(layout, storage::read_array(store.unit_path(unit), "moments." + layout.analysis)));
  return moments;
}

models::ClassMoments present_rows(const Layout& layout, const PersonClass& key, const models::ClassMoments& moments) {
  const std::vector<std::size_t> rows = rows_of(layout, key);
  models::ClassMoments present(static_cast<Eigen::Index>(rows.size()));
  present.count = moments.count;
  present.mean = moments.mean(rows);
  present.scatter = moments.scatter(rows, rows);
  return present;
}

}  // namespace meridian::analysis
