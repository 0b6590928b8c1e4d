// A table in LaTeX and Markdown.
#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "report/number_text.hpp"
#include "report/table_files.hpp"

namespace meridian::report {
namespace {

using findings::Kind;
using findings::Table;

constexpr std::size_t kRowsOfAPage = 40;

std::string replaced(const std::string& text, const std::vector<std::pair<std::string, std::string>>& pairs) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    bool found = false;
    for (const auto& [from, to] : pairs)
      if (text.compare(at, from.size(), from) == 0) {
        out += to;
        at += from.size();
        found = true;
        break;
      }
    if (!found) out += text[at++];
  }
  return out;
}

std::string latex_text(const std::string& text) {
  return replaced(text, {{"\\", "\\textbackslash{}"},
                         {"&", "\\&"},
                         {"%", "\\%"},
                         {"$", "\\$"},
                         {"#", "\\#"},
                         {"_", "\\_"},
                         {"{", "\\{"},
                         {"}", "\\}"},
                         {"~", "\\textasciitilde{}"},
                         {"^", "\\textasciicircum{}"},
                         {"<", "\\textless{}"},
                         {">", "\\textgreater{}"},
                         {"|", "\\textbar{}"},
                         {"\n", " "},
                         {"\xE2\x88\x92", "$-$"},
                         {"\xE2\x80\xAF", "\\,"},
                         {"\xE2\x88\x9E", "$\\infty$"}});
}

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

std::string heading(const findings::Column& column) {
  std::string words = column.name;
  for (char& letter : words)
    if (letter == '_') letter = ' ';
  return column.unit.empty() ? words : words + " (" + column.unit + ")";
}

template <class Escape>
std::vector<std::string> shown_row(const Table& table, std::size_t row, Escape escape) {
  std::vector<std::string> cells;
  for (std::size_t column = 0; column < table.columns.size(); ++column)
    cells.push_back(escape(apa_number(table, row, column)));
  return cells;
}

template <class Escape>
std::vector<std::string> headings(const Table& table, Escape escape) {
  std::vector<std::string> cells;
  for (const findings::Column& column : table.columns) cells.push_back(escape(heading(column)));
  return cells;
}

std::string alignment(const Table& table) {
  std::string letters;
  for (const findings::Column& column : table.columns) letters += column.kind == Kind::text ? 'l' : 'r';
  return letters;
}

std::string title_of(const Table& table) { return table.title.empty() ? table.name : table.title; }

}  // namespace

std::string apa_number(const Table& table, std::size_t row, std::size_t column) {
  const NumberStyle style = number_style(table, column);
  const findings::Cell& cell = table.rows[row][column];
  const auto* value = std::get_if<double>(&cell);
  if (!style.p_value || value == nullptr || !std::isfinite(*value)) return shown_cell(cell, style);
  if (*value < 0.001) return "< .001";
  if (*value > 0.999) return "> .999";
  return fmt::format("{:.3f}", *value).substr(1);
}

std::string latex_table(const Table& table, const std::string& label) {
  const bool across_pages = table.rows.size() > kRowsOfAPage;
  const std::string head = fmt::format("{} \\\\", fmt::join(headings(table, latex_text), " & "));
  const std::string caption = fmt::format("\\caption{{{}}}\\label{{{}}}", latex_text(title_of(table)), label);
  std::string text =
      across_pages
          ? fmt::format("\\begin{{longtable}}{{@{{}}{}@{{}}}}\n{}\\\\\n\\toprule\n{}\n\\midrule\n\\endhead\n",
                        alignment(table), caption, head)
          : fmt::format(
                "\\begin{{table}}[htbp]\n\\centering\\small\n{}\n\\begin{{tabular}}{{@{{}}{}@{{}}}}\n\\toprule\n"
                "{}\n\\midrule\n",
                caption, alignment(table), head);
  for (std::size_t row = 0; row < table.rows.size(); ++row)
    text += fmt::format("{} \\\\\n", fmt::join(shown_row(table, row, latex_text), " & "));
  const std::string note = table.caption.empty() ? "" : "\\textit{Note.} " + latex_text(table.caption);
  if (across_pages) return text + "\\bottomrule\n\\end{longtable}\n" + note + "\n";
  return text + "\\bottomrule\n\\end{tabular}\n" +
         (note.empty() ? ""
                       : "\\par\\smallskip\\begin{minipage}{\\linewidth}\\footnotesize " + note + "\\end{minipage}\n") +
         "\\end{table}\n";
}

std::string markdown_table(const Table& table) {
  std::string text = fmt::format("**{}**\n\n| {} |\n|", markdown_text(title_of(table)),
                                 fmt::join(headings(table, markdown_text), " | "));
  for (const findings::Column& column : table.columns) text += column.kind == Kind::text ? ":---|" : "---:|";
  text += '\n';
  for (std::size_t row = 0; row < table.rows.size(); ++row)
    text += fmt::format("| {} |\n", fmt::join(shown_row(table, row, markdown_text), " | "));
  if (!table.caption.empty()) text += "\n*Note.* " + markdown_text(table.caption) + "\n";
  return text;
}

}  // namespace meridian::report
