#pragma once
// Numbers as people read them: a column shares its decimals, p-values show their size, full digits stay in the page.
#include <string>
#include <vector>

#include "findings/table.hpp"

namespace meridian::report {

/// How the numbers of one column are shown.
struct NumberStyle {
  bool p_value = false;
  int decimals = 4;    ///< of every number of the column
  bool mixed = false;  ///< numbers of different kinds in one column: each has decimals of its own
  double largest = 0;  ///< magnitude; what is 1e-12 of it is rounding noise and shown as 0
};

/// From a column's name and values: decimals give its largest number four significant digits (at most 6 decimals).
/// Where sizes differ by more than 100 000 (a criterion below coefficients), every number has its own, at most 4.
NumberStyle number_style(const findings::Table& table, std::size_t column);

/// A cell as shown. A number with fewer than two significant digits in the column's decimals gets more of them, one
/// below 1e-4 (and a p-value below .001) is shown as 1.2e-05; whole numbers from 10 000 on are grouped by narrow
/// spaces; the minus sign is U+2212; NaN is "undefined".
std::string shown_cell(const findings::Cell& cell, const NumberStyle& style);

}  // namespace meridian::report
