#include "analysis/run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "analysis/fit_sections.hpp"
#include "analysis/fit_tables.hpp"
#include "analysis/rating_figures.hpp"
#include "analysis/refusals.hpp"
#include "analysis/summary.hpp"
#include "analysis/table_section.hpp"
#include "analysis/twin.hpp"
#include "runtime/log.hpp"

namespace meridian::analysis {
namespace {

/// One line for the terminal; the whole message stands in fit.json and in the report.
std::string terminal_line(const std::string& name, const std::string& message) {
  constexpr std::size_t longest = 160;
  if (message.size() <= longest) return name + ": " + message;
  const std::size_t end = message.rfind(' ', longest);
  return fmt::format("{}: {} ... (models/{}/fit.json)", name, message.substr(0, end), name);
}

void fit(const Study& study, Analysed& analysis) {
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
  for (const std::string& line :
       adequacy_lines(*analysis.fits->adequacy, analysis.job->name, "models/" + analysis.job->name + "/adequacy.csv"))
    runtime::info(line);
}

/// The sentences are of the analyses that stand for themselves; the table has their twins too.
findings::Section summary_section(const Study& study, const std::vector<Analysed>& analyses) {
  findings::Section section{"summary", "Summary", "tables/summary", {study_sentence(study)}, {}, {}};
  findings::Table table = gaps_table();
  for (const Analysed& analysis : analyses) {
    if (!analysis.fits || !analysis.fits->mixed) continue;
    const models::Fit& fit = analysis.fits->mixed->fit();
    const std::string sentence = nation_sentence(*analysis.job, *analysis.layout, fit);
    if (sentence.empty()) continue;
    if (analysis.job->compare_with.empty())
      section.paragraphs.push_back(sentence + removal_sentence(*analysis.fits) +
                                   model_effects_sentence(study.panel, *analysis.layout, *analysis.fits));
    add_gap(*analysis.job, fit, table);
  }
  if (!table.rows.empty()) section.tables.push_back(std::move(table));
  return section;
}

/// Everything of one analysis is read under its first section, that of a twin under its head's; twins are folded.
void place(const AnalysisJob& job, std::size_t first, std::vector<findings::Section>& sections) {
  const bool twin = !job.compare_with.empty();
  for (std::size_t at = first; at < sections.size(); ++at) {
    if (twin || at > first) sections[at].under = twin ? job.compare_with : job.name;
    sections[at].aside = sections[at].aside || twin;
  }
}

findings::Section ratings_section(const Study& study) {
  findings::Section section{"ratings", "Ratings of people and models", "tables/ratings", {}, {}, {}};
  if (!study.layouts.empty()) section.figures = rating_figures(study.panel, study.layouts.front());
  return section;
}

void add_sections(const Study& study, const std::vector<Analysed>& all, const Analysed& analysis, Results& results) {
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
  for (const Analysed& other : all)
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

Analyses::Analyses(const Study& study, const storage::UnitStore& store, std::vector<std::size_t> units, Between between)
    : study_(study), store_(store), units_(std::move(units)), between_(std::move(between)), all_(study.layouts.size()) {
  for (std::size_t a = 0; a < all_.size(); ++a) {
    all_[a].job = &study.job.analyses[a];
    all_[a].layout = &study.layouts[a];
    all_[a].moments = read_moments(study.layouts[a], store, units_);
    fit(study, all_[a]);
    if (between_) between_();
  }
}

void Analyses::stream() {
  std::vector<StreamedStatistic*> statistics;
  std::vector<const Layout*> layouts;
  for (const Layout& layout : study_.layouts) layouts.push_back(&layout);
  for (const Analysed& analysis : all_)
    for (StreamedStatistic* statistic : std::initializer_list<StreamedStatistic*>{
             analysis.median_split.get(), analysis.mixed_residuals.get(), analysis.linear_residuals.get(),
             analysis.points.get(), analysis.residual_figures.get()})
      if (statistic) statistics.push_back(statistic);
  analysis::stream(store_, {units_, variants_read(layouts)}, statistics, between_);
}

Results Analyses::results() const {
  Results results;
  results.document.title = study_.job.title;
  results.document.synthetic = study_.synthetic;
  results.document.exclusions = study_.exclusions;
  results.document.sections.push_back(summary_section(study_, all_));
  results.document.sections.push_back(integrity_section(study_));
  results.document.sections.push_back(ratings_section(study_));
  for (const Analysed& analysis : all_) {
    const std::size_t first = results.document.sections.size();
    add_sections(study_, all_, analysis, results);
    place(*analysis.job, first, results.document.sections);
  }
  add_refusals(study_, results);
  return results;
}

Results analyse(const Study& study, const storage::UnitStore& store, const Between& between) {
  Analyses analyses(study, store, all_blocks(store), between);
  analyses.stream();
  return analyses.results();
}

}  // namespace meridian::analysis
