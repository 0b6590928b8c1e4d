#include <cmath>

#include "error.hpp"
#include "models/mixed_model.hpp"

namespace meridian::models {

namespace {

/// Predictions of every level of the pooled factor, in the order of its levels.
void list_pooled_effects(const MixedModel& model, const PooledDesign& pooled, const Design& design,
                         const RandomStructure& structure, Fit& fit) {
  for (const GroupingFactor& factor : structure.factors) {
    if (factor.name != pooled.factor) continue;
    const std::vector<std::string>& names = design.random[factor.terms.front()].levels;
    Eigen::MatrixXd value(names.size(), factor.width), deviation(names.size(), factor.width);
    for (std::size_t k = 0; k < pooled.members.size(); ++k) {
      const PersonMaps maps = model.person_maps(k);
      for (std::size_t i = 0; i < pooled.members[k].size(); ++i) {
        const Eigen::VectorXd y = pooled.responses[k].row(static_cast<Eigen::Index>(i));
        value.row(pooled.members[k][i]) = maps.effect_map * y - maps.effect_offset;
        deviation.row(pooled.members[k][i]) = maps.effect_covariance.diagonal().cwiseSqrt();
      }
    }
    for (Eigen::Index level = 0; level < value.rows(); ++level)
      for (Eigen::Index j = 0; j < factor.width; ++j)
        fit.random_effects.push_back({factor.name, names[static_cast<std::size_t>(level)],
                                      factor.columns[static_cast<std::size_t>(j)], value(level, j),
                                      deviation(level, j)});
  }
}

void require_random_effects(const Design& design) {
  if (design.random.empty())
    throw InputError("formula", "no random effects", "at least one term (columns | group)", "Fit it as a linear model");
}

}  // namespace

MixedModel estimate_mixed(const Design& design, const std::string& eliminated, const std::vector<ClassBlock>& blocks,
                          const std::vector<ClassMoments>& moments, const FitOptions& options) {
  require_random_effects(design);
  const RandomStructure structure = random_structure(design.random);
  return {design, eliminated, project_moments(design, structure, eliminated, blocks, moments), options};
}

Fit fit_mixed(const Design& design, const std::string& eliminated, const std::vector<ClassBlock>& blocks,
              const std::vector<ClassMoments>& moments, const FitOptions& options) {
  return std::move(estimate_mixed(design, eliminated, blocks, moments, options).fit());
}

MixedModel estimate_mixed(const Design& design, const FitOptions& options) {
  require_random_effects(design);
  const RandomStructure structure = random_structure(design.random);
  PooledDesign pooled = pool_levels(design, structure);
  MixedModel model(std::move(pooled.design), pooled.factor, std::move(pooled.classes), options);
  if (options.effects_of_pooled) list_pooled_effects(model, pooled, design, structure, model.fit());
  return model;
}

Fit fit_mixed(const Design& design, const FitOptions& options) {
  return std::move(estimate_mixed(design, options).fit());
}

}  // namespace meridian::models
