#include "analysis/slope_term.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace meridian::analysis {
namespace {

using Variables = std::vector<std::string>;

bool part_of(const Variables& small, const Variables& large) {
  return std::all_of(small.begin(), small.end(), [&](const std::string& name) {
    return std::find(large.begin(), large.end(), name) != large.end();
  });
}

/// Effects that no other one contains, in their order.
std::vector<Variables> largest(const std::vector<Variables>& effects) {
  std::vector<Variables> result;
  for (std::size_t i = 0; i < effects.size(); ++i) {
    bool covered = false;
    for (std::size_t j = 0; j < effects.size(); ++j)
      covered = covered || (i != j && part_of(effects[i], effects[j]) && (!part_of(effects[j], effects[i]) || j < i));
    if (!covered) result.push_back(effects[i]);
  }
  return result;
}

Variables variables_of(const models::TermSet& terms, std::size_t term) {
  Variables names;
  for (const int variable : terms.terms[term]) names.push_back(terms.names[static_cast<std::size_t>(variable)]);
  return names;
}

}  // namespace

std::string slope_term(const models::Formula& formula, const std::string& group,
                       const std::vector<std::vector<std::string>>& effects) {
  if (effects.empty()) return "";
  const std::vector<Variables> added = largest(effects);
  std::vector<std::string> summands;
  bool known = false, intercept = false;
  for (const models::RandomPart& part : formula.random) {
    if (part.group != group) continue;
    known = true;
    intercept = intercept || part.columns.intercept;
    for (std::size_t term = 0; term < part.columns.terms.size(); ++term) {
      const Variables own = variables_of(part.columns, term);
      const bool covered =
          std::any_of(added.begin(), added.end(), [&](const Variables& effect) { return part_of(own, effect); });
      if (!covered) summands.push_back(part.columns.label(term));
    }
  }
  for (const Variables& effect : added) summands.push_back(fmt::format("{}", fmt::join(effect, "*")));
  return fmt::format("({} + {} | {})", intercept || !known ? 1 : 0, fmt::join(summands, " + "), group);
}

}  // namespace meridian::analysis
