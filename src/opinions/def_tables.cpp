#include "opinions/def_tables.hpp"

#include <cmath>

#include "audit/replicate_limits.hpp"
#include "findings/columns.hpp"
#include "inference/proportion.hpp"

namespace meridian::opinions {
namespace {

using findings::Cell;
using findings::Column;
using findings::integer_column;
using findings::real_column;
using findings::Table;
using findings::text_column;

const Column kModelColumn = text_column("model"), kSurveyColumn = text_column("survey");

/// `row` for every model and survey.
template <class Row>
void each_cell(const DefStudy& study, const Row& row) {
  for (std::size_t m = 0; m < study.counts.models.size(); ++m)
    for (std::size_t s = 0; s < study.counts.surveys.size(); ++s) row(m, s);
}

}  // namespace

Table divergence_table(const DefStudy& study) {
  Table table{
      "divergences",
      "How far models' answers lie from people's",
      "KL(model || people) of the distributions of answers, natural logarithm, failed answers included: mean "
      "over the questions of a type; overall: unweighted mean of the types. Percentile interval of a bootstrap "
      "over questions within types; none for a type with a single question.",
      {kModelColumn, kSurveyColumn, text_column("type"), real_column("value", "nats"), real_column("conf_low", "nats"),
       real_column("conf_high", "nats"), integer_column("questions", "questions")},
      {}};
  each_cell(study, [&](std::size_t m, std::size_t s) {
    const auto add = [&](const std::string& name, Eigen::Index place, std::size_t type, inference::Interval limits) {
      table.add({study.counts.models[m], study.counts.surveys[s], name, study.values[place], limits.low, limits.high,
                 questions_with_divergence(study, m, s, type)});
    };
    const Eigen::Index overall = study.scores.overall_place(m, s);
    add("overall", overall, QuestionTypes::npos,
        audit::replicate_limits(study.replicates.col(overall), study.confidence));
    for (std::size_t t = 0; t < study.counts.types.types.size(); ++t)
      add(study.counts.types.types[t], study.scores.type_place(m, s, t), t, type_limits(study, m, s, t));
  });
  return table;
}

Table preference_table(const DefStudy& study) {
  Table table{
      "preferences",
      "What the divergences rest on",
      "infinite: the model gives an answer that no person gave; empty: no answer of the model; replaced: got the "
      "largest finite divergence of this model and survey plus 1, so that models with replaced ones are not "
      "strictly comparable. below_half: share of the questions with a divergence below .5. deviation: mean standard "
      "deviation of the model's shares over the codes (large: always the same answer). Percentile intervals of a "
      "bootstrap over questions within types.",
      {kModelColumn, kSurveyColumn, integer_column("questions", "questions"), integer_column("infinite", "questions"),
       integer_column("empty", "questions"), integer_column("replaced", "questions"), real_column("below_half"),
       real_column("below_half_low"), real_column("below_half_high"), real_column("deviation"),
       real_column("deviation_low"), real_column("deviation_high")},
      {}};
  each_cell(study, [&](std::size_t m, std::size_t s) {
    const PreferenceDivergence& found = study.scores.divergence(m, s);
    const ShapeEstimate below = shape_of(study, m, s, Shape::below_half),
                        deviation = shape_of(study, m, s, Shape::deviation);
    table.add({study.counts.models[m], study.counts.surveys[s], static_cast<std::int64_t>(study.counts.asked(s).size()),
               static_cast<std::int64_t>(found.infinite), static_cast<std::int64_t>(found.empty),
               static_cast<std::int64_t>(found.replaced), below.value, below.low, below.high, deviation.value,
               deviation.low, deviation.high});
  });
  return table;
}

Table def_question_table(const DefStudy& study) {
  Table table{
      "questions",
      "Divergence and top answers by question",
      "top_model, top_people: the most frequent code, the lowest of equals; empty where there is none.",
      {kModelColumn, kSurveyColumn, text_column("question"), text_column("type"), real_column("divergence", "nats"),
       integer_column("top_model", "code"), integer_column("top_people", "code"), integer_column("failed", "answers")},
      {}};
  const auto code = [](std::size_t top) { return top == kNoCode ? Cell() : Cell(static_cast<std::int64_t>(top)); };
  each_cell(study, [&](std::size_t m, std::size_t s) {
    for (const std::size_t q : study.counts.asked(s)) {
      const Counts& told = study.counts.model(m, s, q);
      table.add({study.counts.models[m], study.counts.surveys[s], study.counts.types.questions[q],
                 study.counts.types.types[study.counts.types.type[q]], study.scores.divergence(m, s).values[q],
                 code(top_code(told)), code(top_code(study.counts.human(s, q))),
                 static_cast<std::int64_t>(told.back())});
    }
  });
  return table;
}

Table match_table(const DefStudy& study) {
  Table table{"matches",
              "Questions whose most frequent answer is people's",
              "Wilson's interval; questions without an answer of either side are left out.",
              {kModelColumn, kSurveyColumn, text_column("type"), integer_column("matches", "questions"),
               integer_column("questions", "questions"), real_column("share"), real_column("conf_low"),
               real_column("conf_high")},
              {}};
  each_cell(study, [&](std::size_t m, std::size_t s) {
    const auto add = [&](const std::string& name, std::size_t type) {
      const Matches found = matches(study, m, s, type);
      const auto limits = inference::wilson_interval(found.matches, found.questions, study.confidence);
      const double share = static_cast<double>(found.matches) / static_cast<double>(found.questions);
      table.add({study.counts.models[m], study.counts.surveys[s], name, found.matches, found.questions, share,
                 limits.low, limits.high});
    };
    add("all", QuestionTypes::npos);
    for (std::size_t t = 0; t < study.counts.types.types.size(); ++t) add(study.counts.types.types[t], t);
  });
  return table;
}

}  // namespace meridian::opinions
