#pragma once
// Tables for a manuscript, with numbers in the style of the APA (7th edition): HTML, LaTeX (booktabs), Markdown, and
// through pandoc a .docx. All digits stay in the CSV and JSON files of the run.
#include <filesystem>
#include <string>

#include "findings/document.hpp"

namespace meridian::report {

struct TableFormats {
  bool latex = true, markdown = true, docx = true;
};

/// A cell of a column in APA style: p-values with three decimals, without the zero before the point, "< .001" below;
/// other numbers with the column's decimals.
std::string apa_number(const findings::Table& table, std::size_t row, std::size_t column);

/// A table environment with booktabs rules, shrunk to the width of the text; longer tables than a page as longtable,
/// wide ones (more than 8 columns) across the page. `label` is that of \label.
std::string latex_table(const findings::Table& table, const std::string& label);
/// A pipe table below its title, the caption below it.
std::string markdown_table(const findings::Table& table);

/// A table element with rules and note in a container that scrolls, styled by itself.
std::string html_fragment(const findings::Table& table);

/// Writes folder/<section>-<table>.html and .tex, tables.tex (a document of them all), tables.md and tables.docx (on
/// paper across), replacing earlier ones. Tables of more than 200 rows stay out. Returns what could not be made and
/// why; empty: all was.
std::string write_tables(const findings::Document& document, const std::filesystem::path& folder,
                         const TableFormats& formats);

}  // namespace meridian::report
