#include "report/table_files.hpp"

#include <fmt/format.h>

#include "findings/files.hpp"
#include "report/element.hpp"
#include "report/external_program.hpp"
#include "report/table_columns.hpp"

namespace meridian::report {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostRows = 200;

/// pdfLaTeX stops at a character that it has no font for: its code is printed in its place.
const char* const kLatexHead =
    "% For pdfLaTeX, which prints characters without a font, such as Chinese ones, by their code: [U+5317]. They need\n"
    "% LuaLaTeX or XeLaTeX and a font that has them: fontspec and \\setmainfont in place of inputenc, fontenc and "
    "lmodern.\n"
    "% Each table is also a file of its own, to be read into a manuscript by \\input; it needs booktabs, longtable, "
    "graphicx and pdflscape.\n"
    "\\documentclass{article}\n\\usepackage[utf8]{inputenc}\n\\usepackage[T1]{fontenc}\n"
    "\\usepackage{booktabs,longtable,graphicx,pdflscape}\n"
    "\\makeatletter\n"
    "\\def\\meridian@code#1:#2\\relax{\\expandafter\\UTFviii@hexcodepoint\\expandafter"
    "{\\the\\numexpr\\decode@UTFviii#2\\relax}}\n"
    "\\def\\UTFviii@undefined@err#1{[\\expandafter\\meridian@code\\string#1\\relax]}\n"
    "\\makeatother\n"
    "\\IfFileExists{lmodern.sty}{\\usepackage{lmodern}}{}\n\\usepackage[a4paper,margin=15mm]{geometry}\n\\begin{"
    "document}\n";

/// A document on A4 across, in twentieths of a point: wide tables would be cut on a portrait page. As the end of a
/// section in the .docx itself it would be followed by an empty page.
const char* const kAcross =
    "```{=openxml}\n<w:p><w:pPr><w:sectPr><w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>"
    "<w:pgMar w:top=\"850\" w:right=\"850\" w:bottom=\"850\" w:left=\"850\" w:header=\"400\" w:footer=\"400\" "
    "w:gutter=\"0\"/></w:sectPr></w:pPr></w:p>\n```\n";

void discard(const fs::path& folder) {
  if (!fs::is_directory(folder)) return;
  for (const auto& entry : fs::directory_iterator(folder))
    for (const char* ours : {".html", ".tex", ".md", ".docx"})
      if (entry.path().extension() == ours) fs::remove(entry.path());
}

std::string make_docx(const fs::path& folder) {
  if (!installed("pandoc"))
    return "tables.docx was not made because pandoc is not installed (Debian: apt-get install pandoc).";
  findings::write_text(folder / "across.md", kAcross);
  // CommonMark with tables is read in half the time of pandoc's own Markdown.
  Ended ended =
      run_all({{"pandoc", "--from=commonmark+raw_attribute", "across.md", "--output=across.docx"}}, folder).front();
  if (ended.code == 0)
    ended = run_all({{"pandoc", "--from=commonmark+pipe_tables", "tables.md", "--reference-doc=across.docx",
                      "--output=tables.docx"}},
                    folder)
                .front();
  for (const char* made : {"across.md", "across.docx"}) fs::remove(folder / made);
  return ended.code == 0 ? "" : fmt::format("pandoc could not make tables.docx: {}", ended.messages);
}

}  // namespace

std::string write_tables(const findings::Document& document, const fs::path& folder, const TableFormats& formats) {
  discard(folder);
  std::string latex = kLatexHead, markdown = "# " + document.title + "\n";
  for (const findings::Section& section : document.sections) {
    if (!section.tables.empty()) markdown += "\n## " + section.title + "\n";
    for (const findings::Table& stored : section.tables) {
      if (stored.rows.empty() || stored.rows.size() > kMostRows) continue;
      const findings::Table table = without_empty_columns(stored);
      const std::string stem = slug(section.id + "-" + table.name);
      findings::write_text(folder / (stem + ".html"), html_fragment(table));
      if (formats.latex) findings::write_text(folder / (stem + ".tex"), latex_table(table, "tab:" + stem));
      latex += "\\input{" + stem + "}\n\\clearpage\n";
      markdown += "\n" + markdown_table(table);
    }
  }
  if (formats.latex) findings::write_text(folder / "tables.tex", latex + "\\end{document}\n");
  if (formats.markdown || formats.docx) findings::write_text(folder / "tables.md", markdown);
  return formats.docx ? make_docx(folder) : "";
}

}  // namespace meridian::report
