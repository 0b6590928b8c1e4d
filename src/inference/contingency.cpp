#include "inference/contingency.hpp"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>
#include <limits>

#include "error.hpp"

namespace meridian::inference {
namespace {

struct Margins {
  std::vector<double> rows, columns;
  double total = 0;

  double expected(std::size_t row, std::size_t column) const { return rows[row] * columns[column] / total; }
};

Margins margins(const Counts& counts) {
  Margins sums{std::vector<double>(counts.rows), std::vector<double>(counts.columns), 0};
  for (std::size_t i = 0; i < counts.rows; ++i)
    for (std::size_t j = 0; j < counts.columns; ++j) {
      const double cell = static_cast<double>(counts.cells[i * counts.columns + j]);
      sums.rows[i] += cell;
      sums.columns[j] += cell;
      sums.total += cell;
    }
  return sums;
}

bool any_zero(const std::vector<double>& sums) { return std::find(sums.begin(), sums.end(), 0.0) != sums.end(); }

// One half, but no more than the smallest departure: all four are equal up to rounding in a 2 x 2 table.
double continuity(const Counts& counts, const Margins& sums) {
  double correction = 0.5;
  for (std::size_t i = 0; i < counts.cells.size(); ++i)
    correction = std::min(correction, std::abs(static_cast<double>(counts.cells[i]) - sums.expected(i / 2, i % 2)));
  return correction;
}

}  // namespace

ChiSquare chi_square(const Counts& counts, bool yates) {
  if (counts.rows < 2 || counts.columns < 2 || counts.cells.size() != counts.rows * counts.columns)
    throw Error(ExitCode::bug, "chi_square: the table is smaller than 2 x 2 or its cells do not fill it");
  const Margins sums = margins(counts);
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  if (any_zero(sums.rows) || any_zero(sums.columns))
    return {nan, nan, nan, "a row or a column of the table is empty", ""};

  ChiSquare result;
  const double correction = yates && counts.rows == 2 && counts.columns == 2 ? continuity(counts, sums) : 0.0;
  double smallest_expected = sums.total;
  for (std::size_t i = 0; i < counts.rows; ++i)
    for (std::size_t j = 0; j < counts.columns; ++j) {
      const double expected = sums.expected(i, j);
      const double cell = static_cast<double>(counts.cells[i * counts.columns + j]);
      const double departure = std::abs(cell - expected) - correction;
      result.statistic += departure * departure / expected;
      smallest_expected = std::min(smallest_expected, expected);
    }
  result.df = static_cast<double>((counts.rows - 1) * (counts.columns - 1));
  result.p_value = boost::math::cdf(boost::math::complement(boost::math::chi_squared(result.df), result.statistic));
  if (smallest_expected < 5) result.caution = "an expected count is below 5: the chi-square approximation may be poor";
  return result;
}

}  // namespace meridian::inference
