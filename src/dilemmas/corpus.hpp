#pragma once
// The dilemmas: two actions each, every action tagged with one of the two values of the dilemma's pair (Kidder 1996;
// Yuan, Murukannaiah & Singh 2024, arXiv 2412.19926).
#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "audit/records.hpp"

namespace meridian::dilemmas {

struct ValuePair {
  std::string name;                   ///< "truth-loyalty"
  std::array<std::string, 2> values;  ///< the one whose share is stated, the other
};

struct Dilemma {
  std::string id;
  std::size_t pair = 0;
  std::array<std::size_t, 2> value{};  ///< of action 1 and 2: index into ValuePair::values, always two different ones
};

struct Corpus {
  std::vector<ValuePair> pairs;   ///< in the order of the file
  std::vector<Dilemma> dilemmas;  ///< sorted by id
  /// Index of a dilemma, or npos.
  std::size_t find(const std::string& id) const;
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);
};

/// Fields of the dilemmas' file.
const std::vector<audit::RecordField>& corpus_fields();

/// The first value of a pair is the one that its name begins with, else the first in the alphabet. Throws InputError
/// for a dilemma that comes twice, has one value for both actions, or a pair with more than two values.
Corpus read_corpus(const audit::RecordFiles& records);

}  // namespace meridian::dilemmas
