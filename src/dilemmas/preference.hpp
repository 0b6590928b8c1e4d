#pragma once
// Which value of a pair a model prefers: Yuan et al. 2024's preference ratio under three rules of what counts as the
// model's choice in a dilemma.
#include <array>
#include <string>
#include <vector>

#include "dilemmas/choices.hpp"

namespace meridian::dilemmas {

enum class ChoiceRule {
  one_template,  ///< the answer under the first template
  consistent,    ///< only where all templates give the same valid answer
  majority       ///< of the valid answers of all templates; ties are undetermined
};
inline constexpr std::array<ChoiceRule, 3> kChoiceRules{ChoiceRule::one_template, ChoiceRule::consistent,
                                                        ChoiceRule::majority};
std::string rule_name(ChoiceRule rule);  ///< "one-template", "consistent", "majority"

/// Choice::absent where the templates concerned were not asked.
Choice choice_by_rule(const Choices& choices, std::size_t model, std::size_t dilemma, ChoiceRule rule);

struct Preference {
  std::size_t model = 0, pair = 0;
  ChoiceRule rule = ChoiceRule::one_template;
  std::int64_t first = 0, second = 0;  ///< dilemmas in which the pair's first or second value was chosen
  std::int64_t undetermined = 0;       ///< asked, but without a choice by this rule
  double share = 0;                    ///< first / (first + second); NaN without a choice
  double low = 0, high = 0;            ///< Wilson
  double p_value = 0;                  ///< exact binomial against one half
};

/// By rule, model and pair.
std::vector<Preference> preferences(const Choices& choices, const Corpus& corpus, double confidence);

}  // namespace meridian::dilemmas
