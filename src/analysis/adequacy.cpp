#include "analysis/adequacy.hpp"

#include <Eigen/QR>
#include <algorithm>
#include <cmath>
#include <set>

#include "analysis/slope_term.hpp"
#include "inference/sign_flip.hpp"

namespace meridian::analysis {
namespace {

/// The random columns of the factor make up the effect's column, whatever they are called.
bool has_slope(const models::Design& design, const std::string& group, Eigen::Index column) {
  Eigen::MatrixXd z(design.x.rows(), 0);
  for (const models::RandomTerm& term : design.random) {
    if (term.group != group) continue;
    z.conservativeResize(Eigen::NoChange, z.cols() + term.z.cols());
    z.rightCols(term.z.cols()) = term.z;
  }
  if (z.cols() == 0) return false;
  const Eigen::VectorXd x = design.x.col(column);
  const Eigen::VectorXd left = x - z * z.colPivHouseholderQr().solve(x);
  return left.norm() < 1e-7 * x.norm();
}

std::vector<std::string> variables_of(const models::TermSet& terms, int assign) {
  std::vector<std::string> names;
  for (const int variable : terms.terms[static_cast<std::size_t>(assign - 1)])
    names.push_back(terms.names[static_cast<std::size_t>(variable)]);
  return names;
}

/// The t test of the mean over units; its degrees of freedom are fewer with moderators.
inference::OneSample unit_test(const UnitContrast& contrast) {
  const std::size_t units = contrast.units - std::min(contrast.units, contrast.lost) + 1;
  const double share = static_cast<double>(units) / static_cast<double>(contrast.units);
  return inference::one_sample_t({units, contrast.mean, share * contrast.variance});
}

EffectAdequacy judge(const models::Formula& formula, const models::Design& design, const models::Fit& fit,
                     const std::string& group, const UnitContrast& contrast) {
  const auto column = static_cast<std::size_t>(contrast.column);
  const models::Coefficient& published = fit.coefficients[column];
  EffectAdequacy effect;
  effect.term = design.names[column];
  effect.group = group;
  effect.variables = variables_of(formula.fixed, design.assign[column]);
  effect.slope = has_slope(design, group, contrast.column);
  effect.units = contrast.units;
  effect.by_unit = unit_test(contrast);
  effect.sign_flip_p = inference::sign_flip_p(contrast.values);
  effect.model_error = published.std_error;
  effect.model_p = published.p_value;
  effect.ratio = effect.by_unit.std_error / published.std_error;
  if (!effect.slope) effect.remedy = slope_term(formula, group, {effect.variables});
  return effect;
}

std::string combined_remedy(const models::Formula& formula, const std::string& group,
                            const std::vector<EffectAdequacy>& effects) {
  std::vector<std::vector<std::string>> missing;
  for (const EffectAdequacy& effect : effects)
    if (effect.group == group && effect.doubtful() && !effect.slope) missing.push_back(effect.variables);
  return slope_term(formula, group, missing);
}

void add_group(const models::Formula& formula, const models::Design& design, const models::Fit& fit,
               const std::string& group, const std::vector<UnitContrast>& contrasts, Adequacy& adequacy) {
  for (const UnitContrast& contrast : contrasts)
    adequacy.effects.push_back(judge(formula, design, fit, group, contrast));
  const std::string remedy = combined_remedy(formula, group, adequacy.effects);
  if (!remedy.empty()) adequacy.remedies.push_back(remedy);
}

/// Working responses and weights of a weighted least-squares step (McCullagh & Nelder 1989, section 2.5).
models::Design working_design(const models::Design& design, const models::GeneralizedFit& model) {
  const models::Responses responses = models::read_responses(design, model.family);
  models::Design working = design;
  working.weights.resize(design.x.rows());
  for (Eigen::Index row = 0; row < design.x.rows(); ++row) {
    const double eta = model.predictor[row];
    const models::ResponsePoint point = responses.point(row, eta);
    working.weights[row] = point.weight;
    working.response[row] = eta - responses.offset[row] + point.residual / point.weight;
  }
  return working;
}

}  // namespace

Adequacy design_adequacy(const models::Formula& formula, const ClassData& data, const std::vector<std::int32_t>& llm,
                         const models::Fit& fit) {
  Adequacy adequacy;
  add_group(formula, data.design, fit, "llm", contrasts_by_level(data, llm), adequacy);
  add_group(formula, data.design, fit, "participant", contrasts_by_person(data), adequacy);
  return adequacy;
}

Adequacy design_adequacy(const models::Formula& formula, const models::Design& design, const models::Fit& fit) {
  const std::vector<models::ClassBlock> all = {{0, design.x.rows()}};
  std::vector<models::ClassMoments> one(1);
  one[0].count = 1;
  one[0].mean = design.response;
  Adequacy adequacy;
  std::set<std::string> done;
  for (const models::RandomTerm& term : design.random) {
    if (!done.insert(term.group).second) continue;
    std::vector<UnitContrast> contrasts = contrasts_by_level({design, all, one}, term.level);
    // A person of a table may have three rows or three hundred: slopes of three rows alone would raise an alarm.
    for (UnitContrast& contrast : contrasts) contrast = weighted_by_moderators(contrast);
    add_group(formula, design, fit, term.group, contrasts, adequacy);
  }
  return adequacy;
}

Adequacy design_adequacy(const models::Formula& formula, const models::Design& design,
                         const models::GeneralizedFit& model) {
  return design_adequacy(formula, working_design(design, model), model.fit);
}

}  // namespace meridian::analysis
