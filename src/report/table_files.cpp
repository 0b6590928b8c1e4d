#include "report/table_files.hpp"

#include <fmt/format.h>

#include "findings/files.hpp"
#include "report/element.hpp"
#include "report/external_program.hpp"

namespace meridian::report {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostRows = 200;

const char* const kLatexHead =
    "% Each table is also a file of its own, to be read into a manuscript by \\input; it needs booktabs and "
    "longtable.\n"
    "\\documentclass{article}\n\\usepackage[utf8]{inputenc}\n\\usepackage[T1]{fontenc}\n\\usepackage{booktabs,"
    "longtable}\n"
    "\\usepackage[margin=15mm,landscape]{geometry}\n\\begin{document}\n";

void discard(const fs::path& folder) {
  if (!fs::is_directory(folder)) return;
  for (const auto& entry : fs::directory_iterator(folder))
    for (const char* ours : {".tex", ".md", ".docx"})
      if (entry.path().extension() == ours) fs::remove(entry.path());
}

std::string make_docx(const fs::path& folder) {
  if (!installed("pandoc"))
    return "tables.docx was not made because pandoc is not installed (Debian: apt-get install pandoc).";
  const Ended ended = run_all({{"pandoc", "--from=markdown", "tables.md", "--output=tables.docx"}}, folder).front();
  return ended.code == 0 ? "" : fmt::format("pandoc could not make tables.docx: {}", ended.messages);
}

}  // namespace

std::string write_tables(const findings::Document& document, const fs::path& folder, const TableFormats& formats) {
  discard(folder);
  std::string latex = kLatexHead, markdown = "# " + document.title + "\n";
  for (const findings::Section& section : document.sections) {
    if (!section.tables.empty()) markdown += "\n## " + section.title + "\n";
    for (const findings::Table& table : section.tables) {
      if (table.rows.empty() || table.rows.size() > kMostRows) continue;
      const std::string stem = slug(section.id + "-" + table.name);
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
