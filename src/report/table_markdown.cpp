// A table in Markdown.
#include <fmt/format.h>

#include "report/table_cells.hpp"
#include "report/table_files.hpp"

namespace meridian::report {
namespace {

std::string markdown_text(const std::string& text) {
  return replaced(text, {{"\\", "\\\\"},
                         {"|", "\\|"},
                         {"\n", " "},
                         {"*", "\\*"},
                         {"_", "\\_"},
                         {"<", "\\<"},
                         {"`", "\\`"},
                         {"[", "\\["},
                         {"#", "\\#"},
                         {"~", "\\~"},
                         {"^", "\\^"},
                         {"$", "\\$"}});
}

}  // namespace

std::string markdown_table(const findings::Table& table) {
  std::string text = fmt::format("**{}**\n\n| {} |\n|", markdown_text(title_of(table)),
                                 fmt::join(headings(table, markdown_text), " | "));
  for (const findings::Column& column : table.columns) text += column.kind == findings::Kind::text ? ":---|" : "---:|";
  text += '\n';
  for (std::size_t row = 0; row < table.rows.size(); ++row)
    text += fmt::format("| {} |\n", fmt::join(shown_row(table, row, markdown_text), " | "));
  if (!table.caption.empty()) text += "\n*Note.* " + markdown_text(table.caption) + "\n";
  return text;
}

}  // namespace meridian::report
