#include "analysis/run_fit.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/fit_text.hpp"
#include "analysis/fits.hpp"
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

FiveNumbers residual_numbers(const Study& study, const Layout& layout, const storage::UnitStore& similarity,
                             const std::map<PersonClass, ResidualMap>& maps, double scale) {
  ResidualQuantiles residuals(study.panel, layout, maps, scale);
  stream(similarity, {all_blocks(similarity), variants_read({&layout})}, {&residuals});
  return residuals.five_numbers();
}

LongFit mixed(const AnalysisFits& fits, const FiveNumbers& residuals) {
  const models::Fit& fit = fits.mixed->fit();
  return {mixed_tables(fit, fits.mixed_statistics, fits.mixed_tests),
          mixed_fit_json(fit, residuals, fits.mixed_statistics),
          mixed_fit_text(fit, residuals, fits.mixed_statistics, fits.mixed_tests)};
}

LongFit least_squares(const AnalysisFits& fits, const FiveNumbers& residuals) {
  const models::LinearFit& linear = fits.linear;
  return {{coefficients_table(linear.fit), fit_statistics_table(linear.fit, fits.linear_statistics)},
          linear_fit_json(linear, residuals, fits.linear_statistics),
          linear_fit_text(linear, residuals, fits.linear_statistics, {})};
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
  const bool is_mixed = fits.mixed.has_value();
  const FiveNumbers residuals =
      residual_numbers(study, layout, similarity, is_mixed ? fits.mixed_residuals : fits.linear_residuals,
                       is_mixed ? fits.mixed->fit().sigma : 1.0);
  LongFit fit = is_mixed ? mixed(fits, residuals) : least_squares(fits, residuals);
  if (fits.adequacy) {
    findings::Section section{"", "", "", {}, {}, {}};
    add_adequacy(*fits.adequacy, job.name, section);
    for (findings::Table& table : section.tables) fit.tables.push_back(std::move(table));
    for (const std::string& line : adequacy_lines(*fits.adequacy, job.name, "adequacy.csv")) fit.summary += line + "\n";
  }
  for (const std::string& note : fits.test_notes) fit.summary += note + "\n";
  for (const findings::Table& table : fits.answers) {
    fit.tables.push_back(table);
    fit.summary += table_text(table);
  }
  fit.summary = reading_text(job, layout) + fit.summary;
  return fit;
}

}  // namespace meridian::analysis
