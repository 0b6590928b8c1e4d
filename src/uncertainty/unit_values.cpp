#include "uncertainty/unit_values.hpp"

#include <algorithm>
#include <set>

#include "analysis/analysis_design.hpp"
#include "analysis/unit_contrasts.hpp"
#include "error.hpp"

namespace meridian::uncertainty {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

[[noreturn]] void lacks(const UnitSource& source, const std::string& found, const std::string& expected) {
  throw InputError("--analysis", "'" + source.study.job.analyses[source.analysis].name + "' with " + found, expected,
                   "Name an analysis of the run that has them.");
}

resampling::Labels first_origin(const UnitSource& source) {
  const analysis::Layout& layout = source.study.layouts[source.analysis];
  std::set<std::string> origins;
  for (const std::size_t model : layout.models) origins.insert(source.study.panel.models[model].origin);
  resampling::Labels first;
  for (const std::size_t model : layout.models)
    first.push_back(source.study.panel.models[model].origin == *origins.begin());
  const auto ones = std::count(first.begin(), first.end(), std::uint8_t{1});
  if (origins.size() != 2 || ones < 2 || static_cast<std::ptrdiff_t>(first.size()) - ones < 2)
    lacks(source, std::to_string(origins.size()) + " origins of models", "two origins with at least two models each");
  return first;
}

/// Sums over people and conditions and how many cosines they hold, models x variants, for one nation.
struct Sums {
  MatrixXd sum, count;
  MatrixXd mean() const { return sum.cwiseQuotient(count); }
};

std::vector<Sums> sums_of(const UnitSource& source) {
  const analysis::Layout& layout = source.study.layouts[source.analysis];
  const auto models = static_cast<Index>(layout.models.size()), variants = static_cast<Index>(layout.variants.size());
  std::vector<Sums> sums(layout.nations.size(), {MatrixXd::Zero(models, variants), MatrixXd::Zero(models, variants)});
  for (const auto& [key, moments] : source.moments)
    for (const std::size_t row : analysis::rows_of(layout, key)) {
      const std::size_t cell = layout.cells[static_cast<std::size_t>(key.nation)][row].model;
      const auto model = std::find(layout.models.begin(), layout.models.end(), cell) - layout.models.begin();
      const auto variant = static_cast<Index>(row / layout.rows_per_variant());
      Sums& own = sums[static_cast<std::size_t>(key.nation)];
      own.sum(model, variant) += moments.count * moments.mean[static_cast<Index>(row)];
      own.count(model, variant) += moments.count;
    }
  return sums;
}

/// The mean over all people, and the gap if there are two nations; models x variants each.
std::vector<std::pair<std::string, MatrixXd>> means_of(const UnitSource& source) {
  const std::vector<Sums> nations = sums_of(source);
  Sums all = nations.front();
  for (std::size_t n = 1; n < nations.size(); ++n) {
    all.sum += nations[n].sum;
    all.count += nations[n].count;
  }
  std::vector<std::pair<std::string, MatrixXd>> means = {{"origin", all.mean()}};
  if (nations.size() == 2) means.emplace_back("nation:origin", nations[0].mean() - nations[1].mean());
  return means;
}

}  // namespace

UnitValues values_by_origin(const UnitSource& source) {
  UnitValues units;
  units.first = first_origin(source);
  const auto means = means_of(source);
  units.values.resize(static_cast<Index>(units.first.size()), static_cast<Index>(means.size()));
  for (std::size_t i = 0; i < means.size(); ++i) {
    units.terms.push_back(means[i].first);
    units.families.emplace_back("all");
    units.values.col(static_cast<Index>(i)) = means[i].second.col(0);
  }
  return units;
}

UnitValues changes_by_origin(const UnitSource& source) {
  const analysis::Layout& layout = source.study.layouts[source.analysis];
  if (layout.variants.size() < 2) lacks(source, "no removal variants", "an analysis with removed parts");
  UnitValues units;
  units.first = first_origin(source);
  const auto means = means_of(source);
  const auto variants = static_cast<Index>(layout.variants.size());
  units.values.resize(static_cast<Index>(units.first.size()), static_cast<Index>(means.size()) * (variants - 1));
  Index column = 0;
  for (const auto& [term, values] : means)
    for (Index variant = 1; variant < variants; ++variant) {
      units.terms.push_back(term + ":" +
                            source.study.panel.variants[layout.variants[static_cast<std::size_t>(variant)]].name);
      units.families.push_back(term);
      units.values.col(column++) = values.col(variant) - values.col(0);
    }
  return units;
}

UnitValues contrasts_with(const UnitSource& source, const std::string& variable) {
  const analysis::Layout& layout = source.study.layouts[source.analysis];
  const auto design = analysis::make_analysis_design(source.study.panel, layout,
                                                     source.study.job.analyses[source.analysis], source.moments);
  const auto contrasts = analysis::contrasts_by_level({design.design, design.blocks, design.moments},
                                                      design.table.frame.find("llm").codes);
  UnitValues units;
  std::vector<const std::vector<double>*> columns;
  for (const analysis::UnitContrast& contrast : contrasts) {
    const int assign = design.design.assign[static_cast<std::size_t>(contrast.column)];
    const models::TermSet& terms = design.formula.fixed;
    const auto& variables = terms.terms[static_cast<std::size_t>(assign - 1)];
    const bool has = std::any_of(variables.begin(), variables.end(),
                                 [&](int index) { return terms.names[static_cast<std::size_t>(index)] == variable; });
    if (!has || contrast.units != layout.models.size()) continue;
    units.families.emplace_back("all");
    units.terms.push_back(design.design.names[static_cast<std::size_t>(contrast.column)]);
    columns.push_back(&contrast.values);
  }
  if (columns.empty()) lacks(source, "no effect of " + variable + " within models", "a formula with " + variable);
  units.values.resize(static_cast<Index>(layout.models.size()), static_cast<Index>(columns.size()));
  for (std::size_t c = 0; c < columns.size(); ++c)
    units.values.col(static_cast<Index>(c)) =
        Eigen::Map<const VectorXd>(columns[c]->data(), static_cast<Index>(layout.models.size()));
  return units;
}

}  // namespace meridian::uncertainty
