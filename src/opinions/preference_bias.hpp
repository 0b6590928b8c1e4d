#pragma once
// Whose answers a model gives: every question gets the character (sex, age group) of the people who most often gave
// the model's own top answer (DEF, Liu et al. 2025, section on preference bias).
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "opinions/preference_divergence.hpp"

namespace meridian::opinions {

/// What makes a group lead.
enum class BiasBasis {
  count,  ///< most people who gave the answer: the authors' choice; a larger group of the sample wins by its size
  share   ///< largest share of the group that gave it
};

/// Groups that lead for an answer code, all of them where they tie; empty if nobody gave the answer. `groups[g]`:
/// answers of group g to the question.
std::vector<std::size_t> leading_groups(const std::vector<Counts>& groups, std::size_t code, BiasBasis basis);

/// Whether the model's top answer is people's ("Y" and "N" of the authors), and whose it is.
struct QuestionCharacter {
  bool exists = false;  ///< both sides have an answer
  bool match = false;
  std::vector<std::size_t> leaders;  ///< empty: "Null", no person gave the model's top answer
};
QuestionCharacter question_character(const Counts& model, const Counts& human, const std::vector<Counts>& groups,
                                     BiasBasis basis);

/// Questions by character, among those that match or among those that do not.
struct BiasProfile {
  std::vector<std::vector<std::size_t>> characters;  ///< each set of leading groups that occurs, sorted
  std::vector<std::int64_t> questions;               ///< per character
  std::vector<std::int64_t> with_ties;               ///< per group: questions in which it leads, alone or tied
  std::int64_t total = 0;
};
BiasProfile bias_profile(const std::vector<QuestionCharacter>& questions, bool match, std::size_t groups);

/// "Null", "M", or "30-49 = 50+" for a tie.
std::string character_name(const std::vector<std::size_t>& character, const std::vector<std::string>& groups);

}  // namespace meridian::opinions
