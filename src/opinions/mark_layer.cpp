#include "opinions/mark_layer.hpp"

#include <fmt/format.h>

#include <cmath>

#include "audit/group_comparison.hpp"
#include "audit/replicate_limits.hpp"
#include "error.hpp"
#include "opinions/mark_tables.hpp"

namespace meridian::opinions {
namespace {

struct MarkFiles {
  audit::RecordFiles people, predictions, types, countries;
  PersonFields person, predicted;
  InvalidRule rule = InvalidRule::wrong;
};

MarkFiles files_from(audit::LayerInput& input) {
  MarkFiles files;
  const auto profile = input.options.words("profile", {"respondent"});
  if (profile.empty())
    throw InputError(input.options.where("profile"), "nothing", "the fields that together name a person",
                     "Name them, for example: respondent");
  files.person = person_fields(profile, false);
  files.predicted = person_fields(profile, true);
  files.people = audit::record_files(input, "people", "people's answers", files.person.fields);
  files.predictions =
      audit::named_record_files(input, "predictions", "the models' predictions", files.predicted.fields, "model");
  if (input.options.has("types"))
    files.types = audit::record_files(input, "types", "questions and their types", question_type_fields());
  if (input.options.has("countries"))
    files.countries = audit::record_files(input, "countries", "distributions by country", country_share_fields());
  const bool wrong = input.options.choice("invalid", "wrong", {"wrong", "excluded"}) == "wrong";
  files.rule = wrong ? InvalidRule::wrong : InvalidRule::excluded;
  return files;
}

MarkStudy study_from(const MarkFiles& files, const audit::LayerInput& input, const audit::Team& team,
                     findings::Ledger& ledger) {
  audit::RowFaults people_faults, share_faults, prediction_faults;
  const QuestionTypes types = files.types.files.empty() ? QuestionTypes() : read_question_types(files.types);
  People people = read_people(files.people, files.person, types, people_faults);
  const CountryShares shares =
      files.countries.files.empty() ? CountryShares() : read_country_shares(files.countries, people, share_faults);
  Predictions predictions =
      read_predictions(files.predictions, files.predicted, people, files.rule, team, prediction_faults);
  people_faults.into(ledger, input.name + ": people", "answers");
  share_faults.into(ledger, input.name + ": countries", "shares");
  prediction_faults.into(ledger, input.name + ": predictions", "predictions");
  MarkStatistics statistics(predictions, shares, types, people.questions, files.rule);
  const std::vector<double> ones(people.questions.size(), 1.0);
  Eigen::VectorXd values = statistics.values(ones);
  Eigen::MatrixXd replicates = mark_replicates(statistics, people.questions.size(), input.settings, team);
  Eigen::MatrixXd limits =
      country_limits(statistics, people.countries.size(), people.questions.size(), input.settings, team);
  return {std::move(people),        types,
          std::move(predictions),   std::move(statistics),
          std::move(values),        std::move(replicates),
          std::move(limits),        files.rule,
          input.settings.confidence};
}

/// What a reader of the summary has to know of a metric.
std::string caution(const MarkStudy& study, std::size_t model, Metric metric) {
  if (metric == Metric::sim_js) return "1 minus a distance in natural logarithms: its lowest value is .167, not 0";
  if (metric != Metric::kappa_quadratic) return "";
  const MetricGrid& grid = study.statistics.grid(model, Setting::pooled);
  std::size_t constant = 0;
  for (std::size_t q = 0; q < grid.questions; ++q)
    if (const double kappa = grid.value(0, q, metric); std::isnan(kappa) || kappa == 0) ++constant;
  return constant == 0 ? "" : fmt::format("{} questions with a constant rater (kappa 0 or none)", constant);
}

void summarise(const MarkStudy& study, const audit::LayerInput& input, audit::LayerResult& result) {
  std::vector<audit::ModelValue> values;
  for (std::size_t m = 0; m < study.predictions.models.size(); ++m)
    for (const Metric metric : kAllMetrics) {
      const auto place = static_cast<Eigen::Index>(study.statistics.find(m, Setting::pooled, metric));
      const std::string& model = study.predictions.models[m];
      values.push_back({name(metric), model, study.values[place]});
      if (metric != Metric::accuracy && metric != Metric::sim_js && metric != Metric::emd_ord_norm &&
          metric != Metric::kappa_quadratic)
        continue;
      const inference::Interval limits = audit::replicate_limits(study.replicates.col(place), study.confidence);
      result.summary.push_back({model, name(metric) + " of predictions of people's answers", study.values[place],
                                limits.low, limits.high, "bootstrap over questions",
                                static_cast<std::int64_t>(study.people.questions.size()), caution(study, m, metric)});
    }
  for (const MarkStatistic& one : study.statistics.by_country())
    values.push_back(
        {name(one.metric) + ", " + (one.setting == Setting::global ? "published distributions" : "mean of countries"),
         study.predictions.models[one.model],
         study.values[static_cast<Eigen::Index>(study.statistics.find(one.model, one.setting, one.metric))]});
  result.section.tables.push_back(audit::group_tests(values, input.models, input.settings));
}

audit::LayerResult run(const MarkFiles& files, const audit::LayerInput& input, const audit::Team& team) {
  audit::LayerResult result;
  result.section.title = "Predictions of people's answers";
  const MarkStudy study = study_from(files, input, team, result.ledger);
  result.section.paragraphs = {fmt::format(
      "Predictions by {} models of what {} people of {} countries answered to {} questions; a prediction that is no "
      "answer {}.",
      study.predictions.models.size(), study.people.size(), study.people.countries.size(),
      study.people.questions.size(), files.rule == InvalidRule::wrong ? "counts as wrong" : "is left out")};
  result.section.tables = {agreement_table(study), comparison_table(study), accuracy_pair_table(study),
                           question_table(study), country_table(study)};
  result.section.figures = {agreement_figure(study), distribution_figure(study)};
  if (study.people.countries.size() > 1) result.section.figures.push_back(country_figure(study));
  summarise(study, input, result);
  return result;
}

}  // namespace

audit::Work mark_layer(audit::LayerInput& input) {
  const MarkFiles files = files_from(input);
  input.options.finish();
  return [=](const audit::Team& team) { return run(files, input, team); };
}

}  // namespace meridian::opinions
