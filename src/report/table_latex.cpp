// A table in LaTeX.
#include <fmt/format.h>

#include <algorithm>

#include "report/table_cells.hpp"
#include "report/table_columns.hpp"
#include "report/table_files.hpp"

namespace meridian::report {
namespace {

using findings::Kind;
using findings::Table;

constexpr std::size_t kRowsOfAPage = 40, kColumnsOfPortrait = 8, kColumnsOfTiny = 11;

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

std::string alignment(const Table& table) {
  std::string letters;
  for (const findings::Column& column : table.columns) letters += column.kind == Kind::text ? 'l' : 'r';
  return letters;
}

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

/// Rows [first, last).
std::string latex_rows(const Table& table, std::size_t first, std::size_t last) {
  std::string text;
  for (std::size_t row = first; row < last; ++row)
    text += fmt::format("{} \\\\\n", fmt::join(shown_row(table, row, latex_text), " & "));
  return text;
}

/// Rows [first, last) on one page: shrunk where they are wider than the text.
std::string latex_tabular(const Table& table, std::size_t first, std::size_t last, const std::string& caption,
                          const std::string& note) {
  return fmt::format(
             "\\begin{{table}}[htbp]\n\\centering\\small\n{}\n"
             "\\resizebox{{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}}{{!}}{{%\n"
             "\\begin{{tabular}}{{@{{}}{}@{{}}}}\n\\toprule\n{}\n\\midrule\n",
             caption, alignment(table), latex_head(table)) +
         latex_rows(table, first, last) + "\\bottomrule\n\\end{tabular}}\n" +
         (note.empty() ? ""
                       : "\\par\\smallskip\\begin{minipage}{\\linewidth}\\footnotesize " + note + "\\end{minipage}\n") +
         "\\end{table}\n";
}

/// How the text of a table across pages is set: smaller the more columns there are.
struct LongLook {
  const char* size;
  double character, width;  ///< of a character and of the text, in points
};

LongLook look_of(const Table& table) {
  if (table.columns.size() > kColumnsOfTiny) return {"\\tiny\\setlength{\\tabcolsep}{2pt}", 3.2, 757};
  if (table.columns.size() > kColumnsOfPortrait) return {"\\scriptsize\\setlength{\\tabcolsep}{3pt}", 4, 757};
  return {"\\footnotesize\\setlength{\\tabcolsep}{3pt}", 4.5, 510};
}

bool fits_across(const Table& table) {
  std::size_t characters = 0;
  for (std::size_t column = 0; column < table.columns.size(); ++column) {
    std::size_t widest = column_heading(table.columns[column]).size();
    for (std::size_t row = 0; row < table.rows.size(); ++row)
      widest = std::max(widest, apa_number(table, row, column).size());
    characters += widest + 1;
  }
  const LongLook look = look_of(table);
  return static_cast<double>(characters) * look.character < look.width;
}

/// A longtable cannot be shrunk: one that is too wide stands in pieces, a page each.
std::string latex_pieces(const Table& table, const std::string& caption, const std::string& label,
                         const std::string& note) {
  std::string text;
  const std::size_t rows = table.rows.size();
  for (std::size_t first = 0; first < rows; first += kRowsOfAPage) {
    const std::size_t last = std::min(first + kRowsOfAPage, rows);
    text += latex_tabular(table, first, last, first == 0 ? caption : "Table \\ref{" + label + "} (continued)\\par",
                          last == rows ? note : "") +
            (last == rows ? "" : "\\clearpage\n");
  }
  return text;
}

std::string latex_longtable(const Table& table, const std::string& caption, const std::string& note) {
  return fmt::format("{{{}\n\\begin{{longtable}}{{@{{}}{}@{{}}}}\n{}\\\\\n\\toprule\n{}\n\\midrule\n\\endhead\n",
                     look_of(table).size, alignment(table), caption, latex_head(table)) +
         latex_rows(table, 0, table.rows.size()) + "\\bottomrule\n\\end{longtable}\n" + note + "\\par}\n";
}

}  // namespace

std::string latex_table(const Table& table, const std::string& label) {
  const std::string caption = fmt::format("\\caption{{{}}}\\label{{{}}}", latex_text(title_of(table)), label);
  const std::string note = table.caption.empty() ? "" : "\\textit{Note.} " + latex_text(table.caption);
  const std::string whole = table.rows.size() <= kRowsOfAPage
                                ? latex_tabular(table, 0, table.rows.size(), caption, note)
                            : fits_across(table) ? latex_longtable(table, caption, note)
                                                 : latex_pieces(table, caption, label, note);
  return table.columns.size() > kColumnsOfPortrait ? "\\begin{landscape}\n" + whole + "\\end{landscape}\n" : whole;
}

}  // namespace meridian::report
