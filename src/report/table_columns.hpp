#pragma once
// Which columns of a table are shown, and under which common headings.
#include <cstddef>
#include <string>
#include <vector>

#include "findings/table.hpp"

namespace meridian::report {

/// The table without columns that are empty in every row: they do not apply and would only push the others aside.
findings::Table without_empty_columns(const findings::Table& table);

/// Neighbouring columns that belong together: "rq1" over estimate and p_value.
struct ColumnGroup {
  std::string title;
  std::size_t first, count;
};

/// The groups of a table whose last columns repeat, such as rq1_estimate, rq1_p_value, rq2_estimate, rq2_p_value: at
/// least two groups of at least two columns. Empty where they do not.
std::vector<ColumnGroup> column_groups(const findings::Table& table);

/// A column's name in words with its unit; within a group without the group's title.
std::string column_heading(const findings::Column& column, const std::string& group = "");

/// For each column the group it stands in, empty for none.
std::vector<std::string> titles_of_groups(const findings::Table& table, const std::vector<ColumnGroup>& groups);

}  // namespace meridian::report
