#include "analysis/long_fit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "analysis/adequacy.hpp"
#include "analysis/answers.hpp"
#include "analysis/fit_figures.hpp"
#include "analysis/fit_findings.hpp"
#include "analysis/fit_json.hpp"
#include "analysis/fit_text.hpp"
#include "analysis/residual_shape.hpp"
#include "error.hpp"
#include "models/generalized_profile.hpp"
#include "models/mixed_model.hpp"
#include "models/pooling.hpp"
#include "models/profile_intervals.hpp"

namespace meridian::analysis {
namespace {

/// What every kind of fit reads.
struct LongTable {
  const models::Formula& formula;
  const models::Frame& frame;
  models::DesignOptions options;
  models::Design design;

  FittedModel fitted(const models::Fit& fit, std::function<double(const Eigen::VectorXd&)> df) const {
    return {formula, frame, options, design, fit, std::move(df), {}, {}};
  }
};

std::vector<models::TermHypothesis> hypotheses_of(const LongTable& table) {
  return models::type3_contrasts(table.design, table.formula, table.frame, table.options);
}

void add_notes(const std::vector<models::TermHypothesis>& hypotheses, LongFit& fit) {
  for (const models::TermHypothesis& hypothesis : hypotheses) {
    if (hypothesis.note.empty()) continue;
    fit.summary += hypothesis.note + "\n";
    fit.section.notes.push_back({findings::Severity::info, "type III tests", hypothesis.note, ""});
  }
}

void add_tables(std::vector<findings::Table> tables, LongFit& fit) {
  for (findings::Table& table : tables) {
    fit.summary += table_text(table);
    fit.section.tables.push_back(std::move(table));
  }
}

void add_adequacy_to(const Adequacy& adequacy, LongFit& fit) {
  add_adequacy(adequacy, "the formula", fit.section);
  for (const std::string& line : adequacy_lines(adequacy, "design", "adequacy.csv")) fit.summary += line + "\n";
}

/// `weighted` as weighted_residuals() gives them.
void add_residuals(const models::Design& design, const Eigen::VectorXd& weighted, const models::Fit& fit,
                   findings::Section& section) {
  const Eigen::VectorXd plain =
      design.weights.size() > 0 ? Eigen::VectorXd(weighted.cwiseQuotient(design.weights.cwiseSqrt())) : weighted;
  for (findings::Figure& figure : residual_figures(design.response - plain, weighted / fit.sigma, unit_of_effects(fit)))
    section.figures.push_back(std::move(figure));
}

const char* no_ratios(const models::Design& design) {
  return design.aliased.empty()
             ? "No likelihood-ratio tests: there is no term to drop."
             : "No likelihood-ratio tests: columns are aliased, and which ones depends on the terms.";
}

RefitSource mixed_source(const LongTable& table, models::Method method) {
  const auto profile = [&table](double level) {
    models::PooledDesign pooled = models::pool_levels(table.design, models::random_structure(table.design.random));
    return models::profile_intervals(
        models::ModelData{std::move(pooled.design), pooled.factor, std::move(pooled.classes)}, level);
  };
  return {profile, models::long_table_criterion(method)};
}

LongFit mixed(const LongTable& table, const LongFitRequest& request) {
  models::FitOptions options;
  options.method = request.maximum_likelihood ? models::Method::ml : models::Method::reml;
  options.formula = request.formula;
  options.effects_of_pooled = true;
  if (request.kenward_roger) options.small_sample = models::SmallSample::kenward_roger;
  const models::Design& design = table.design;
  const auto hypotheses = hypotheses_of(table);  // before the equations are there: both take memory
  const models::MixedModel model = models::estimate_mixed(design, options);
  const models::Fit& fit = model.fit();
  const auto df = [&](const Eigen::VectorXd& l) { return model.contrast_df(l); };
  const auto tests = request.kenward_roger ? models::term_tests(hypotheses, fit, *model.kenward_roger())
                                           : models::term_tests(hypotheses, fit, df);
  const models::FitStatistics statistics = models::fit_statistics(design, {}, fit);
  const Eigen::VectorXd weighted = models::weighted_residuals(design, fit);
  const FiveNumbers residuals = residual_quantiles(weighted / fit.sigma);
  LongFit result;
  result.section = fit_section(fit, fitted_sentence(fit), mixed_tables(fit, statistics, tests));
  result.fit_json = mixed_fit_json(fit, residuals, statistics);
  result.summary = mixed_fit_text(fit, residuals, statistics, tests);
  add_residuals(design, weighted, fit, result.section);
  if (request.likelihood_ratio) {
    const auto ratios =
        models::likelihood_ratio_tests({table.formula, table.frame, table.options}, design, Eigen::VectorXd());
    result.section.tables.push_back(ratio_table("likelihood_ratio", ratios));
    result.summary += ratios.empty() ? "\n" + std::string(no_ratios(design)) + "\n" : ratios_text(ratios);
  }
  add_notes(hypotheses, result);
  add_adequacy_to(design_adequacy(table.formula, design, fit), result);
  add_tables(answer(request.questions, table.fitted(fit, df), mixed_source(table, options.method)), result);
  return result;
}

LongFit least_squares(const LongTable& table, const LongFitRequest& request) {
  models::LinearFit linear = models::fit_linear(table.design);
  linear.fit.formula = request.formula;
  const auto df = [&](const Eigen::VectorXd&) { return linear.summary.df_residual; };
  const auto hypotheses = hypotheses_of(table);
  const auto tests = models::term_tests(hypotheses, linear.fit, df);
  const models::FitStatistics statistics = models::fit_statistics(table.design, {}, linear.fit);
  const Eigen::VectorXd weighted = models::weighted_residuals(table.design, linear.fit);
  const FiveNumbers residuals = residual_quantiles(weighted);
  LongFit result;
  result.section = fit_section(
      linear.fit, fitted_sentence(linear),
      {coefficients_table(linear.fit), fit_statistics_table(linear.fit, statistics), anova_table(linear.fit, tests)});
  result.fit_json = linear_fit_json(linear, residuals, statistics);
  result.summary = linear_fit_text(linear, residuals, statistics, tests);
  add_residuals(table.design, weighted, linear.fit, result.section);
  add_notes(hypotheses, result);
  add_tables(answer(request.questions, table.fitted(linear.fit, df), {}), result);
  return result;
}

LongFit generalized(const LongTable& table, const LongFitRequest& request) {
  models::GeneralizedOptions options;
  options.family = models::parse_family(request.family);
  options.nodes = request.quadrature;
  options.formula = request.formula;
  if (table.design.random.empty() && request.quadrature != 1)
    throw InputError("--quadrature", "no random terms", "one scalar random term, such as (1 | g)",
                     "Leave --quadrature out");
  GeneralizedResult result{models::fit_generalized(table.design, options), {}};
  result.ratios =
      models::likelihood_ratio_tests({table.formula, table.frame, table.options}, table.design, options, result.model);
  LongFit fit;
  fit.section = fit_section(result.model.fit, fitted_sentence(result.model), generalized_tables(result));
  fit.fit_json = generalized_fit_json(result);
  fit.summary = generalized_fit_text(result);
  if (!table.design.random.empty()) add_adequacy_to(design_adequacy(table.formula, table.design, result.model), fit);
  const auto normal = [](const Eigen::VectorXd&) { return std::numeric_limits<double>::infinity(); };
  FittedModel fitted = table.fitted(result.model.fit, normal);
  fitted.family = options.family;
  const auto profile = [&](double level) {
    return models::profile_intervals(table.design, options, result.model, level);
  };
  add_tables(answer(request.questions, fitted, RefitSource{profile, models::generalized_criterion(options)}), fit);
  return fit;
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

LongFit fit_long_table(const models::Frame& frame, const LongFitRequest& request) {
  const models::Formula formula = models::parse_formula(request.formula);
  check_request(request, formula);
  const models::DesignOptions options = design_options(request);
  const LongTable table{formula, frame, options, models::build_design(formula, frame, options)};
  LongFit fit = !request.family.empty()       ? generalized(table, request)
                : table.design.random.empty() ? least_squares(table, request)
                                              : mixed(table, request);
  fit.summary = reading_text(formula, table.design, frame) + fit.summary;
  fit.fit_json = with_reading(fit.fit_json, frame, table.design.dropped_missing);
  const auto dropped = static_cast<std::int64_t>(table.design.dropped_missing);
  fit.exclusions.restore({"the table",
                          "rows",
                          "a value that the formula uses is missing",
                          dropped,
                          static_cast<std::int64_t>(frame.rows()),
                          {}});
  return fit;
}

}  // namespace meridian::analysis
