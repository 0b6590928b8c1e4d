// A table as a piece of HTML for a manuscript or a web page of one's own: rules as in a journal, no style sheet needed.
#include "report/element.hpp"
#include "report/table_columns.hpp"
#include "report/table_files.hpp"
#include "report/table_head.hpp"

namespace meridian::report {
namespace {

using findings::Kind;
using findings::Table;

const char* side(const findings::Column& column) {
  return column.kind == Kind::text ? "text-align:left;padding:.2em .6em"
                                   : "text-align:right;padding:.2em .6em;font-variant-numeric:tabular-nums";
}

Html head(const Table& table) {
  const HeadLook look{
      [](const findings::Column& column) {
        return std::vector<Attribute>{{"style", side(column)}};
      },
      [](const findings::Column& column, const std::string& group) { return text(column_heading(column, group)); },
      {"style", "text-align:center;border-bottom:1px solid"}};
  return element("thead", {{"style", "border-bottom:1px solid"}}, head_rows(table, look));
}

Html body(const Table& table) {
  Html rows;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    Html cells;
    for (std::size_t column = 0; column < table.columns.size(); ++column)
      cells += element("td", {{"style", side(table.columns[column])}}, text(apa_number(table, row, column)));
    rows += element("tr", cells) + Html{"\n"};
  }
  return element("tbody", rows);
}

}  // namespace

std::string html_fragment(const Table& table) {
  const Html caption = element("caption", {{"style", "text-align:left"}},
                               element("strong", text(table.title.empty() ? table.name : table.title)));
  Html content = element("table", {{"style", "border-collapse:collapse;border-top:2px solid;border-bottom:2px solid"}},
                         caption + head(table) + Html{"\n"} + body(table));
  if (!table.caption.empty()) content += element("p", element("em", text("Note.")) + text(" " + table.caption));
  return element("div", {{"style", "overflow-x:auto"}}, content).markup + "\n";
}

}  // namespace meridian::report
