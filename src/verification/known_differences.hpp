#pragma once
// Printed numbers that are known not to be what the data give, cell by cell, each with the right number and the reason.
#include <filesystem>
#include <map>
#include <string>
#include <tuple>

#include "verification/published.hpp"

namespace meridian::verification {

struct KnownDifference {
  std::string printed;  ///< the printed text that this line is about: another text in the cell is not excused
  double reference = 0;
  double tolerance = 0;  ///< relative: ours must lie this near to the reference
  std::string reason;
};

class KnownDifferences {
 public:
  KnownDifferences() = default;
  /// Columns survey, analysis, table, key, quantity, printed, reference_value, tolerance, reason. Throws InputError if
  /// a cell comes twice or has no reason.
  explicit KnownDifferences(const std::filesystem::path& file);

  /// The line about this cell and its printed text, or nullptr.
  const KnownDifference* find(const PrintedCell& cell) const;

 private:
  using Key = std::tuple<std::string, std::string, std::string, std::string, std::string>;
  std::map<Key, KnownDifference> cells_;
};

/// True if ours lies within the tolerance of the reference.
bool excused(const KnownDifference& known, double ours);

}  // namespace meridian::verification
