#pragma once
// Printed numbers against a run's, digit by digit at the printed precision.
#include <cstddef>
#include <string>
#include <vector>

#include "verification/known_differences.hpp"
#include "verification/published.hpp"
#include "verification/run_folder.hpp"

namespace meridian::verification {

/// One line of the summary: a printed table of one analysis.
struct TableCount {
  std::string survey, analysis, table;
  std::size_t printed = 0, matched = 0, known = 0;
};

/// A printed number that the run does not give.
struct Mismatch {
  PrintedCell cell;
  Found ours;
  std::string remark;  ///< set when the cell is a known difference but ours is not the number known for it
};

/// printed = matched + known + mismatches among the counted cells; a mismatch of a cell that is not counted is listed
/// too.
struct Comparison {
  std::vector<TableCount> tables;          ///< in the order of declaration, then of the printed tables
  std::vector<std::string> without_print;  ///< declared analyses about which nothing is printed: "WVS S2"
  std::vector<Mismatch> mismatches;
  std::size_t printed = 0, matched = 0, known = 0;
};

/// Compares every printed number of the surveys and analyses that the runs declare. A number that a run did not compute
/// is a mismatch. A known difference that agrees after all is matched.
Comparison compare(const std::vector<PrintedCell>& cells, const std::vector<RunFolder>& runs,
                   const KnownDifferences& known);

bool verified(const Comparison& comparison);

/// For people: a line per table, the mismatches, and last "matched M of N printed numbers, K known differences".
std::string to_text(const Comparison& comparison);

}  // namespace meridian::verification
