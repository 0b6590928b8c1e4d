#include "analysis/run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "analysis/descriptives.hpp"
#include "analysis/fit_figures.hpp"
#include "analysis/fit_tables.hpp"
#include "analysis/fits.hpp"
#include "analysis/gap.hpp"
#include "analysis/iteration_aware.hpp"
#include "analysis/median_split.hpp"
#include "analysis/nation_tests.hpp"
#include "analysis/rating_figures.hpp"
#include "analysis/refusals.hpp"
#include "analysis/residual_figures.hpp"
#include "analysis/residuals.hpp"
#include "analysis/side_by_side.hpp"
#include "analysis/similarity_points.hpp"
#include "analysis/summary.hpp"
#include "analysis/table_figures.hpp"
#include "analysis/twin.hpp"
#include "runtime/log.hpp"

namespace meridian::analysis {
namespace {

/// Everything known of one analysis between the steps.
struct Progressing {
  const AnalysisJob* job = nullptr;
  const Layout* layout = nullptr;
  Moments moments;
  std::optional<AnalysisFits> fits;
  std::unique_ptr<MedianSplit> median_split;
  std::unique_ptr<ResidualQuantiles> mixed_residuals, linear_residuals;
  std::unique_ptr<SimilarityPoints> points;
  std::unique_ptr<ResidualFigures> residual_figures;
};

bool asks_for(const AnalysisJob& job, const std::string& table) {
  return std::find(job.tables.begin(), job.tables.end(), table) != job.tables.end();
}

/// One line for the terminal; the whole message stands in fit.json and in the report.
std::string terminal_line(const std::string& name, const std::string& message) {
  constexpr std::size_t longest = 160;
  if (message.size() <= longest) return name + ": " + message;
  const std::size_t end = message.rfind(' ', longest);
  return fmt::format("{}: {} ... (models/{}/fit.json)", name, message.substr(0, end), name);
}

void fit(const Study& study, Progressing& analysis) {
  if (asks_for(*analysis.job, "chi_square"))
    analysis.median_split = std::make_unique<MedianSplit>(study.panel, *analysis.layout);
  if (asks_for(*analysis.job, "by_llm") && SimilarityPoints::applies(*analysis.layout))
    analysis.points = std::make_unique<SimilarityPoints>(study.panel, *analysis.layout);
  if (analysis.job->formula.empty()) return;
  analysis.fits.emplace(fit_analysis(study.panel, *analysis.layout, *analysis.job, analysis.moments));
  analysis.linear_residuals =
      std::make_unique<ResidualQuantiles>(study.panel, *analysis.layout, analysis.fits->linear_residuals, 1.0);
  if (!analysis.fits->mixed) return;
  const models::Fit& mixed = analysis.fits->mixed->fit();
  analysis.mixed_residuals =
      std::make_unique<ResidualQuantiles>(study.panel, *analysis.layout, analysis.fits->mixed_residuals, mixed.sigma);
  analysis.residual_figures =
      std::make_unique<ResidualFigures>(study.panel, *analysis.layout, analysis.fits->mixed_residuals, mixed.sigma);
  for (const std::string& message : mixed.messages) runtime::info(terminal_line(analysis.job->name, message));
  for (const std::string& line : adequacy_lines(*analysis.fits->adequacy, analysis.job->name)) runtime::info(line);
}

void stream_all(const storage::UnitStore& store, const std::vector<Progressing>& analyses) {
  std::vector<StreamedStatistic*> statistics;
  for (const Progressing& analysis : analyses)
    for (StreamedStatistic* statistic : std::initializer_list<StreamedStatistic*>{
             analysis.median_split.get(), analysis.mixed_residuals.get(), analysis.linear_residuals.get(),
             analysis.points.get(), analysis.residual_figures.get()})
      if (statistic) statistics.push_back(statistic);
  stream(store, statistics);
}

std::string method_sentence(const Study& study, const AnalysisJob& job, const Layout& layout) {
  return fmt::format(
      "{} people ({}), {} models, {} cosines per person. Model rows: {}; centred on {}. {}", layout.people.count,
      job.participant_id == "column" ? "identified by the participant column" : "identified by " + job.participant_id,
      layout.models.size(), layout.rows(),
      job.rows == panel::Rows::persona ? "of the persona named" : "the first row of the file for each item",
      job.center == panel::Center::condition ? "the condition's own mean" : "the mean over personas",
      study.synthetic ? "The answers are synthetic." : "");
}

void add_table_figures(const Progressing& analysis, findings::Section& section) {
  if (analysis.points) section.figures.push_back(analysis.points->figure(analysis.moments));
  for (const findings::Table& table : section.tables) {
    if (table.name == "by_origin")
      if (auto figure = conditions_figure(table)) section.figures.push_back(*figure);
    if (table.name == "change_by_removed") section.figures.push_back(removal_figure(table));
  }
}

findings::Section tables_section(const Study& study, const Progressing& analysis) {
  const AnalysisJob& job = *analysis.job;
  findings::Section section{job.name, job.title, "tables/" + job.name, {method_sentence(study, job, *analysis.layout)},
                            {},       {}};
  auto& tables = section.tables;
  if (asks_for(job, "by_origin"))
    tables.push_back(by_origin_table(study.panel, *analysis.layout, job, analysis.moments));
  if (asks_for(job, "by_llm")) tables.push_back(by_llm_table(study.panel, *analysis.layout, job, analysis.moments));
  if (asks_for(job, "change_by_removed"))
    tables.push_back(change_by_removed_table(study.panel, *analysis.layout, analysis.moments));
  if (asks_for(job, "welch_t")) tables.push_back(welch_table(study.panel, *analysis.layout, analysis.moments));
  if (analysis.median_split) tables.push_back(analysis.median_split->table());
  if (asks_for(job, "gap"))
    for (findings::Table& table : gap_tables(study.panel, *analysis.layout)) tables.push_back(std::move(table));
  if (asks_for(job, "iteration_aware"))
    tables.push_back(iteration_aware_table(study.panel, *analysis.layout, study.models));
  add_table_figures(analysis, section);
  return section;
}

std::string criterion_sentence(const models::Fit& fit) {
  return fmt::format("{}: {} criterion {:.4f}, sigma {:.6g}, {} rows. {}", fit.formula,
                     fit.method == models::Method::ml ? "ML" : "REML", fit.criterion, fit.sigma, fit.nobs,
                     fit.converged ? "Converged." : "Did not converge.");
}

findings::Section mixed_section(const Progressing& analysis) {
  const models::Fit& fit = analysis.fits->mixed->fit();
  const std::string& name = analysis.job->name;
  findings::Section section{
      name + "-model", analysis.job->title + ": mixed model", "models/" + name, {criterion_sentence(fit)}, {}, {}};
  for (const std::string& message : fit.messages)
    section.notes.push_back({fit.converged && !fit.singular ? findings::Severity::info : findings::Severity::caution,
                             "fit of " + name, message, ""});
  section.tables = mixed_tables(fit, analysis.fits->mixed_statistics, analysis.fits->mixed_tests);
  add_adequacy(*analysis.fits->adequacy, name, section);
  for (auto figure : {coefficients_figure({{name, &fit}}), random_effects_figure(fit)})
    if (figure) section.figures.push_back(*figure);
  for (const findings::Figure& figure : analysis.residual_figures->figures()) section.figures.push_back(figure);
  return section;
}

findings::Section linear_section(const Progressing& analysis) {
  const models::LinearFit& linear = analysis.fits->linear;
  const std::string& name = analysis.job->name;
  return {name + "-lm",
          analysis.job->title + ": least squares",
          "models/" + name + "-lm",
          {fmt::format("{}. Residual standard error {:.6g} on {} degrees of freedom, R2 {:.4f}. Rows are treated as "
                       "independent here: for comparison with print only.",
                       linear.fit.formula, linear.summary.residual_standard_error, linear.summary.df_residual,
                       linear.summary.r_squared)},
          {},
          {coefficients_table(linear.fit)}};
}

findings::Section summary_section(const std::vector<Progressing>& analyses) {
  findings::Section section{"summary", "Summary", "", {}, {}, {}};
  for (const Progressing& analysis : analyses)
    if (analysis.fits && analysis.fits->mixed) {
      const std::string sentence = nation_sentence(*analysis.job, *analysis.layout, analysis.fits->mixed->fit());
      if (!sentence.empty()) section.paragraphs.push_back(sentence);
    }
  return section;
}

/// An analysis and those that name it as their twin, side by side; behind the first of them.
void add_family(const std::vector<Progressing>& all, const Progressing& head,
                std::vector<findings::Section>& sections) {
  std::vector<NamedFit> fits;
  std::vector<std::pair<std::string, const models::Fit*>> named;
  for (const Progressing& other : all)
    if ((&other == &head || other.job->compare_with == head.job->name) && other.fits && other.fits->mixed) {
      fits.push_back({other.job->name, &other.fits->mixed->fit(), &other.fits->mixed_statistics});
      named.emplace_back(other.job->name, fits.back().fit);
    }
  if (fits.size() < 2) return;
  const std::string& name = head.job->name;
  findings::Section section{
      name + "-side-by-side",    head.job->title + ": models side by side", "models/" + name + "-family", {}, {},
      {side_by_side_table(fits)}};
  if (auto figure = coefficients_figure(named)) section.figures.push_back(*figure);
  sections.push_back(std::move(section));
}

findings::Section ratings_section(const Study& study) {
  findings::Section section{"ratings", "Ratings of people and models", "tables/ratings", {}, {}, {}};
  if (!study.layouts.empty()) section.figures = rating_figures(study.panel, study.layouts.front());
  return section;
}

void add_sections(const Study& study, const std::vector<Progressing>& all, const Progressing& analysis,
                  Results& results) {
  auto& sections = results.document.sections;
  sections.push_back(tables_section(study, analysis));
  if (!analysis.fits) return;
  const std::filesystem::path models = "models";
  if (analysis.fits->mixed) {
    sections.push_back(mixed_section(analysis));
    results.files.emplace_back(models / analysis.job->name / "fit.json",
                               mixed_fit_json(analysis.fits->mixed->fit(), analysis.mixed_residuals->five_numbers(),
                                              analysis.fits->mixed_statistics));
  }
  for (const Progressing& other : all)
    if (other.job->name == analysis.job->compare_with && other.fits && other.fits->mixed && analysis.fits->mixed)
      compare_twins(analysis.job->name, analysis.fits->mixed->fit(), other.job->name, other.fits->mixed->fit(),
                    sections.back());
  sections.push_back(linear_section(analysis));
  add_family(all, analysis, sections);
  results.files.emplace_back(models / (analysis.job->name + "-lm") / "fit.json",
                             linear_fit_json(analysis.fits->linear, analysis.linear_residuals->five_numbers(),
                                             analysis.fits->linear_statistics));
}

void add_refusals(const Study& study, Results& results) {
  std::vector<RefusalResult> all;
  for (const RefusalJob& job : study.job.refusals) {
    all.push_back(analyse_refusals(job, answers_of(study, job), study.panel.instrument));
    const RefusalResult& result = all.back();
    if (!result.no_counts.empty()) runtime::warning(terminal_line(job.name, result.no_counts));
    if (!result.no_model.empty()) runtime::warning(terminal_line(job.name, "no model: " + result.no_model));
    if (!result.model) continue;
    for (const std::string& message : result.model->model.fit.messages) runtime::info(terminal_line(job.name, message));
    results.files.emplace_back(std::filesystem::path("models") / job.name / "fit.json",
                               generalized_fit_json(*result.model));
  }
  for (const RefusalResult& result : all) {
    const RefusalResult* twin = nullptr;
    for (const RefusalResult& other : all)
      if (other.job->name == result.job->compare_with) twin = &other;
    for (findings::Section& section : refusal_sections(result, twin))
      results.document.sections.push_back(std::move(section));
  }
}

}  // namespace

Results analyse(const Study& study, const storage::UnitStore& store) {
  std::vector<Progressing> analyses(study.layouts.size());
  for (std::size_t a = 0; a < analyses.size(); ++a) {
    analyses[a].job = &study.job.analyses[a];
    analyses[a].layout = &study.layouts[a];
    analyses[a].moments = read_moments(study.layouts[a], store);
    fit(study, analyses[a]);
  }
  stream_all(store, analyses);
  Results results;
  results.document.title = study.job.title;
  results.document.synthetic = study.synthetic;
  results.document.exclusions = study.exclusions;
  results.document.sections.push_back(summary_section(analyses));
  results.document.sections.push_back(integrity_section(study));
  results.document.sections.push_back(ratings_section(study));
  for (const Progressing& analysis : analyses) add_sections(study, analyses, analysis, results);
  add_refusals(study, results);
  return results;
}

}  // namespace meridian::analysis
