#include "analysis/run_fit.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/fit_findings.hpp"
#include "analysis/fit_text.hpp"
#include "analysis/fits.hpp"
#include "analysis/residual_figures.hpp"
#include "error.hpp"

namespace meridian::analysis {
namespace {

std::size_t find_analysis(const Job& job, const std::string& name) {
  std::string known;
  for (std::size_t a = 0; a < job.analyses.size(); ++a) {
    if (job.analyses[a].name == name) return a;
    known += (a ? ", " : "") + job.analyses[a].name;
  }
  throw InputError("--analysis", "'" + name + "'", "an analysis of the run: " + known, "Check the spelling.");
}

struct Residuals {
  FiveNumbers numbers;
  std::vector<findings::Figure> figures;
};

/// Numbers are scaled by sigma for a mixed model only, as R prints them; figures always.
Residuals residuals_of(const Study& study, const Layout& layout, const storage::UnitStore& similarity,
                       const AnalysisFits& fits) {
  const bool mixed = fits.mixed.has_value();
  const auto& maps = mixed ? fits.mixed_residuals : fits.linear_residuals;
  const double sigma = mixed ? fits.mixed->fit().sigma : fits.linear.fit.sigma;
  ResidualQuantiles numbers(study.panel, layout, maps, mixed ? sigma : 1.0);
  ResidualFigures figures(study.panel, layout, maps, sigma);
  stream(similarity, {all_blocks(similarity), variants_read({&layout})}, {&numbers, &figures});
  return {numbers.five_numbers(), figures.figures()};
}

LongFit mixed(const AnalysisFits& fits, const FiveNumbers& residuals) {
  const models::Fit& fit = fits.mixed->fit();
  LongFit result;
  result.section = fit_section(fit, fitted_sentence(fit), mixed_tables(fit, fits.mixed_statistics, fits.mixed_tests));
  result.fit_json = mixed_fit_json(fit, residuals, fits.mixed_statistics);
  result.summary = mixed_fit_text(fit, residuals, fits.mixed_statistics, fits.mixed_tests);
  return result;
}

LongFit least_squares(const AnalysisFits& fits, const FiveNumbers& residuals) {
  const models::LinearFit& linear = fits.linear;
  LongFit result;
  result.section =
      fit_section(linear.fit, fitted_sentence(linear),
                  {coefficients_table(linear.fit), fit_statistics_table(linear.fit, fits.linear_statistics)});
  result.fit_json = linear_fit_json(linear, residuals, fits.linear_statistics);
  result.summary = linear_fit_text(linear, residuals, fits.linear_statistics, {});
  return result;
}

std::string reading_text(const AnalysisJob& job, const Layout& layout) {
  return fmt::format("analysis {}: {} people, {} models, {} cosines per person\n\n", job.name, layout.people.count,
                     layout.models.size(), layout.rows());
}

}  // namespace

LongFit fit_run(const Study& study, const storage::UnitStore& similarity, const RunFitRequest& request) {
  const std::size_t a = find_analysis(study.job, request.analysis);
  const Layout& layout = study.layouts[a];
  AnalysisJob job = study.job.analyses[a];
  job.formula = request.formula;
  job.maximum_likelihood = request.maximum_likelihood;
  job.questions = request.questions;
  const AnalysisFits fits =
      fit_analysis(study.panel, layout, job, read_moments(layout, similarity, all_blocks(similarity)));
  const Residuals residuals = residuals_of(study, layout, similarity, fits);
  LongFit fit = fits.mixed ? mixed(fits, residuals.numbers) : least_squares(fits, residuals.numbers);
  for (const findings::Figure& figure : residuals.figures) fit.section.figures.push_back(figure);
  if (fits.adequacy) {
    add_adequacy(*fits.adequacy, job.name, fit.section);
    for (const std::string& line : adequacy_lines(*fits.adequacy, job.name, "adequacy.csv")) fit.summary += line + "\n";
  }
  for (const std::string& note : fits.test_notes) {
    fit.summary += note + "\n";
    fit.section.notes.push_back({findings::Severity::info, "type III tests", note, ""});
  }
  for (const findings::Table& table : fits.answers) {
    fit.section.tables.push_back(table);
    fit.summary += table_text(table);
  }
  fit.summary = reading_text(job, layout) + fit.summary;
  fit.exclusions = study.exclusions;
  fit.synthetic = study.synthetic;
  return fit;
}

}  // namespace meridian::analysis
