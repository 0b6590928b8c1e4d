// A table in LaTeX and Markdown.
#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "report/number_text.hpp"
#include "report/table_columns.hpp"
#include "report/table_files.hpp"

namespace meridian::report {
namespace {

using findings::Kind;
using findings::Table;

constexpr std::size_t kRowsOfAPage = 40, kColumnsOfPortrait = 8, kColumnsOfTiny = 11;

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
  for (const findings::Column& column : table.columns) cells.push_back(escape(column_heading(column)));
  return cells;
}

std::string alignment(const Table& table) {
  std::string letters;
  for (const findings::Column& column : table.columns) letters += column.kind == Kind::text ? 'l' : 'r';
  return letters;
}

std::string title_of(const Table& table) { return table.title.empty() ? table.name : table.title; }

/// The column names, below the titles of groups with their rules.
std::string latex_head(const Table& table) {
  const std::vector<ColumnGroup> groups = column_groups(table);
  if (groups.empty()) return fmt::format("{} \\\\", fmt::join(headings(table, latex_text), " & "));
  std::string above, rules;
  for (std::size_t i = 1; i < groups.front().first; ++i) above += "& ";
  for (const ColumnGroup& group : groups) {
    above += fmt::format("{}\\multicolumn{{{}}}{{c}}{{{}}} ", group.first > 0 ? "& " : "", group.count,
                         latex_text(group.title));
    rules += fmt::format("\\cmidrule(lr){{{}-{}}}", group.first + 1, group.first + group.count);
  }
  const std::vector<std::string> titles = titles_of_groups(table, groups);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    names.push_back(latex_text(column_heading(table.columns[i], titles[i])));
  return fmt::format("{}\\\\\n{}\n{} \\\\", above, rules, fmt::join(names, " & "));
}

std::string latex_rows(const Table& table) {
  std::string text;
  for (std::size_t row = 0; row < table.rows.size(); ++row)
    text += fmt::format("{} \\\\\n", fmt::join(shown_row(table, row, latex_text), " & "));
  return text;
}

/// On one page: shrunk where it is wider than the text.
std::string latex_tabular(const Table& table, const std::string& caption, const std::string& note) {
  return fmt::format(
             "\\begin{{table}}[htbp]\n\\centering\\small\n{}\n"
             "\\resizebox{{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}}{{!}}{{%\n"
             "\\begin{{tabular}}{{@{{}}{}@{{}}}}\n\\toprule\n{}\n\\midrule\n",
             caption, alignment(table), latex_head(table)) +
         latex_rows(table) + "\\bottomrule\n\\end{tabular}}\n" +
         (note.empty() ? ""
                       : "\\par\\smallskip\\begin{minipage}{\\linewidth}\\footnotesize " + note + "\\end{minipage}\n") +
         "\\end{table}\n";
}

/// Across pages: a longtable cannot be shrunk, its text is smaller the more columns it has.
std::string latex_longtable(const Table& table, const std::string& caption, const std::string& note) {
  const char* size = table.columns.size() > kColumnsOfTiny       ? "\\tiny\\setlength{\\tabcolsep}{2pt}"
                     : table.columns.size() > kColumnsOfPortrait ? "\\scriptsize\\setlength{\\tabcolsep}{3pt}"
                                                                 : "\\footnotesize\\setlength{\\tabcolsep}{3pt}";
  return fmt::format("{{{}\n\\begin{{longtable}}{{@{{}}{}@{{}}}}\n{}\\\\\n\\toprule\n{}\n\\midrule\n\\endhead\n", size,
                     alignment(table), caption, latex_head(table)) +
         latex_rows(table) + "\\bottomrule\n\\end{longtable}\n" + note + "\\par}\n";
}

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
  const std::string caption = fmt::format("\\caption{{{}}}\\label{{{}}}", latex_text(title_of(table)), label);
  const std::string note = table.caption.empty() ? "" : "\\textit{Note.} " + latex_text(table.caption);
  const std::string whole =
      table.rows.size() > kRowsOfAPage ? latex_longtable(table, caption, note) : latex_tabular(table, caption, note);
  return table.columns.size() > kColumnsOfPortrait ? "\\begin{landscape}\n" + whole + "\\end{landscape}\n" : whole;
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
