#include "opinions/preference_bias.hpp"

#include <map>
#include <numeric>

namespace meridian::opinions {

std::vector<std::size_t> leading_groups(const std::vector<Counts>& groups, std::size_t code, BiasBasis basis) {
  std::vector<std::size_t> leaders;
  double largest = 0;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const double people = std::accumulate(groups[g].begin(), groups[g].end(), 0.0);
    const double value = basis == BiasBasis::count || !(people > 0) ? groups[g][code] : groups[g][code] / people;
    if (!(value > 0) || value < largest) continue;
    if (value > largest) leaders.clear();
    largest = value;
    leaders.push_back(g);
  }
  return leaders;
}

QuestionCharacter question_character(const Counts& model, const Counts& human, const std::vector<Counts>& groups,
                                     BiasBasis basis) {
  const std::size_t given = top_code(model), wanted = top_code(human);
  if (given == kNoCode || wanted == kNoCode) return {};
  return {true, given == wanted, leading_groups(groups, given, basis)};
}

BiasProfile bias_profile(const std::vector<QuestionCharacter>& questions, bool match, std::size_t groups) {
  BiasProfile profile;
  profile.with_ties.assign(groups, 0);
  std::map<std::vector<std::size_t>, std::int64_t> counted;
  for (std::size_t g = 0; g < groups; ++g) counted[{g}] = 0;  // a group without a question shows its 0
  for (const QuestionCharacter& question : questions) {
    if (!question.exists || question.match != match) continue;
    ++profile.total;
    ++counted[question.leaders];
    for (const std::size_t leader : question.leaders) ++profile.with_ties[leader];
  }
  for (const auto& [character, count] : counted) {
    profile.characters.push_back(character);
    profile.questions.push_back(count);
  }
  return profile;
}

std::string character_name(const std::vector<std::size_t>& character, const std::vector<std::string>& groups) {
  std::string name;
  for (const std::size_t group : character) name += (name.empty() ? "" : " = ") + groups[group];
  return name.empty() ? "Null" : name;
}

}  // namespace meridian::opinions
