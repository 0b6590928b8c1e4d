#include "dilemmas/preference.hpp"

#include "inference/exact_binomial.hpp"
#include "inference/proportion.hpp"

namespace meridian::dilemmas {
namespace {

struct Votes {
  std::size_t asked = 0, first = 0, second = 0;
};

Votes votes(const Choices& choices, std::size_t model, std::size_t dilemma) {
  Votes found;
  for (std::size_t t = 0; t < choices.templates.size(); ++t) {
    const Choice choice = choices.base(model, dilemma, t);
    found.asked += choice != Choice::absent ? 1 : 0;
    found.first += choice == Choice::first ? 1 : 0;
    found.second += choice == Choice::second ? 1 : 0;
  }
  return found;
}

void finish(double confidence, Preference& preference) {
  const std::int64_t n = preference.first + preference.second;
  preference.share = static_cast<double>(preference.first) / static_cast<double>(n);
  const inference::Interval limits = inference::wilson_interval(preference.first, n, confidence);
  preference.low = limits.low;
  preference.high = limits.high;
  preference.p_value = inference::exact_binomial_p(preference.first, n);
}

}  // namespace

std::string rule_name(ChoiceRule rule) {
  if (rule == ChoiceRule::one_template) return "one-template";
  return rule == ChoiceRule::consistent ? "consistent" : "majority";
}

Choice choice_by_rule(const Choices& choices, std::size_t model, std::size_t dilemma, ChoiceRule rule) {
  if (rule == ChoiceRule::one_template) return choices.base(model, dilemma);
  const Votes found = votes(choices, model, dilemma);
  const std::size_t all = choices.templates.size();
  if (found.asked == 0 || (rule == ChoiceRule::consistent && found.asked < all)) return Choice::absent;
  if (rule == ChoiceRule::consistent) {
    if (found.first == all) return Choice::first;
    return found.second == all ? Choice::second : Choice::divided;
  }
  if (found.first == found.second) return found.first == 0 ? Choice::invalid : Choice::divided;
  return found.first > found.second ? Choice::first : Choice::second;
}

std::vector<Preference> preferences(const Choices& choices, const Corpus& corpus, double confidence) {
  std::vector<Preference> all;
  for (const ChoiceRule rule : kChoiceRules)
    for (std::size_t model = 0; model < choices.models.size(); ++model) {
      std::vector<Preference> of_pairs(corpus.pairs.size());
      for (std::size_t d = 0; d < choices.dilemmas; ++d) {
        const Dilemma& dilemma = corpus.dilemmas[d];
        Preference& preference = of_pairs[dilemma.pair];
        const Choice choice = choice_by_rule(choices, model, d, rule);
        if (choice == Choice::absent) continue;
        if (!valid(choice))
          ++preference.undetermined;
        else
          ++(dilemma.value[choice == Choice::first ? 0 : 1] == 0 ? preference.first : preference.second);
      }
      for (std::size_t pair = 0; pair < of_pairs.size(); ++pair) {
        of_pairs[pair].model = model;
        of_pairs[pair].pair = pair;
        of_pairs[pair].rule = rule;
        finish(confidence, of_pairs[pair]);
        all.push_back(of_pairs[pair]);
      }
    }
  return all;
}

}  // namespace meridian::dilemmas
