#pragma once
// Trials as one unit file: columns in HDF5, texts as bytes with offsets, and what was wrong with lines of its range.
#include <filesystem>

#include "trials/trial.hpp"

namespace meridian::trials {

/// A line that gave no trial, or one that was there already.
struct Problem {
  enum class Kind : unsigned char { unreadable = 0, repeated = 1 };
  Kind kind = Kind::unreadable;
  std::string text;  ///< with file and line
};

struct TrialUnit {
  std::vector<Trial> trials;
  std::vector<Problem> problems;
};

/// Writes the columns that docs/formats.md lists; `origin` names the imported file.
void write_trial_unit(const std::filesystem::path& file, const TrialUnit& unit, const std::string& origin);
TrialUnit read_trial_unit(const std::filesystem::path& file);

}  // namespace meridian::trials
