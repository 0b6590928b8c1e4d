#pragma once
// Dilemmas in escalating steps: in every step each of two choices stands for another value of one framework (Wu et al.
// 2025, arXiv 2505.18154).
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "audit/records.hpp"

namespace meridian::dilemmas {

/// Steps that a table with one row per dilemma may name.
inline constexpr std::size_t kMostSteps = 20;

struct StepLabels {
  std::vector<std::string> values;    ///< sorted; upper case, outer blanks folded away
  std::vector<std::string> dilemmas;  ///< sorted
  std::size_t steps = 0;              ///< the highest that is labelled
  std::int64_t written = 0;           ///< labels in the file ...
  std::int64_t folded = 0;            ///< ... that were written in another case
  std::int64_t repeated = 0;          ///< steps that came again with the same values; counted once
  /// Values of choices A and B; {npos, npos} where the dilemma has no such step. `step` from 0.
  const std::array<std::size_t, 2>& at(std::size_t dilemma, std::size_t step) const {
    return labels[dilemma * steps + step];
  }
  /// Index of a dilemma, or npos.
  std::size_t find(const std::string& dilemma) const;
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);
  std::vector<std::array<std::size_t, 2>> labels;  ///< dilemmas x steps
};

/// dilemma; step, value_a, value_b of a long table; value_a_1, value_b_1, value_a_2, ... of a row per dilemma.
const std::vector<audit::RecordField>& label_fields();

/// Throws InputError for a step that comes twice with different values, is no number from 1 to kMostSteps, or has one value or none.
StepLabels read_step_labels(const audit::RecordFiles& records);

}  // namespace meridian::dilemmas
