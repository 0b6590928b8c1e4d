#include <algorithm>
#include <cmath>

#include "analysis/analysis_design.hpp"
#include "analysis/iteration_aware.hpp"
#include "analysis/people_cloud.hpp"
#include "error.hpp"
#include "models/mixed_model.hpp"
#include "panel/variants.hpp"
#include "power/planned_study.hpp"
#include "uncertainty/analysis_subject.hpp"
#include "uncertainty/tiles.hpp"

namespace meridian::power {
namespace {

/// Levels of llm within the origins of the models.
resampling::Strata origins_of(const analysis::Study& study, const models::Variable& llm) {
  std::vector<std::string> names;
  std::vector<std::int32_t> origin;
  for (const std::string& level : llm.levels) {
    const auto model = std::find_if(study.panel.models.begin(), study.panel.models.end(),
                                    [&](const survey::Model& known) { return known.name == level; });
    const auto known = std::find(names.begin(), names.end(), model->origin);
    origin.push_back(static_cast<std::int32_t>(known - names.begin()));
    if (known == names.end()) names.push_back(model->origin);
  }
  return resampling::strata_of(origin);
}

CrossedDesign crossed_of(const analysis::Study& study, const analysis::AnalysisDesign& design) {
  CrossedDesign crossed;
  crossed.formula = design.formula;
  crossed.frame = design.table.frame;
  crossed.blocks = design.blocks;
  std::vector<std::int32_t> nations;
  for (std::size_t k = 0; k < design.classes.size(); ++k) {
    nations.push_back(design.classes[k].nation);
    crossed.people.push_back(design.moments[k].count);
  }
  crossed.nations = resampling::strata_of(nations);
  crossed.origins = origins_of(study, crossed.frame.find(crossed.model));
  return crossed;
}

/// Mean share of noise over the cells of the whole instrument; 0 where only means are known.
double noise_share(const analysis::Study& study, const analysis::Layout& layout) {
  const findings::Table table = analysis::iteration_aware_table(study.panel, layout, study.models);
  double sum = 0, cells = 0;
  for (const auto& row : table.rows) {
    const auto* share = std::get_if<double>(&row[table.column("noise_share")]);
    const bool whole = std::get<std::string>(row[table.column("removed")]) == panel::variant_none().name;
    if (share == nullptr || !whole) continue;
    sum += *share;
    ++cells;
  }
  return cells > 0 ? sum / cells : 0;
}

Elicitation elicitation_of(const analysis::Study& study, const analysis::Layout& layout) {
  const auto items = panel::remaining_items(panel::variant_none(), study.panel.items());
  Elicitation elicitation;
  elicitation.items = static_cast<double>(items.size());
  elicitation.noise_share = noise_share(study, layout);
  double square = 0;
  for (std::size_t g = 0; g < layout.nations.size(); ++g)
    square += std::pow(analysis::cloud_of(study.panel, layout, g, items).homogeneity, 2);
  elicitation.homogeneity = std::sqrt(square / static_cast<double>(layout.nations.size()));
  return elicitation;
}

}  // namespace

PlannedStudy planned_from(const analysis::Study& study, const std::string& name, int threads) {
  const std::size_t a = uncertainty::analysis_index(study, name);
  const analysis::AnalysisJob& job = study.job.analyses[a];
  if (job.formula.find('|') == std::string::npos)
    throw InputError("--analysis", "'" + name + "' without a mixed model", "an analysis with random terms",
                     "Name another, or state a model with --model.");
  const analysis::Layout& layout = study.layouts[a];
  const analysis::AnalysisDesign design =
      analysis::make_analysis_design(study.panel, layout, job, uncertainty::analysis_moments(study, layout, threads));
  models::FitOptions options;
  options.method = job.maximum_likelihood ? models::Method::ml : models::Method::reml;
  const models::Fit fit = models::fit_mixed(design.design, "participant", design.blocks, design.moments, options);
  PlannedStudy planned;
  planned.title = job.title.empty() ? name : job.title;
  planned.crossed = crossed_of(study, design);
  planned.truth = truth_of(fit, design.design);
  planned.elicitation = elicitation_of(study, layout);
  planned.maximum_likelihood = job.maximum_likelihood;
  planned.fingerprint = uncertainty::analysis_fingerprint(study, job);
  planned.fingerprint.emplace_back("analysis", name);
  return planned;
}

}  // namespace meridian::power
