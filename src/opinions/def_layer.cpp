#include "opinions/def_layer.hpp"

#include <fmt/format.h>

#include "opinions/answer_checks.hpp"
#include "opinions/def_files.hpp"
#include "opinions/def_summary.hpp"
#include "opinions/def_tables.hpp"

namespace meridian::opinions {
namespace {

/// Surveys that people answered questions of.
std::vector<std::string> answered_surveys(const OpinionCounts& counts) {
  std::vector<std::string> answered;
  for (std::size_t s = 0; s < counts.surveys.size(); ++s)
    if (!counts.asked(s).empty()) answered.push_back(counts.surveys[s]);
  return answered;
}

DefStudy study_from(const DefFiles& files, const audit::LayerInput& input, const audit::Team& team,
                    findings::Ledger& ledger) {
  const QuestionTypes types = read_question_types(files.types);
  input.require_known("map_without", files.options.not_on_map, types.questions);
  OpinionCounts counts =
      read_opinions(files.answers, files.people, types, files.options.opinions, team, ledger, input.name);
  input.require_known("surveys", files.options.opinions.surveys, answered_surveys(counts));
  DefScores scores(counts, files.options);
  const std::vector<double> ones(types.questions.size(), 1.0);
  CulturalMap map = scores.map(ones);
  Eigen::VectorXd values = scores.values(ones);
  Eigen::MatrixXd replicates = def_replicates(scores, types, input.settings, team);
  return {std::move(counts), files.options,         std::move(scores),        std::move(map),
          std::move(values), std::move(replicates), input.settings.confidence};
}

void add_findings(const DefStudy& study, const audit::LayerInput& input, findings::Section& section) {
  section.tables = {
      divergence_table(study), preference_table(study), match_table(study),    bias_table(study),
      map_table(study),        distance_table(study),   map_axis_table(study), family_table(study, input.models)};
  for (const findings::Figure& figure :
       {divergence_figure(study), match_figure(study), bias_figure(study), map_figure(study)})
    if (!figure.data.rows.empty()) section.figures.push_back(figure);
}

void add_checks(const DefFiles& files, const DefStudy& study, const audit::LayerInput& input, const audit::Team& team,
                DefSummary& summary, audit::LayerResult& result) {
  auto& section = result.section;
  if (!files.verdicts.files.empty()) {
    section.tables.push_back(insensitivity_table(files.verdicts, study.confidence, team, result.ledger, input.name));
    summary.take(section.tables.back(), "answers that fail", "rate", {"judge", "survey", "aspect"});
    const findings::Figure figure = insensitivity_figure(section.tables.back());
    if (!figure.data.rows.empty()) section.figures.push_back(figure);
  }
  if (files.options.diversity_questions > 0) {
    section.tables.push_back(
        diversity_table(files.answers, study, files.options.diversity_questions, input.settings, team));
    summary.take(section.tables.back(), "diversity of the texts", "diversity", {"survey"});
  }
  section.tables.push_back(def_question_table(study));
}

audit::LayerResult run(const DefFiles& files, const audit::LayerInput& input, const audit::Team& team) {
  audit::LayerResult result;
  result.section.title = "Opinions beside people's";
  const DefStudy study = study_from(files, input, team, result.ledger);
  result.section.paragraphs = {fmt::format(
      "Answers of {} models to {} questions of {} types in {} surveys, beside people's.", study.counts.models.size(),
      study.counts.questions(), study.counts.types.types.size(), study.counts.surveys.size())};
  add_findings(study, input, result.section);
  DefSummary summary(study, result);
  summary.divergences();
  summary.matches_of_people();
  summary.variation();
  summary.shapes();
  add_checks(files, study, input, team, summary, result);
  result.section.tables.push_back(audit::group_tests(summary.values(), input.models, input.settings));
  return result;
}

}  // namespace

audit::Work def_layer(audit::LayerInput& input) {
  const DefFiles files = def_files(input);
  input.options.finish();
  return [=](const audit::Team& team) { return run(files, input, team); };
}

}  // namespace meridian::opinions
