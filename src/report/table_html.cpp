#include "report/table_html.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "report/number_text.hpp"
#include "report/table_columns.hpp"
#include "report/table_head.hpp"

namespace meridian::report {
namespace {

using findings::Cell;
using findings::Kind;
using findings::Table;

constexpr std::size_t kRowsShown = 60;
constexpr std::size_t kColumnsOfAPage = 7, kColumnsOfSmallPrint = 12;  ///< more are printed smaller, yet smaller

std::string in_words(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

std::vector<Attribute> head_attributes(const findings::Column& column) {
  return {{column.kind != Kind::text ? "class" : "", "number"}, {"title", column.name}};
}

Html head_words(const findings::Column& column, const std::string& group) {
  const Html words = text(column_heading({column.name, column.kind, ""}, group));
  return column.unit.empty() ? words : words + element("span", {{"class", "unit"}}, text(" (" + column.unit + ")"));
}

const HeadLook kPageHead{head_attributes, head_words, {"class", "group"}};

Html body_cell(const Cell& cell, const NumberStyle& style, bool number, bool heads_row) {
  const std::string shown = shown_cell(cell, style);
  const std::string full = findings::to_text(cell);
  std::vector<Attribute> attributes;
  if (heads_row) attributes.push_back({"scope", "row"});
  if (!number && !heads_row) attributes.push_back({"class", "words"});
  if (number && full != shown) attributes.push_back({"title", full});
  return element(heads_row ? "th" : "td", attributes, text(shown));
}

Html body(const Table& table) {
  std::vector<NumberStyle> styles;
  for (std::size_t column = 0; column < table.columns.size(); ++column) styles.push_back(number_style(table, column));
  Html rows;
  for (std::size_t i = 0; i < std::min(table.rows.size(), kRowsShown); ++i) {
    Html cells;
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
      const bool number = table.columns[column].kind != Kind::text;
      cells += body_cell(table.rows[i][column], styles[column], number, column == 0 && !number);
    }
    rows += element("tr", cells) + Html{"\n"};
  }
  return element("tbody", rows);
}

Html caption(const Table& table, const std::string& id) {
  Html content = element("strong", text(table.title.empty() ? in_words(table.name) : table.title));
  if (!table.caption.empty()) content += text(" " + table.caption);
  return element("caption", {{"id", id + "-caption"}}, element("span", {{"class", "caption-text"}}, content));
}

Html file_links(const Table& table, const std::string& folder) {
  const std::string stem = "../" + link_path(folder + "/" + table.name);
  return element("p", {{"class", "files"}},
                 text("All digits: ") + element("a", {{"href", stem + ".csv"}}, text(table.name + ".csv")) +
                     text(", ") + element("a", {{"href", stem + ".json"}}, text(table.name + ".json")));
}

const char* width_class(const Table& table) {
  const std::size_t columns = table.columns.size();
  return columns > kColumnsOfSmallPrint ? "table wider" : columns > kColumnsOfAPage ? "table wide" : "table";
}

Html remainder(const Table& table) {
  return element("p", text(fmt::format("The first {} of {} rows; the files have all.", kRowsShown, table.rows.size())));
}

}  // namespace

Html table_html(const Table& table, const std::string& id, const std::string& folder) {
  const Table shown = without_empty_columns(table);
  const Html whole = element("table", caption(table, id) + element("thead", head_rows(shown, kPageHead)) + body(shown));
  Html content = element(
      "div", {{"class", "table-scroll"}, {"role", "region"}, {"aria-labelledby", id + "-caption"}, {"tabindex", "0"}},
      whole);
  if (table.rows.empty()) content += element("p", text("No rows."));
  if (table.rows.size() > kRowsShown) content += remainder(table);
  if (!folder.empty()) content += file_links(table, folder);
  return element("div", {{"class", width_class(shown)}, {"id", id}}, content) + Html{"\n"};
}

}  // namespace meridian::report
