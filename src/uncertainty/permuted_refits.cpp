#include "uncertainty/permuted_refits.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "error.hpp"

namespace meridian::uncertainty {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Condition with the other language (or persona) among those of the layout's cells.
std::size_t exchanged(const panel::Panel& panel, const std::vector<analysis::Cell>& cells, std::size_t condition,
                      bool language) {
  const panel::Condition& own = panel.conditions[condition];
  for (const analysis::Cell& cell : cells) {
    const panel::Condition& other = panel.conditions[cell.condition];
    const bool holds = language ? other.persona == own.persona : other.language == own.language;
    const bool differs = language ? other.language != own.language : other.persona != own.persona;
    if (holds && differs) return cell.condition;
  }
  return condition;
}

bool holds_all(const std::vector<std::string>& term, const std::vector<std::string>& variables) {
  return std::all_of(variables.begin(), variables.end(),
                     [&](const std::string& name) { return std::count(term.begin(), term.end(), name) > 0; });
}

}  // namespace

RowSources relabelled_rows(const analysis::Layout& layout, const resampling::Labels& observed,
                           const resampling::Labels& labels) {
  std::vector<std::size_t> source(layout.models.size());  // per position of a model: whose responses stand there
  for (const std::uint8_t label : {std::uint8_t{1}, std::uint8_t{0}}) {
    std::size_t from = 0;
    for (std::size_t place = 0; place < source.size(); ++place) {
      if (observed[place] != label) continue;
      while (labels[from] != label) ++from;
      source[place] = from++;
    }
  }
  RowSources rows(layout.rows());
  const std::size_t models = layout.models.size();  // models vary fastest within a variant and condition
  for (std::size_t row = 0; row < rows.size(); ++row) rows[row] = row / models * models + source[row % models];
  return rows;
}

RowSources exchanged_rows(const panel::Panel& panel, const analysis::Layout& layout, bool language,
                          const resampling::Labels& labels) {
  const std::vector<analysis::Cell>& cells = layout.cells.front();
  RowSources rows(layout.rows());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  const std::size_t per_variant = layout.rows_per_variant(), models = layout.models.size();
  for (std::size_t row = 0; row < rows.size(); ++row) {
    if (labels[row % models] == 0) continue;
    const std::size_t condition = exchanged(panel, cells, cells[row].condition, language);
    const std::size_t begin = row / per_variant * per_variant;
    for (std::size_t other = begin; other < begin + per_variant; ++other)
      if (cells[other].condition == condition && cells[other].model == cells[row].model) rows[row] = other;
  }
  return rows;
}

PermutedRefits::PermutedRefits(const analysis::Layout& layout, analysis::AnalysisDesign design, models::Method method,
                               const std::vector<std::string>& variables, const std::vector<std::string>& without)
    : design_(std::move(design)) {
  if (design_.design.random.empty())
    throw InputError("--refit", "'" + layout.analysis + "' without a mixed model", "an analysis with random terms",
                     "Leave --refit out.");
  const models::TermSet& fixed = design_.formula.fixed;
  const bool by_term = std::count(variables.begin(), variables.end(), "removed") > 0;
  for (std::size_t i = 0; i < design_.design.names.size(); ++i) {
    const int assign = design_.design.assign[i];
    if (assign == 0) continue;
    std::vector<std::string> names;
    for (const int index : fixed.terms[static_cast<std::size_t>(assign - 1)])
      names.push_back(fixed.names[static_cast<std::size_t>(index)]);
    const bool other = std::any_of(without.begin(), without.end(), [&](const std::string& name) {
      return std::count(names.begin(), names.end(), name) > 0;
    });
    if (!holds_all(names, variables) || other) continue;
    columns_.push_back(static_cast<Index>(i));
    terms_.push_back(design_.design.names[i]);
    families_.push_back(by_term ? design_.design.term_labels[static_cast<std::size_t>(assign - 1)] : "all");
  }
  if (columns_.empty())
    throw InputError("--refit", "'" + layout.analysis + "' without a fixed effect of what is permuted",
                     "a formula that has it", "Leave --refit out.");
  const models::RandomStructure structure = models::random_structure(design_.design.random);
  for (std::size_t k = 0; k < design_.classes.size(); ++k) {
    rows_.push_back(analysis::rows_of(layout, design_.classes[k]));
    std::vector<Index>& cells = cell_.emplace_back(layout.rows(), -1);
    for (std::size_t cell = 0; cell < rows_[k].size(); ++cell) cells[rows_[k][cell]] = static_cast<Index>(cell);
    MatrixXd& loading = loading_.emplace_back(design_.blocks[k].rows, 0);
    for (const models::GroupingFactor& factor : structure.factors)
      if (factor.name == "participant") loading = models::weighted_columns(design_.design, factor, design_.blocks[k]);
  }
  refitter_ = std::make_unique<models::Refitter>(
      design_.design, "participant",
      models::project_moments(design_.design, structure, "participant", design_.blocks, design_.moments), method);
}

models::PooledClass PermutedRefits::permuted(std::size_t k, const RowSources& sources) const {
  const models::ClassMoments& moments = design_.moments[k];
  models::PooledClass pooled{
      design_.blocks[k], moments.count, VectorXd(moments.mean.size()), {}, moments.scatter.trace()};
  MatrixXd loading(loading_[k].rows(), loading_[k].cols());  // of each cell's responses: that of the row they stand in
  for (std::size_t cell = 0; cell < rows_[k].size(); ++cell) {
    const Index from = cell_[k][sources[rows_[k][cell]]];
    pooled.mean[static_cast<Index>(cell)] = moments.mean[from];
    loading.row(from) = loading_[k].row(static_cast<Index>(cell));
  }
  pooled.projected = loading.transpose() * moments.scatter * loading;
  return pooled;
}

PermutedRefits::Values PermutedRefits::refit(const RowSources& sources) const {
  std::vector<models::PooledClass> classes;
  for (std::size_t k = 0; k < design_.classes.size(); ++k) classes.push_back(permuted(k, sources));
  const auto size = static_cast<Index>(columns_.size());
  Values values{VectorXd::Constant(size, std::numeric_limits<double>::quiet_NaN()), {}};
  values.t = values.estimate;
  try {
    const models::Fit fit = refitter_->refit(design_.design, classes);
    values.estimate = fit.beta(columns_);
    values.t = values.estimate.cwiseQuotient(fit.vcov.diagonal()(columns_).cwiseSqrt());
  } catch (const InputError&) {  // NaN counts as reaching the observed statistic, so p can only grow
  }
  return values;
}

}  // namespace meridian::uncertainty
