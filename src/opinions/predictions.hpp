#pragma once
// Models' predictions of people's answers, streamed: what stays is a table of pairs per model, country and question.
#include <string>
#include <vector>

#include "opinions/agreement.hpp"
#include "opinions/outcomes.hpp"
#include "opinions/people.hpp"

namespace meridian::opinions {

struct Predictions {
  std::vector<std::string> models;   ///< sorted
  std::vector<PairedCounts> counts;  ///< models x countries x questions
  std::vector<Outcomes> outcomes;    ///< per model, over questions x people
  std::vector<CodeRange> ranges;     ///< per question: of all people's answers and all valid predictions
  std::size_t countries = 0, questions = 0;
  const PairedCounts& of(std::size_t model, std::size_t country, std::size_t question) const {
    return counts[(model * countries + country) * questions + question];
  }
  PairedCounts pooled(std::size_t model, std::size_t question) const;
};

/// Collective. A prediction that is no whole number or below 0 is invalid; `rule` decides whether it misses. Rows of
/// unknown people and of questions that a person did not answer are left out and counted. Throws InputError if no row
/// is left.
Predictions read_predictions(const audit::RecordFiles& records, const PersonFields& fields, const People& people,
                             InvalidRule rule, const audit::Team& team, audit::RowFaults& faults);

}  // namespace meridian::opinions
