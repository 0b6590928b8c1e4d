// How many different texts a model gives (Liu et al. 2025, "diversity").
#include <algorithm>
#include <map>
#include <numeric>

#include "audit/bootstrap.hpp"
#include "findings/columns.hpp"
#include "opinions/answer_checks.hpp"
#include "opinions/answer_code.hpp"

namespace meridian::opinions {
namespace {

using findings::integer_column;
using findings::real_column;
using findings::Table;
using findings::text_column;

/// Texts of one model in one survey.
struct Texts {
  std::int64_t answers = 0;
  std::vector<double> distinct;  ///< by question that was asked first
};

/// The first questions of each survey, by name of the survey.
std::map<std::string, std::vector<std::size_t>> first_questions(const OpinionCounts& counts, std::size_t questions) {
  std::map<std::string, std::vector<std::size_t>> first;
  for (std::size_t s = 0; s < counts.surveys.size(); ++s) {
    std::vector<std::size_t> asked = counts.asked(s);
    asked.resize(std::min(asked.size(), questions));
    first[counts.surveys[s]] = asked;
  }
  return first;
}

/// Cells model, survey, question, text of the first questions.
audit::CellTable texts_of(const audit::RecordFiles& answers, const DefStudy& study,
                          const std::map<std::string, std::vector<std::size_t>>& first, const audit::Team& team) {
  const auto fields = opinion_fields(study.options.opinions.groups, true);
  const auto place = [&](const std::string& name) {
    return static_cast<std::size_t>(
        std::find_if(fields.begin(), fields.end(), [&](const auto& field) { return field.name == name; }) -
        fields.begin());
  };
  const std::size_t survey_field = place("country"), question_field = place("question"), text_field = place("text"),
                    count_field = place("count");
  const auto take = [&](const tables::MappedReader& record, audit::CellCounts& texts) -> std::string {
    const std::string survey = record.text(survey_field).empty() ? "all" : record.text(survey_field);
    const auto wanted = first.find(survey);
    const std::string question = plain_name(record.text(question_field));
    const auto count = answer_count(record.text(count_field));
    if (wanted == first.end() || record.text(0).empty() || !count || *count == 0 ||
        !std::binary_search(wanted->second.begin(), wanted->second.end(), study.counts.types.find(question)))
      return "";
    texts.add({&record.text(0), &survey, &question, &record.text(text_field)}, 0, *count);
    return "";
  };
  return audit::tally_records(answers, team, 4, 1, take).cells;
}

std::map<std::pair<std::string, std::string>, Texts> counted(
    const audit::CellTable& cells, const DefStudy& study,
    const std::map<std::string, std::vector<std::size_t>>& first) {
  std::map<std::pair<std::string, std::string>, Texts> found;  // by model and survey
  for (const auto& cell : cells.cells) {
    const std::string& survey = cells.names[1][cell.key[1]];
    const std::vector<std::size_t>& asked = first.at(survey);
    Texts& texts = found[{cells.names[0][cell.key[0]], survey}];
    texts.distinct.resize(asked.size());
    texts.answers += cell.counts[0];
    const std::size_t question = study.counts.types.find(cells.names[2][cell.key[2]]);
    ++texts.distinct[static_cast<std::size_t>(std::lower_bound(asked.begin(), asked.end(), question) - asked.begin())];
  }
  return found;
}

/// Limits of the distinct texts less the questions; a replicate draws as many questions as there are.
inference::Interval limits_of(const Texts& texts, const audit::Settings& settings, const audit::Team& team) {
  const resampling::Strata one = resampling::strata_of(std::vector<std::int32_t>(texts.distinct.size(), 0));
  return audit::bootstrap_limits(
             team, settings, "questions of diversity", one, 1,
             [&](const std::vector<double>& weights) -> Eigen::VectorXd {
               const double distinct = std::inner_product(weights.begin(), weights.end(), texts.distinct.begin(), 0.0);
               return Eigen::VectorXd::Constant(1, distinct - static_cast<double>(texts.distinct.size()));
             })
      .front();
}

}  // namespace

Table diversity_table(const audit::RecordFiles& answers, const DefStudy& study, std::size_t questions,
                      const audit::Settings& settings, const audit::Team& team) {
  Table table{
      "diversity",
      "Different texts",
      "Distinct texts of the answers, added over the first questions of the survey (in the order of the types' "
      "table), and their number minus that of the questions: 0 if a model always says the same. Percentile "
      "interval of a bootstrap over these questions.",
      {text_column("model"), text_column("survey"), integer_column("questions", "questions"),
       integer_column("answers", "answers"), integer_column("distinct", "texts"), integer_column("diversity", "texts"),
       real_column("conf_low", "texts"), real_column("conf_high", "texts")},
      {}};
  const auto first = first_questions(study.counts, questions);
  for (const auto& [key, texts] : counted(texts_of(answers, study, first, team), study, first)) {
    const auto asked = static_cast<std::int64_t>(texts.distinct.size());
    const auto distinct = static_cast<std::int64_t>(std::accumulate(texts.distinct.begin(), texts.distinct.end(), 0.0));
    const inference::Interval limits = limits_of(texts, settings, team);
    table.add({key.first, key.second, asked, texts.answers, distinct, distinct - asked, limits.low, limits.high});
  }
  return table;
}

}  // namespace meridian::opinions
