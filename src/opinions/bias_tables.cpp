#include <algorithm>
#include <cstdlib>
#include <numeric>

#include "findings/columns.hpp"
#include "inference/proportion.hpp"
#include "opinions/def_tables.hpp"

namespace meridian::opinions {
namespace {

using findings::Cell;
using findings::integer_column;
using findings::real_column;
using findings::Table;
using findings::text_column;

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

/// "<=29", "30-49", ">=50" by their first number; names without one keep their order.
std::vector<std::size_t> groups_in_order(const GroupAttribute& attribute) {
  std::vector<std::size_t> order(attribute.groups.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto number = [&](std::size_t group) {
    const std::string& name = attribute.groups[group];
    const std::size_t digit = name.find_first_of("0123456789");
    return digit == std::string::npos ? 0 : std::strtod(name.c_str() + digit, nullptr);
  };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return number(a) < number(b); });
  return order;
}

/// The questions that have the group for their only leader.
void add_bar(const DefStudy& study, const Profile& profile, std::size_t group, findings::Figure& figure) {
  const auto& characters = profile.found.characters;
  const auto at = std::find(characters.begin(), characters.end(), std::vector<std::size_t>{group});
  const std::int64_t total = profile.found.total;
  if (profile.basis != BiasBasis::share || total == 0) return;
  const std::int64_t questions =
      at == characters.end() ? 0 : profile.found.questions[static_cast<std::size_t>(at - characters.begin())];
  const auto limits = inference::wilson_interval(questions, total, study.confidence);
  figure.add({study.counts.surveys[profile.survey] + ": " + profile.attribute->name, profile.attribute->groups[group],
              study.counts.models[profile.model], std::string(profile.match ? "match" : "mismatch"),
              static_cast<double>(questions) / static_cast<double>(total), limits.low, limits.high, total});
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
              {text_column("model"), text_column("survey"), text_column("attribute"), text_column("basis"),
               text_column("profile"), text_column("character"), integer_column("questions", "questions"),
               integer_column("of", "questions"), real_column("share"), real_column("conf_low"),
               real_column("conf_high"), integer_column("with_ties", "questions")},
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
      "Questions by the group of which the largest share gave the model's top answer, among those in which it is also "
      "people's top answer (match) and the others (mismatch). Ties are left out.";
  figure.alt =
      "Bars per sex, age group and other groups: the share of questions in which the model answers as they do.";
  const auto all = profiles(study);
  for (const std::string& survey : study.counts.surveys)
    for (const GroupAttribute& attribute : study.counts.attributes)
      for (const std::size_t group : groups_in_order(attribute))
        for (const Profile& one : all)
          if (one.attribute == &attribute && study.counts.surveys[one.survey] == survey)
            add_bar(study, one, group, figure);
  return figure;
}

}  // namespace meridian::opinions
