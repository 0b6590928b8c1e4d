#pragma once
// The findings of a run as one HTML page that needs nothing else: no network, no script, no other file.
#include <filesystem>
#include <string>

#include "findings/document.hpp"

namespace meridian::report {

/// The whole page. `provenance` is the text of run.json (an object: entries that are objects or lists become tables of
/// their own; "version", "commit" and "survey" also serve the citation). Throws Error(bug) if it is no JSON object.
/// Links to the tables' files are relative to a page that stands one folder below the run.
std::string html_page(const findings::Document& document, const std::string& provenance);

/// Writes the page, made whole or not at all; folders between are made. Throws InputError naming the file.
void write_html(const findings::Document& document, const std::string& provenance, const std::filesystem::path& file);

}  // namespace meridian::report
