#include "analysis/table_section.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/descriptives.hpp"
#include "analysis/gap.hpp"
#include "analysis/iteration_aware.hpp"
#include "analysis/nation_tests.hpp"
#include "analysis/table_figures.hpp"

namespace meridian::analysis {
namespace {

std::string method_sentence(const Study& study, const AnalysisJob& job, const Layout& layout) {
  return fmt::format(
      "{} people ({}), {} models, {} cosines per person. Model rows: {}; centred on {}. {}", layout.people.count,
      job.participant_id == "column" ? "identified by the participant column" : "identified by " + job.participant_id,
      layout.models.size(), layout.rows(),
      job.rows == panel::Rows::persona ? "of the persona named" : "the first row of the file for each item",
      job.center == panel::Center::condition ? "the condition's own mean" : "the mean over personas",
      study.synthetic ? "The answers are synthetic." : "");
}

void add_table_figures(const Study& study, const Analysed& analysis, findings::Section& section) {
  if (analysis.points) section.figures.push_back(analysis.points->figure(analysis.moments));
  for (const findings::Table& table : section.tables) {
    if (table.name == "by_origin")
      if (auto figure = conditions_figure(table)) section.figures.push_back(*figure);
    if (table.name == "change_by_removed") section.figures.push_back(removal_figure(table, study.panel.instrument));
  }
}

}  // namespace

bool asks_for(const AnalysisJob& job, const std::string& table) {
  return std::find(job.tables.begin(), job.tables.end(), table) != job.tables.end();
}

findings::Section tables_section(const Study& study, const Analysed& analysis) {
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
  add_table_figures(study, analysis, section);
  return section;
}

}  // namespace meridian::analysis
