#include "analysis/answers.hpp"

#include <fmt/format.h>

#include <cmath>

#include "models/coefficient_table.hpp"

namespace meridian::analysis {
namespace {

using findings::Cell;
using findings::Kind;

Cell number(double value) { return std::isnan(value) ? Cell{} : Cell{value}; }
Cell text(const std::string& value) { return value.empty() ? Cell{} : Cell{value}; }

findings::Table intervals_table(double level, const char* method) {
  findings::Table table;
  table.name = "intervals";
  table.title = fmt::format("Intervals of {:g} %, {}", 100 * level, method);
  table.columns = {
      {"kind", Kind::text, ""}, {"group", Kind::text, ""}, {"term1", Kind::text, ""}, {"term2", Kind::text, ""}};
  for (const char* name : {"estimate", "conf_low", "conf_high"}) table.columns.push_back({name, Kind::real, ""});
  table.columns.push_back({"at_bound", Kind::text, ""});
  return table;
}

std::string kind_name(models::ParameterInterval::Kind kind) {
  switch (kind) {
    case models::ParameterInterval::Kind::coefficient:
      return "fixed effect";
    case models::ParameterInterval::Kind::deviation:
      return "standard deviation";
    case models::ParameterInterval::Kind::correlation:
      return "correlation";
    case models::ParameterInterval::Kind::sigma:
      break;
  }
  return "residual standard deviation";
}

std::string bounds(const models::ParameterInterval& interval) {
  if (interval.low.at_bound && interval.high.at_bound) return "both";
  if (interval.low.at_bound) return "low";
  return interval.high.at_bound ? "high" : "";
}

}  // namespace

findings::Table wald_intervals_table(const models::Fit& fit, double level) {
  findings::Table table = intervals_table(level, "Wald");
  table.caption =
      "Wald: estimate and standard error with the quantile of t (of the normal distribution with a family) and the "
      "degrees of freedom of the fit. Variance parameters have none: their estimates are far from normal; ask for "
      "profile intervals.";
  for (const models::Coefficient& c : fit.coefficients) {
    const models::Coefficient row = models::t_test(c.term, c.estimate, c.std_error, c.df, level);
    table.add({std::string("fixed effect"), Cell{}, c.term, Cell{}, c.estimate, number(row.conf_low),
               number(row.conf_high), Cell{}});
  }
  return table;
}

findings::Table profile_intervals_table(const std::vector<models::ParameterInterval>& intervals, double level,
                                        models::Method method) {
  const bool linear = method != models::Method::generalized;
  findings::Table table = intervals_table(level, linear ? "profile likelihood, estimates by ML" : "profile likelihood");
  table.caption = fmt::format(
      "Profile likelihood: the values that raise -2 log likelihood, minimised over all other parameters, by at most "
      "the chi-squared quantile (1 df). {}at_bound: it stays below that height as far as the parameter goes (0; -1 and "
      "1).",
      linear ? "Estimates and likelihoods by maximum likelihood, whatever the method of the fit. " : "");
  for (const models::ParameterInterval& one : intervals)
    table.add({kind_name(one.kind), text(one.group), text(one.term1), text(one.term2), number(one.estimate),
               number(one.low.value), number(one.high.value), text(bounds(one))});
  return table;
}

findings::Table random_tests_table(const std::vector<models::RandomTest>& tests, models::Method method) {
  findings::Table table;
  table.name = "random_tests";
  table.title = "Likelihood-ratio tests of random terms";
  table.caption = fmt::format(
      "Each against the model without that part of the random terms, both by {}. p_value: chi-squared, which is too "
      "large because a variance cannot be negative. mixture_p_value: (chi-squared(df - 1) + chi-squared(df)) / 2, "
      "where one variance is dropped with its covariances; empty where several are.",
      method == models::Method::reml ? "REML" : "maximum likelihood");
  table.columns = {{"term", Kind::text, ""}};
  for (const char* name : {"parameters", "log_likelihood", "df", "chi_squared", "p_value", "mixture_p_value"})
    table.columns.push_back({name, Kind::real, ""});
  for (const models::RandomTest& t : tests)
    table.add({t.converged ? t.term : t.term + " (not converged)", t.parameters, t.loglik, t.df, t.statistic, t.p_value,
               number(t.mixture_p_value)});
  return table;
}

std::vector<findings::Table> answer(const FitQuestions& questions, const FittedModel& model,
                                    const std::optional<RefitSource>& refits) {
  std::vector<findings::Table> tables;
  if (questions.intervals == IntervalKind::wald) tables.push_back(wald_intervals_table(model.fit, questions.level));
  if (questions.intervals == IntervalKind::profile && refits)
    tables.push_back(profile_intervals_table(refits->profile(questions.level), questions.level, model.fit.method));
  if (questions.random_tests && refits)
    tables.push_back(random_tests_table(
        models::random_tests({model.formula, model.frame, model.options}, model.design, model.fit, refits->criterion),
        model.fit.method));
  const auto requests = questions.means_of_terms ? means_of_terms(model.formula.fixed) : questions.means;
  if (!requests.empty())
    for (findings::Table& table : mean_tables(model, requests, questions.cell_contrasts, questions.level))
      tables.push_back(std::move(table));
  return tables;
}

}  // namespace meridian::analysis
