#pragma once
// Findings on disk: every table as CSV (RFC 4180, UTF-8) and as JSON with its title, units and caption.
#include <filesystem>
#include <vector>

#include "findings/document.hpp"

namespace meridian::findings {

/// Writes folder/<table.name>.csv and .json (made whole or not at all: written aside, then renamed).
void write_table(const Table& table, const std::filesystem::path& folder);
/// Reads a table back from the JSON written by write_table.
Table read_table(const std::filesystem::path& json_file);

/// Writes every section's tables into run/<section.folder>/, its figures into run/<section.folder>/figures/ and the
/// rest (titles, notes, ledger, order) into run/findings.json. Captions of a synthetic document end with "Synthetic
/// data.". Throws Error(bug) if two tables or two figures of one folder share a name, or a figure is not whole
/// (check_figure).
void write_document(const Document& document, const std::filesystem::path& run);

/// What a later command finds on the same run (intervals, permutations): the same, with the rest in
/// run/findings/<part>.json. Replaces an earlier part of that name. The document's title is not shown.
void write_part(const Document& document, const std::filesystem::path& run, const std::string& part);

/// The document with all its parts, in the order of the parts' names; each section of a part stands where its `after`
/// says. Exclusions are added up.
Document read_document(const std::filesystem::path& run);

/// Replaces `file` by `text` atomically (`file`.part, fsync, rename, fsync of the folder); makes missing folders.
/// Throws InputError naming the file, the reason and the remedy.
void write_text(const std::filesystem::path& file, const std::string& text);

}  // namespace meridian::findings
