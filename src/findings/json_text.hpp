#pragma once
// Findings as JSON text and back: one row per line so that differences are readable, numbers that read back to the same
// bits.
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "findings/document.hpp"

namespace meridian::findings {

/// {"name", "title", "caption", "columns": [{"name", "kind", "unit"}], "rows": [[...]]}. Reals are written with a point
/// or exponent; NaN and infinities as "NaN", "Inf", "-Inf"; an empty cell as null. Throws Error(bug) on text that is
/// not UTF-8.
std::string table_text(const Table& table);
/// The inverse. Throws nlohmann::json::exception or InputError("...") on another shape.
Table table_from(const nlohmann::json& json);

/// {"kind", "name", "title", "caption", "alt", "sample", "interval", "x": {"title", "unit", ...}, "y", "data": a
/// table}.
std::string figure_text(const Figure& figure);
/// The inverse. Throws as table_from, and Error(bug) for a figure that check_figure refuses.
Figure figure_from(const nlohmann::json& json);

/// All of a document but its tables and figures, which are named by section.
std::string document_text(const Document& document);
/// The inverse; each section's tables and figures hold their name only.
Document document_from(const nlohmann::json& json);

/// Parses a whole file. Throws InputError naming the file.
nlohmann::json read_json(const std::filesystem::path& file);

}  // namespace meridian::findings
