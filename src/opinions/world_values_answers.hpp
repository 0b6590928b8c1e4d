#pragma once
// Answers of models and people to WorldValuesBench, counted by question and stratum of the participants.
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "opinions/world_values_inputs.hpp"

namespace meridian::opinions {

/// What a stratum is of ("all", "continent", "urban/rural", "education") and which one.
using Stratum = std::pair<std::string, std::string>;
/// By stratum, question, run (model as asked): how often each score was given.
using ScoreCounts = std::map<Stratum, std::map<std::string, std::map<std::string, WeightedValues>>>;

/// How people's answers are called among the runs.
inline const std::string kPeople = "people";

/// What decides whether an answer counts, and as what.
struct AnswerRules {
  std::map<std::string, Scale> scales;
  Samples samples;                          ///< empty: strata come from the answers' own fields
  std::optional<CountryPercents> percents;  ///< answers from countries without them have nothing to be compared with
  Recodes recodes;                          ///< of people's answers
};

/// Fields question, participant, score, model, country, continent, urban_rural, education; a run is named by `model`,
/// else by its file.
const std::vector<audit::RecordField>& answer_record_fields();

/// Adds the answers of all files. Collective; memory grows with runs x questions x strata, not with answers.
void count_scores(const audit::RecordFiles& files, const AnswerRules& rules, bool people, const audit::Team& team,
                  ScoreCounts& counts, audit::RowFaults& faults);

/// People's answers as the mixture of their countries' percents, one share per participant who was asked: all and by
/// continent, for a country table knows no other strata.
void mix_countries(const AnswerRules& rules, ScoreCounts& counts);

}  // namespace meridian::opinions
