#pragma once
// One trial: what was asked of whom, what came back, how it was read.
#include <cstdint>
#include <string>
#include <vector>

#include "trials/answer_parser.hpp"

namespace meridian::trials {

struct TrialKey {
  std::string model, language, persona, item;
  std::int64_t iteration = 0;
  auto operator<=>(const TrialKey&) const = default;
};

struct OptionProbability {
  int value = 0;
  double probability = 0;
};

/// What the first token says of every option (option_distribution.hpp).
struct OptionDistribution {
  std::vector<OptionProbability> options;  ///< ascending values, sum 1; empty: none was given
  double mass = 0;                         ///< probability of all options' tokens before they were scaled to 1
};

struct Trial {
  TrialKey key;
  std::string text;  ///< as it came; of a failed request the error
  ParsedAnswer answer;
  OptionDistribution options;
  std::int64_t line = 0;  ///< of the imported file (format json: record)
};

/// "model, language, persona, item N, iteration M", for messages and the ledger.
std::string describe(const TrialKey& key);

/// custom_id of batch requests: the five parts joined by "__", every byte but letters, digits and '-' written as _HH.
/// Unique, stable, and inside the alphabet [A-Za-z0-9_-] that all batch services take. Throws InputError beyond the 64
/// bytes that some of them take at most.
std::string trial_id(const TrialKey& key);
/// Inverse of trial_id; false if the text is none.
bool read_trial_id(const std::string& id, TrialKey& key);

}  // namespace meridian::trials
