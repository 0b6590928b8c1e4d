#include "report/table_columns.hpp"

#include <algorithm>

namespace meridian::report {
namespace {

using findings::Table;

/// What stands before "_end" of a name; empty if it does not end so.
std::string before(const std::string& name, const std::string& end) {
  return name.size() > end.size() + 1 && name.ends_with("_" + end) ? name.substr(0, name.size() - end.size() - 1) : "";
}

/// The ends of `count` names from `first` that begin with `title`; empty if one does not.
std::vector<std::string> ends_of(const Table& table, std::size_t first, std::size_t count, const std::string& title) {
  std::vector<std::string> ends;
  for (std::size_t i = first; i < first + count; ++i) {
    const std::string& name = table.columns[i].name;
    if (!name.starts_with(title + "_") || name.size() == title.size() + 1) return {};
    ends.push_back(name.substr(title.size() + 1));
  }
  return ends;
}

/// Groups of `count` columns from `first` to the last column, the first called `title`; empty if these are none.
std::vector<ColumnGroup> groups_from(const Table& table, std::size_t first, std::size_t count,
                                     const std::string& title) {
  const std::vector<std::string> ends = ends_of(table, first, count, title);
  if (ends.empty()) return {};
  std::vector<ColumnGroup> groups;
  for (std::size_t at = first; at < table.columns.size(); at += count) {
    const std::string own = before(table.columns[at].name, ends.front());
    const auto called = [&](const ColumnGroup& group) { return group.title == own; };
    if (own.empty() || std::any_of(groups.begin(), groups.end(), called)) return {};
    if (ends_of(table, at, count, own) != ends) return {};
    groups.push_back({own, at, count});
  }
  return groups;
}

}  // namespace

Table without_empty_columns(const Table& table) {
  Table shown{table.name, table.title, table.caption, {}, std::vector<std::vector<findings::Cell>>(table.rows.size())};
  for (std::size_t column = 0; column < table.columns.size(); ++column) {
    const bool used = table.rows.empty() || std::any_of(table.rows.begin(), table.rows.end(), [&](const auto& row) {
                        return !findings::to_text(row[column]).empty();
                      });
    if (!used) continue;
    shown.columns.push_back(table.columns[column]);
    for (std::size_t i = 0; i < table.rows.size(); ++i) shown.rows[i].push_back(table.rows[i][column]);
  }
  return shown;
}

std::vector<ColumnGroup> column_groups(const Table& table) {
  const std::size_t columns = table.columns.size();
  for (std::size_t first = 0; first + 4 <= columns; ++first)
    for (std::size_t count = 2; first + 2 * count <= columns; ++count) {
      if ((columns - first) % count != 0) continue;
      const std::string& name = table.columns[first].name;
      for (std::size_t at = name.find('_'); at != name.npos; at = name.find('_', at + 1))
        if (auto groups = groups_from(table, first, count, name.substr(0, at)); groups.size() > 1) return groups;
    }
  return {};
}

std::string column_heading(const findings::Column& column, const std::string& group) {
  std::string words = group.empty() ? column.name : column.name.substr(group.size() + 1);
  std::replace(words.begin(), words.end(), '_', ' ');
  return column.unit.empty() ? words : words + " (" + column.unit + ")";
}

std::vector<std::string> titles_of_groups(const Table& table, const std::vector<ColumnGroup>& groups) {
  std::vector<std::string> titles(table.columns.size());
  for (const ColumnGroup& group : groups)
    for (std::size_t i = group.first; i < group.first + group.count; ++i) titles[i] = group.title;
  return titles;
}

}  // namespace meridian::report
