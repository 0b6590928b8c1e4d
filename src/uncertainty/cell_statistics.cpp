#include "uncertainty/cell_statistics.hpp"

#include <algorithm>
#include <limits>
#include <memory>
#include <set>

#include "analysis/gap.hpp"

namespace meridian::uncertainty {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using inference::Scale;

/// Where a row of the template belongs: nation, position of variant and model in the layout.
struct Place {
  std::size_t nation = 0, variant = 0, model = 0;
};

struct Cells {
  std::vector<Place> place;                      ///< per row of the template
  std::vector<std::vector<std::size_t>> groups;  ///< positions of models: one list per origin
  std::size_t nations = 0, variants = 0, models = 0;
  std::size_t variant = 0;        ///< whose rows the statistics are about
  bool compares_variants = true;  ///< also what the other variants change
  bool these_models = false;
  std::vector<Statistic> statistics;
};

/// Mean over people and conditions per (nation, variant), one column per model.
using Means = std::vector<std::vector<VectorXd>>;

std::vector<Place> places_of(const AnalysisSample& analysis) {
  const analysis::Layout& layout = analysis.layout;
  std::vector<Place> places;
  for (const analysis::PersonClass& key : analysis.classes)
    for (const std::size_t row : analysis::rows_of(layout, key)) {
      const analysis::Cell& cell = layout.cells[static_cast<std::size_t>(key.nation)][row];
      const auto model = std::find(layout.models.begin(), layout.models.end(), cell.model) - layout.models.begin();
      places.push_back(
          {static_cast<std::size_t>(key.nation), row / layout.rows_per_variant(), static_cast<std::size_t>(model)});
    }
  return places;
}

Means means_of(const Cells& cells, const Replicate& replicate) {
  Means sums(cells.nations, std::vector<VectorXd>(cells.variants, VectorXd::Zero(static_cast<Index>(cells.models))));
  Means counts = sums;
  Index row = 0;
  for (const models::PooledClass& one : replicate.data.classes)
    for (Index cell = 0; cell < one.block.rows; ++cell, ++row) {
      const Place& place = cells.place[static_cast<std::size_t>(replicate.data.row_of[static_cast<std::size_t>(row)])];
      sums[place.nation][place.variant][static_cast<Index>(place.model)] += one.count * one.mean[cell];
      counts[place.nation][place.variant][static_cast<Index>(place.model)] += one.count;
    }
  for (std::size_t nation = 0; nation < cells.nations; ++nation)
    for (std::size_t v = 0; v < cells.variants; ++v)
      sums[nation][v] = sums[nation][v].cwiseQuotient(counts[nation][v]);  // NaN for a model that was not drawn
  return sums;
}

/// Over the models of a list, each as often as it was drawn.
double weighted_mean(const VectorXd& values, const VectorXd& times, const std::vector<std::size_t>& models) {
  double sum = 0, weight = 0;
  for (const std::size_t model : models) {
    const auto m = static_cast<Index>(model);
    if (!(times[m] > 0)) continue;
    sum += times[m] * values[m];
    weight += times[m];
  }
  return sum / weight;  // NaN when none was drawn
}

double rank_of(const VectorXd& values, Index model) {
  return 1 + static_cast<double>((values.array() > values[model]).count());
}

void push_gaps(const Cells& cells, const Means& means, const VectorXd& times, std::vector<double>& values) {
  const VectorXd difference = means[0][cells.variant] - means[1][cells.variant];
  std::vector<double> gaps;
  for (const auto& group : cells.groups) gaps.push_back(weighted_mean(difference, times, group));
  values.insert(values.end(), gaps.begin(), gaps.end());
  if (gaps.size() == 3) values.push_back(gaps[1] - gaps[2]);
  for (std::size_t v = 1; cells.compares_variants && v < cells.variants; ++v) {
    const double without = weighted_mean(means[0][v] - means[1][v], times, cells.groups.front());
    values.insert(values.end(), {without, without - gaps[0], (gaps[0] - without) / gaps[0]});
  }
}

VectorXd similarity_values(const Cells& cells, const Replicate& replicate) {
  const Means means = means_of(cells, replicate);
  std::vector<double> values;
  for (const auto& group : cells.groups)
    for (std::size_t nation = 0; nation < cells.nations; ++nation)
      values.push_back(weighted_mean(means[nation][cells.variant], replicate.columns, group));
  if (cells.these_models)
    for (std::size_t nation = 0; nation < cells.nations; ++nation)
      for (Index model = 0; model < static_cast<Index>(cells.models); ++model) {
        values.push_back(means[nation][cells.variant][model]);
        values.push_back(rank_of(means[nation][cells.variant], model));
      }
  if (cells.nations == 2) push_gaps(cells, means, replicate.columns, values);
  return Eigen::Map<const VectorXd>(values.data(), static_cast<Index>(values.size()));
}

/// All models, then those of each origin.
std::vector<std::pair<std::string, std::vector<std::size_t>>> groups_of(const AnalysisSample& analysis) {
  std::vector<std::pair<std::string, std::vector<std::size_t>>> groups = {{"all models", {}}};
  std::set<std::string> origins;
  for (const std::size_t model : analysis.layout.models) origins.insert(analysis.panel.models[model].origin);
  for (const std::string& origin : origins) groups.push_back({"models of " + origin, {}});
  for (std::size_t m = 0; m < analysis.layout.models.size(); ++m) {
    groups.front().second.push_back(m);
    const std::string& origin = analysis.panel.models[analysis.layout.models[m]].origin;
    groups[1 + static_cast<std::size_t>(std::distance(origins.begin(), origins.find(origin)))].second.push_back(m);
  }
  return groups;
}

void name_gaps(const AnalysisSample& analysis, Cells& cells) {
  const analysis::Layout& layout = analysis.layout;
  const auto groups = groups_of(analysis);
  const std::string nations = ", " + layout.nations[0] + " - " + layout.nations[1];
  for (const auto& [name, models] : groups) cells.statistics.push_back({"gap", name + nations, Scale::plain, ""});
  if (groups.size() == 3)
    cells.statistics.push_back(
        {"difference of gaps", groups[1].first + " - " + groups[2].first + nations, Scale::plain, ""});
  for (std::size_t v = 1; cells.compares_variants && v < cells.variants; ++v) {
    const std::string& part = analysis.panel.variants[layout.variants[v]].name;
    for (const char* quantity : {"gap without", "change of the gap without", "share of the gap carried by"})
      cells.statistics.push_back({quantity, part, Scale::plain, ""});
  }
}

StatisticGroup statistics_of(const AnalysisSample& analysis, bool these_models, std::size_t variant,
                             bool compares_variants) {
  const analysis::Layout& layout = analysis.layout;
  auto cells = std::make_shared<Cells>();
  cells->variant = variant;
  cells->compares_variants = compares_variants;
  cells->place = places_of(analysis);
  cells->nations = layout.nations.size();
  cells->variants = layout.variants.size();
  cells->models = layout.models.size();
  cells->these_models = these_models;
  for (const auto& [name, models] : groups_of(analysis)) {
    cells->groups.push_back(models);
    for (const std::string& nation : layout.nations)
      cells->statistics.push_back({"mean similarity", name + ", people of " + nation, Scale::plain, ""});
  }
  if (these_models)
    for (const std::string& nation : layout.nations)
      for (const std::size_t model : layout.models)
        for (const char* quantity : {"mean similarity", "rank"})
          cells->statistics.push_back(
              {quantity, analysis.panel.models[model].name + ", people of " + nation, Scale::plain, ""});
  if (cells->nations == 2) name_gaps(analysis, *cells);
  return {cells->statistics, [cells](const Replicate& replicate) { return similarity_values(*cells, replicate); }};
}

/// People of every nation as unit vectors, and every model's direction for it.
struct Clouds {
  std::vector<std::vector<std::uint32_t>> people;  ///< per nation: indices among the people of the sample
  std::vector<MatrixXd> units;                     ///< per nation: people x items
  std::vector<MatrixXd> directions;                ///< per nation: items x models
  bool these_models = false;
  std::vector<Statistic> statistics;
};

void push(std::vector<double>& values, const analysis::GapParts& parts) {
  values.insert(values.end(), {parts.gap, parts.homogeneity, parts.direction});
}

VectorXd gap_values(const Clouds& clouds, const Replicate& replicate) {
  std::vector<double> values;
  std::vector<VectorXd> means;
  const std::vector<MatrixXd>& directions = replicate.directions ? *replicate.directions : clouds.directions;
  for (std::size_t nation = 0; nation < clouds.units.size(); ++nation) {
    const VectorXd weights = replicate.people(clouds.people[nation]);
    means.push_back(clouds.units[nation].transpose() * weights / weights.sum());
    values.push_back(means.back().norm());
  }
  if (means.size() == 2) {
    const VectorXd share = replicate.columns / replicate.columns.sum();
    push(values, analysis::gap_parts(means[0], directions[0] * share, means[1], directions[1] * share));
    for (Index model = 0; clouds.these_models && model < share.size(); ++model)
      push(values, analysis::gap_parts(means[0], directions[0].col(model), means[1], directions[1].col(model)));
  }
  return Eigen::Map<const VectorXd>(values.data(), static_cast<Index>(values.size()));
}

void fill_clouds(const AnalysisSample& analysis, Clouds& clouds) {
  const analysis::Layout& layout = analysis.layout;
  const auto items = static_cast<Index>(analysis.panel.items());
  for (std::size_t nation = 0; nation < layout.nations.size(); ++nation) {
    std::vector<VectorXd> units;
    clouds.people.emplace_back();
    for (const std::uint32_t person : analysis.sample.people.members[nation]) {
      units.push_back(analysis::unit_vector(analysis.panel, layout.people.first + person));
      if (units.back().size() == 0)
        units.pop_back();
      else
        clouds.people.back().push_back(person);
    }
    MatrixXd& matrix = clouds.units.emplace_back(static_cast<Index>(units.size()), items);
    for (std::size_t i = 0; i < units.size(); ++i) matrix.row(static_cast<Index>(i)) = units[i].transpose();
    MatrixXd& directions = clouds.directions.emplace_back(items, static_cast<Index>(layout.models.size()));
    for (std::size_t m = 0; m < layout.models.size(); ++m)
      directions.col(static_cast<Index>(m)) =
          analysis::model_direction(analysis.panel, layout, nation, layout.models[m]);
  }
}

}  // namespace

StatisticGroup similarity_statistics(const AnalysisSample& analysis, bool these_models) {
  return statistics_of(analysis, these_models, 0, true);
}

StatisticGroup variant_statistics(const AnalysisSample& analysis, std::size_t variant) {
  return statistics_of(analysis, true, variant, false);
}

StatisticGroup gap_statistics(const AnalysisSample& analysis, bool these_models) {
  auto clouds = std::make_shared<Clouds>();
  clouds->these_models = these_models;
  fill_clouds(analysis, *clouds);
  for (const std::string& nation : analysis.layout.nations)
    clouds->statistics.push_back({"homogeneity", "people of " + nation, Scale::plain, ""});
  std::vector<std::string> names = {"all models"};
  if (these_models)
    for (const std::size_t model : analysis.layout.models) names.push_back(analysis.panel.models[model].name);
  if (analysis.layout.nations.size() == 2)
    for (const std::string& name : names)
      for (const char* quantity : {"gap of mean vectors", "homogeneity part", "direction part"})
        clouds->statistics.push_back({quantity, name, Scale::plain, ""});
  return {clouds->statistics, [clouds](const Replicate& replicate) { return gap_values(*clouds, replicate); }};
}

}  // namespace meridian::uncertainty
