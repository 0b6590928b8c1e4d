#pragma once
// What stands for each planned trial when a trial came more than once: the first answer or refusal,
// else the first text without an answer, else the failed request.
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "trials/trial.hpp"

namespace meridian::trials {

/// A model's item under one condition.
struct CellKey {
  std::string model, language, persona, item;
  auto operator<=>(const CellKey&) const = default;
};

/// Four bytes per trial: ten million trials take 40 MB.
struct TrialState {
  std::int16_t value = 0;
  Outcome outcome = Outcome::no_answer;
  bool present = false;
};

class TrialCells {
 public:
  /// False if the trial changes nothing: its iteration has an answer or a refusal already, or came before and this is
  /// no better.
  bool take(const TrialKey& key, const ParsedAnswer& answer);
  /// One more than the highest iteration of the key's cell so far; 1 for a new one.
  std::int64_t next_iteration(const TrialKey& key) const;
  /// The state of a trial; not present if it never came.
  TrialState state(const TrialKey& key) const;
  /// States by iteration, from 0; cells in code-point order of their names.
  const std::map<CellKey, std::vector<TrialState>>& cells() const { return cells_; }

 private:
  const std::vector<TrialState>* find(const TrialKey& key) const;
  std::map<CellKey, std::vector<TrialState>> cells_;
};

}  // namespace meridian::trials
