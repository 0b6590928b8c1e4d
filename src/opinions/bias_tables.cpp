#include "inference/proportion.hpp"
#include "opinions/def_tables.hpp"

namespace meridian::opinions {
namespace {

using findings::Cell;
using findings::Kind;
using findings::Table;

/// One profile of the table and of the figure.
struct Profile {
  std::size_t model = 0, survey = 0;
  const GroupAttribute* attribute = nullptr;
  BiasBasis basis = BiasBasis::count;
  bool match = false;
  BiasProfile found;
};

BiasProfile profile_of(const DefStudy& study, const Profile& profile) {
  std::vector<QuestionCharacter> questions;
  const OpinionCounts& counts = study.counts;
  for (const std::size_t q : counts.asked(profile.survey))
    questions.push_back(question_character(counts.model(profile.model, profile.survey, q),
                                           counts.human(profile.survey, q),
                                           counts.groups(*profile.attribute, profile.survey, q), profile.basis));
  return bias_profile(questions, profile.match, profile.attribute->groups.size());
}

/// Attributes that the files do not give have no profile.
std::vector<Profile> profiles(const DefStudy& study) {
  std::vector<Profile> all;
  for (std::size_t m = 0; m < study.counts.models.size(); ++m)
    for (std::size_t s = 0; s < study.counts.surveys.size(); ++s)
      for (const GroupAttribute& attribute : study.counts.attributes)
        for (const BiasBasis basis : {BiasBasis::count, BiasBasis::share})
          for (const bool match : {true, false}) {
            if (attribute.groups.empty()) continue;
            all.push_back({m, s, &attribute, basis, match, {}});
            all.back().found = profile_of(study, all.back());
          }
  return all;
}

std::string name(BiasBasis basis) { return basis == BiasBasis::count ? "count" : "share"; }

}  // namespace

Table bias_table(const DefStudy& study) {
  Table table{"bias",
              "Whose answers the models give",
              "Every question has the character of the people who most often gave the model's top answer: by count (as "
              "printed; a larger group of the sample wins by its size) or by share of the group. Questions whose top "
              "answer matches people's, and the others; ties have a line of their own and are counted in every tied "
              "group in with_ties. Null: nobody gave the answer. Wilson's interval.",
              {{"model", Kind::text, ""},
               {"survey", Kind::text, ""},
               {"attribute", Kind::text, ""},
               {"basis", Kind::text, ""},
               {"profile", Kind::text, ""},
               {"character", Kind::text, ""},
               {"questions", Kind::integer, "questions"},
               {"of", Kind::integer, "questions"},
               {"share", Kind::real, ""},
               {"conf_low", Kind::real, ""},
               {"conf_high", Kind::real, ""},
               {"with_ties", Kind::integer, "questions"}},
              {}};
  for (const Profile& one : profiles(study))
    for (std::size_t i = 0; i < one.found.characters.size(); ++i) {
      const auto& character = one.found.characters[i];
      const std::int64_t questions = one.found.questions[i], total = one.found.total;
      const auto limits = inference::wilson_interval(questions, total, study.confidence);
      table.add({study.counts.models[one.model], study.counts.surveys[one.survey], one.attribute->name, name(one.basis),
                 std::string(one.match ? "match" : "mismatch"), character_name(character, one.attribute->groups),
                 questions, total, static_cast<double>(questions) / static_cast<double>(total), limits.low, limits.high,
                 character.size() == 1 ? Cell(one.found.with_ties[character[0]]) : Cell()});
    }
  return table;
}

findings::Figure bias_figure(const DefStudy& study) {
  auto figure = findings::make_figure(findings::FigureKind::bars, "bias", "Whose answers the models give");
  figure.x = {.title = "Group"};
  figure.y = {.title = "Share of questions", .low = 0.0};
  figure.sample = std::to_string(study.counts.models.size()) + " models, " +
                  std::to_string(study.counts.surveys.size()) + " surveys";
  figure.interval = "Wilson";
  figure.caption =
      "Questions by the group of which the largest share gave the model's top answer; dark: the answer is also "
      "people's top answer, light: it is not. Ties are left out.";
  figure.alt =
      "Bars per sex, age group and other groups: the share of questions in which the model answers as they do.";
  for (const Profile& one : profiles(study)) {
    if (one.basis != BiasBasis::share || one.found.total == 0) continue;
    for (std::size_t i = 0; i < one.found.characters.size(); ++i) {
      if (one.found.characters[i].size() != 1) continue;
      const std::int64_t questions = one.found.questions[i], total = one.found.total;
      const auto limits = inference::wilson_interval(questions, total, study.confidence);
      figure.add({study.counts.surveys[one.survey] + ": " + one.attribute->name,
                  character_name(one.found.characters[i], one.attribute->groups), study.counts.models[one.model],
                  std::string(one.match ? "match" : "mismatch"),
                  static_cast<double>(questions) / static_cast<double>(total), limits.low, limits.high, total});
    }
  }
  return figure;
}

}  // namespace meridian::opinions
