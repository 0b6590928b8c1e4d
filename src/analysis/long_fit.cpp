#include "analysis/long_fit.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/fit_text.hpp"
#include "error.hpp"
#include "inference/quantiles.hpp"
#include "models/mixed_model.hpp"

namespace meridian::analysis {
namespace {

/// A misspelt name would leave the default contrasts in place without a word.
void check_contrast_names(const models::ContrastChoices& contrasts, const models::Formula& formula) {
  std::vector<std::string> known = formula.fixed.names;
  for (const models::RandomPart& part : formula.random)
    known.insert(known.end(), part.columns.names.begin(), part.columns.names.end());
  for (const auto& [name, choice] : contrasts)
    if (std::find(known.begin(), known.end(), name) == known.end())
      throw InputError("--contrast", "'" + name + "'", "a factor of the formula",
                       "Write it as the formula does: nation, factor(dose)");
}

FiveNumbers five_numbers(const Eigen::VectorXd& residuals) {
  const inference::FiveNumbers five = inference::five_numbers({residuals.begin(), residuals.end()});
  return {five.min, five.q1, five.median, five.q3, five.max};
}

LongFit mixed(const models::Design& design, const std::vector<models::TermHypothesis>& hypotheses,
              const LongFitRequest& request) {
  models::FitOptions options;
  options.method = request.maximum_likelihood ? models::Method::ml : models::Method::reml;
  options.formula = request.formula;
  options.effects_of_pooled = true;
  if (request.kenward_roger) options.small_sample = models::SmallSample::kenward_roger;
  const models::MixedModel model = models::estimate_mixed(design, options);
  const models::Fit& fit = model.fit();
  const auto df = [&](const Eigen::VectorXd& l) { return model.contrast_df(l); };
  const auto tests = request.kenward_roger ? models::term_tests(hypotheses, fit, *model.kenward_roger())
                                           : models::term_tests(hypotheses, fit, df);
  const models::FitStatistics statistics = models::fit_statistics(design, {}, fit);
  const FiveNumbers residuals = five_numbers(models::weighted_residuals(design, fit) / fit.sigma);
  return {mixed_tables(fit, statistics, tests), mixed_fit_json(fit, residuals, statistics),
          mixed_fit_text(fit, residuals, statistics, tests)};
}

LongFit least_squares(const models::Design& design, const std::vector<models::TermHypothesis>& hypotheses,
                      const LongFitRequest& request) {
  models::LinearFit linear = models::fit_linear(design);
  linear.fit.formula = request.formula;
  const auto tests =
      models::term_tests(hypotheses, linear.fit, [&](const Eigen::VectorXd&) { return linear.summary.df_residual; });
  const models::FitStatistics statistics = models::fit_statistics(design, {}, linear.fit);
  const FiveNumbers residuals = five_numbers(models::weighted_residuals(design, linear.fit));
  return {
      {coefficients_table(linear.fit), fit_statistics_table(linear.fit, statistics), anova_table(linear.fit, tests)},
      linear_fit_json(linear, residuals, statistics),
      linear_fit_text(linear, residuals, statistics, tests)};
}

/// Options that another kind of model would leave unused.
void check_family(const LongFitRequest& request) {
  if (request.family.empty()) {
    const std::string option = request.trials.empty() ? "--quadrature" : "--trials";
    if (!request.trials.empty() || request.quadrature != 1)
      throw InputError(option, "no --family",
                       "--family binomial" + std::string(request.trials.empty() ? " or poisson" : ""),
                       "Name the family, or leave " + option + " out");
    return;
  }
  if (request.maximum_likelihood)
    throw InputError("--ml", "--family " + request.family, "one of the two",
                     "Leave --ml out: with a family the fit is maximum likelihood always");
  if (!request.weights.empty())
    throw InputError("--weights", "--family " + request.family, "one of the two",
                     "Give --trials for a response that counts successes out of several trials");
  if (!request.trials.empty() && request.family != "binomial")
    throw InputError("--trials", "--family " + request.family, "--family binomial", "Leave --trials out");
}

LongFit generalized(const models::Design& design, const models::Formula& formula, const LongFitRequest& request) {
  models::GeneralizedOptions options;
  options.family = models::parse_family(request.family);
  options.nodes = request.quadrature;
  options.formula = request.formula;
  if (design.random.empty() && request.quadrature != 1)
    throw InputError("--quadrature", "no random terms", "one scalar random term, such as (1 | g)",
                     "Leave --quadrature out");
  GeneralizedResult result{models::fit_generalized(design, options), {}};
  result.ratios = models::likelihood_ratio_tests(formula.fixed, design, options, result.model);
  return {generalized_tables(result), generalized_fit_json(result), generalized_fit_text(result)};
}

/// Which variables the formula reads otherwise than their columns look, and which rows it leaves out.
std::string reading_text(const models::Formula& formula, const models::Design& design, const models::Frame& frame) {
  std::vector<std::string> named;
  for (const models::RandomPart& part : formula.random)
    for (const models::Expression& factor : part.factors)
      for (const models::Variable& variable : frame.variables)
        if (variable.name == factor.text && !variable.is_factor &&
            std::find(named.begin(), named.end(), factor.text) == named.end())
          named.push_back(factor.text);
  std::string text;
  for (const std::string& name : named) text += name + " groups rows: a factor there\n";
  if (design.dropped_missing == 0) return text + fmt::format("{} rows, none with a missing value\n\n", frame.rows());
  return text + fmt::format("{} of {} rows dropped: a value is missing\n\n", design.dropped_missing, frame.rows());
}

}  // namespace

models::DesignOptions design_options(const LongFitRequest& request) {
  models::DesignOptions options;
  options.weights = request.trials.empty() ? request.weights : request.trials;
  for (const std::string& choice : request.contrasts) {
    const std::size_t equals = choice.find('=');
    if (equals == 0 || equals == std::string::npos)
      throw InputError("--contrast", "'" + choice + "'", "NAME=treatment:LEVEL, NAME=sum or NAME=centred",
                       "NAME is a factor as the formula writes it");
    options.contrasts[choice.substr(0, equals)] = models::parse_contrast(choice.substr(equals + 1));
  }
  return options;
}

LongFit fit_long_table(const models::Frame& frame, const LongFitRequest& request) {
  check_family(request);
  const models::Formula formula = models::parse_formula(request.formula);
  if (request.likelihood_ratio && (!request.family.empty() || formula.random.empty()))
    throw InputError("--lrt", request.family.empty() ? "no random terms" : "--family " + request.family,
                     "a linear mixed model",
                     request.family.empty() ? "Leave --lrt out: the F tests of least squares are exact"
                                            : "Leave --lrt out: with a family the tests are made always");
  if (request.kenward_roger && (!request.family.empty() || formula.random.empty()))
    throw InputError("--ddf kenward-roger", request.family.empty() ? "no random terms" : "--family " + request.family,
                     "a linear mixed model", "Leave --ddf out");
  const models::DesignOptions options = design_options(request);
  check_contrast_names(options.contrasts, formula);
  const models::Design design = models::build_design(formula, frame, options);
  if (!request.family.empty()) {
    LongFit fit = generalized(design, formula, request);
    fit.summary = reading_text(formula, design, frame) + fit.summary;
    return fit;
  }
  const auto hypotheses = models::type3_contrasts(design, formula, frame, options);
  LongFit fit = design.random.empty() ? least_squares(design, hypotheses, request) : mixed(design, hypotheses, request);
  if (request.likelihood_ratio) {
    const auto ratios = models::likelihood_ratio_tests(formula.fixed, design, Eigen::VectorXd());
    fit.tables.push_back(ratio_table("likelihood_ratio", ratios));
    fit.summary += ratios_text(ratios);
  }
  for (const models::TermHypothesis& hypothesis : hypotheses)
    if (!hypothesis.note.empty()) fit.summary += hypothesis.note + "\n";
  fit.summary = reading_text(formula, design, frame) + fit.summary;
  return fit;
}

}  // namespace meridian::analysis
