#pragma once
// The findings of a run as one HTML page that needs nothing else: no network, no script, no other file.
#include <string>

#include "findings/document.hpp"
#include "report/figure_files.hpp"

namespace meridian::report {

/// The whole page. `provenance` is the text of run.json (an object: entries that are objects or lists become tables of
/// their own; "version", "commit" and "survey" also serve the citation). Throws Error(bug) if it is no JSON object.
/// Links to the tables' files are relative to a page that stands one folder below the run.
/// Figures are shown as far as they stand in `drawn`.
std::string html_page(const findings::Document& document, const std::string& provenance,
                      const DrawnFigures& drawn = {});

}  // namespace meridian::report
