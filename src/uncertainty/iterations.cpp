#include "uncertainty/iterations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>

#include "analysis/people_cloud.hpp"
#include "error.hpp"
#include "panel/condition_resolver.hpp"
#include "panel/elicitation_noise.hpp"
#include "panel/variants.hpp"
#include "random/stream.hpp"

namespace meridian::uncertainty {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Variances of the drawn trials: those of the answers about their mean, divided by n. A single answer never varies.
survey::ModelAnswers with_variances_of_draws(survey::ModelAnswers answers) {
  for (survey::Cell& cell : answers.cells) {
    const auto n = static_cast<double>(cell.trials.size());
    cell.variance = n > 1 ? cell.variance * (n - 1) / n : 0;
    if (n == 1) cell.valid = 2;  // known not to vary
  }
  return answers;
}

std::size_t position(const survey::ModelAnswers& answers, const std::string& model) {
  const auto found = std::find_if(answers.models.begin(), answers.models.end(),
                                  [&](const survey::Model& one) { return one.name == model; });
  return static_cast<std::size_t>(found - answers.models.begin());
}

}  // namespace

IterationSampler::IterationSampler(const analysis::Study& study, std::size_t analysis, const Sample& sample,
                                   const std::vector<analysis::PersonClass>& classes,
                                   const models::RandomStructure& structure)
    : study_(study), layout_(study.layouts[analysis]), sample_(sample) {
  std::set<std::string> names;
  for (const auto& cells : layout_.cells)
    for (const analysis::Cell& cell : cells) names.insert(study.panel.conditions[cell.condition].source);
  for (std::size_t s = 0; s < study.models.size(); ++s)
    if (names.count(study.models[s].first)) sources_.push_back(s);
  check_trials();
  for (const std::size_t s : sources_) {
    survey::ModelAnswers& own = means_.emplace_back(study.models[s].second);
    for (survey::Cell& cell : own.cells) cell.trials.clear();
  }
  measure_noise();
  for (std::size_t k = 0; k < classes.size(); ++k) add_cloud(sample.classes[k], classes[k], structure);
}

void IterationSampler::check_trials() const {
  for (const std::size_t s : sources_) {
    const auto& [name, answers] = study_.models[s];
    for (const survey::Cell& cell : answers.cells)
      if (cell.trials.empty() && !std::isnan(cell.mean))
        throw InputError(
            "scheme iterations, [models] " + name,
            answers.file + " holds means (" + answers.models[static_cast<std::size_t>(cell.model)].name + ")",
            "single answers of every iteration",
            "Name a file of trials or a trial store (meridian import) there, or take another scheme.");
  }
}

std::size_t IterationSampler::single_answers() const {
  std::size_t single = 0;
  for (const std::size_t s : sources_)
    for (const survey::Cell& cell : study_.models[s].second.cells) single += cell.trials.size() == 1;
  return single;
}

void IterationSampler::measure_noise() {
  std::map<std::size_t, panel::ElicitationNoise> noise;  // by condition
  for (const auto& cells : layout_.cells)
    for (const analysis::Cell& cell : cells) {
      const panel::Condition& condition = study_.panel.conditions[cell.condition];
      if (!noise.count(cell.condition))
        for (const std::size_t s : sources_)
          if (study_.models[s].first == condition.source)
            noise.emplace(cell.condition,
                          panel::ElicitationNoise(condition, with_variances_of_draws(study_.models[s].second),
                                                  study_.panel.items()));
      const auto items = panel::remaining_items(study_.panel.variants[cell.variant], study_.panel.items());
      noise_[{cell.variant, cell.condition, cell.model}] =
          noise.at(cell.condition).expected(study_.panel.models[cell.model].name, items);
    }
}

void IterationSampler::add_cloud(const SampleClass& own, const analysis::PersonClass& key,
                                 const models::RandomStructure& structure) {
  Cloud cloud;
  cloud.nation = static_cast<std::size_t>(key.nation);
  cloud.rows = analysis::rows_of(layout_, key);
  const auto items = static_cast<Index>(study_.panel.items());
  std::vector<std::size_t> variants;
  for (const std::size_t row : cloud.rows) {
    const std::size_t variant = layout_.cells[cloud.nation][row].variant;
    if (variants.empty() || variants.back() != variant) variants.push_back(variant);
    cloud.first_column.push_back(static_cast<Index>(variants.size() - 1) * items);
  }
  MatrixXd units = MatrixXd::Zero(static_cast<Index>(own.members.size()), static_cast<Index>(variants.size()) * items);
  for (std::size_t v = 0; v < variants.size(); ++v) {
    const auto kept = panel::remaining_items(study_.panel.variants[variants[v]], study_.panel.items());
    for (Index i = 0; i < units.rows(); ++i) {
      const VectorXd unit =
          analysis::unit_vector(study_.panel, layout_.people.first + own.members[static_cast<std::size_t>(i)], kept);
      for (std::size_t at = 0; at < kept.size(); ++at)
        units(i, static_cast<Index>(v) * items + static_cast<Index>(kept[at])) = unit[static_cast<Index>(at)];
    }
  }
  cloud.mean = units.colwise().mean().transpose();
  const MatrixXd deviations = units.rowwise() - cloud.mean.transpose();
  cloud.scatter = deviations.transpose() * deviations;
  cloud.loading = MatrixXd(own.block.rows, 0);
  for (const models::GroupingFactor& factor : structure.factors)
    if (factor.name == sample_.pooled) cloud.loading = models::weighted_columns(sample_.design, factor, own.block);
  clouds_.push_back(std::move(cloud));
}

std::vector<survey::ModelAnswers> IterationSampler::drawn_answers(std::uint64_t seed, std::uint64_t index) const {
  random::Stream stream(seed, "bootstrap iterations", index);
  std::vector<survey::ModelAnswers> drawn = means_;
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    const std::vector<survey::Cell>& cells = study_.models[sources_[i]].second.cells;
    for (std::size_t c = 0; c < cells.size(); ++c) {
      const auto n = static_cast<std::uint32_t>(cells[c].trials.size());
      if (n == 0) continue;
      int sum = 0;  // whole answers: exact
      for (std::uint32_t t = 0; t < n; ++t) sum += cells[c].trials[stream.below(n)];
      drawn[i].cells[c].mean = static_cast<double>(sum) / n;
    }
  }
  return drawn;
}

IterationSampler::Vectors IterationSampler::drawn_vectors(const std::vector<survey::ModelAnswers>& answers) const {
  std::map<std::size_t, std::pair<panel::ConditionResolver, const survey::ModelAnswers*>> resolvers;  // by condition
  Vectors vectors;
  const auto items = static_cast<Index>(study_.panel.items());
  for (const auto& [key, noise] : noise_) {
    const auto& [variant, condition, model] = key;
    const panel::Condition& wanted = study_.panel.conditions[condition];
    for (std::size_t i = 0; i < sources_.size() && !resolvers.count(condition); ++i)
      if (study_.models[sources_[i]].first == wanted.source)
        resolvers.emplace(condition,
                          std::pair(panel::ConditionResolver(wanted, answers[i], study_.panel.items()), &answers[i]));
    const auto& [resolver, source] = resolvers.at(condition);
    const std::size_t place = position(*source, study_.panel.models[model].name);
    const auto kept = panel::remaining_items(study_.panel.variants[variant], study_.panel.items());
    const double centre = resolver.centre(place, kept);
    VectorXd vector = VectorXd::Zero(items);
    for (const std::size_t item : kept) vector[static_cast<Index>(item)] = resolver.vector(place)[item] - centre;
    const double square = vector.squaredNorm() - noise;
    vectors[key] = square > 0 ? VectorXd(vector / std::sqrt(square))
                              : VectorXd::Constant(items, std::numeric_limits<double>::quiet_NaN());
  }
  return vectors;
}

/// Cosines of the class are units' R, R the cells' vectors in their variants' columns: mean R'm, scatter R'SR.
models::PooledClass IterationSampler::pooled(std::size_t k, const Vectors& vectors) const {
  const Cloud& cloud = clouds_[k];
  const SampleClass& own = sample_.classes[k];
  const auto items = static_cast<Index>(study_.panel.items());
  models::PooledClass pooled{own.block, static_cast<double>(own.members.size()), VectorXd(own.block.rows), {}, 0};
  MatrixXd directions = MatrixXd::Zero(cloud.mean.size(), cloud.loading.cols());  // R Z
  for (Index cell = 0; cell < own.block.rows; ++cell) {
    const auto at = static_cast<std::size_t>(cell);
    const analysis::Cell& met = layout_.cells[cloud.nation][cloud.rows[at]];
    const VectorXd& vector = vectors.at({met.variant, met.condition, met.model});
    const Index first = cloud.first_column[at];
    pooled.mean[cell] = cloud.mean.segment(first, items).dot(vector);
    pooled.trace += vector.dot(cloud.scatter.block(first, first, items, items) * vector);
    directions.middleRows(first, items) += vector * cloud.loading.row(cell);
  }
  pooled.projected = directions.transpose() * cloud.scatter * directions;
  return pooled;
}

IterationSampler::Draw IterationSampler::draw(std::uint64_t seed, std::uint64_t index) const {
  const Vectors vectors = drawn_vectors(drawn_answers(seed, index));
  Draw replicate;
  replicate.data.design = sample_.design;
  replicate.data.row_of.resize(static_cast<std::size_t>(sample_.design.x.rows()));
  std::iota(replicate.data.row_of.begin(), replicate.data.row_of.end(), Index{0});
  for (std::size_t k = 0; k < clouds_.size(); ++k) {
    replicate.data.classes.push_back(pooled(k, vectors));
    replicate.data.class_of.push_back(k);
  }
  const auto items = static_cast<Index>(study_.panel.items()), models = static_cast<Index>(layout_.models.size());
  for (const auto& cells : layout_.cells) {
    MatrixXd& directions = replicate.directions.emplace_back(MatrixXd::Zero(items, models));
    const double conditions = static_cast<double>(layout_.rows_per_variant()) / static_cast<double>(models);
    for (std::size_t row = 0; row < layout_.rows_per_variant(); ++row)  // models vary fastest
      directions.col(static_cast<Index>(row) % models) +=
          vectors.at({cells[row].variant, cells[row].condition, cells[row].model}) / conditions;
  }
  return replicate;
}

}  // namespace meridian::uncertainty
