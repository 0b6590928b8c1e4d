#pragma once
// A questionnaire of three items and two models, small enough to check by hand.
#include <string>
#include <vector>

#include "survey/survey.hpp"

namespace meridian::tests {

inline survey::Instrument small_instrument() {
  return {"small", {{"1", "Care", "help", 1, 5}, {"2", "Care", "harm", 1, 5}, {"3", "Order", "law", 1, 5}}, 1, 5};
}

inline std::vector<survey::Model> small_registry() {
  return {{"panda-1", "Panda 1", "China", "Bamboo"}, {"eagle-2", "Eagle 2", "USA", ""}, {"idle", "Idle", "USA", ""}};
}

/// The line of the ledger under this unit and rule; fails the test if there is none.
inline findings::Exclusion ledger_line(const findings::Ledger& ledger, const std::string& unit,
                                       const std::string& rule) {
  for (const findings::Exclusion& line : ledger.lines())
    if (line.unit == unit && line.rule == rule) return line;
  throw std::runtime_error("no ledger line " + unit + ": " + rule);
}

}  // namespace meridian::tests
