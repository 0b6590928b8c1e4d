#pragma once
// Pearson's chi-square test of independence, as R's chisq.test.
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace meridian::inference {

/// Counts by row and column, stored row after row.
struct Counts {
  std::size_t rows = 0, columns = 0;
  std::vector<std::int64_t> cells;  ///< rows x columns, none negative
};

/// `undefined` says why there is no test (then every number is NaN); `caution` that the approximation is poor.
struct ChiSquare {
  double statistic = 0;
  double df = 0;
  double p_value = 0;  ///< accurate in relative terms down to the smallest double
  std::string undefined;
  std::string caution;
};

/// `yates` subtracts up to one half from every |observed - expected| of a 2 x 2 table (R: never more than the smallest
/// difference, so a perfect fit stays 0); larger tables are not corrected. Undefined when a row or a column is empty.
/// Throws Error(bug) if the number of cells does not fit or the table is smaller than 2 x 2.
ChiSquare chi_square(const Counts& counts, bool yates = true);

}  // namespace meridian::inference
