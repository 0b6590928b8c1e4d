#pragma once
// Two runs side by side: which numbers changed, and by how much.
#include <string>
#include <vector>

#include "findings/document.hpp"

namespace meridian::report {

/// One number or verdict that differs, or a table or row that only one run has.
struct Change {
  std::string where;   ///< "models/rq1/coefficients, nation, estimate"
  std::string before;  ///< as stored; empty: not there
  std::string after;
  /// |a - b| / max(|a|, |b|), infinite for text and if only one has it; below 1e-12 of the column's largest number
  /// relative to that one, so that rounding comes last.
  double size = 0;
};

struct RunComparison {
  std::size_t compared = 0;     ///< numbers that both have
  std::vector<Change> changes;  ///< every difference, largest first; ties in the order of the first run
  double largest() const { return changes.empty() ? 0 : changes.front().size; }
};

/// Tables are matched by folder and name, rows by their text before the first number (equal ones in order), columns by
/// name. Later text that differs, such as a verdict, is a change of infinite size. Times and machines do not count.
RunComparison compare_runs(const findings::Document& before, const findings::Document& after);

/// How many numbers were compared and, for those that changed by more than `threshold`, one line each (100 at most).
std::string comparison_text(const RunComparison& comparison, double threshold);

}  // namespace meridian::report
