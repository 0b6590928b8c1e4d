#pragma once
// The report of a run as files, made from findings alone: page, figures, tables for a manuscript.
#include <filesystem>
#include <string>

#include "findings/document.hpp"
#include "report/figure_files.hpp"

namespace meridian::report {

/// What is made beside index.html with its SVG figures.
struct ReportFormats {
  PictureFormats pictures;
  bool latex = true, markdown = true;
  bool docx = true;  ///< where pandoc is installed
};

/// Writes report/index.html, report/figures/ and report/tables/ below the run. `provenance` is the text of run.json.
/// Returns what could not be made and what to install, one sentence each.
std::vector<std::string> write_report(const findings::Document& document, const std::string& provenance,
                                      const std::filesystem::path& run, const ReportFormats& formats = {});

}  // namespace meridian::report
