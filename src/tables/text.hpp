#pragma once
// Text as it appears in messages, and the checks that every text file passes before its fields are looked at.
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace meridian::tables {

/// The value in single quotes for a message: control characters escaped, cut after 60 characters.
std::string shown(std::string_view value);
/// "'a', 'b', ... and 12 more": at most `limit` names.
std::string shown_list(const std::vector<std::string>& names, std::size_t limit = 12);
/// The candidate with the fewest edits from `name`, ignoring case; empty if none is close (more than a third of it
/// differs).
std::string closest_name(std::string_view name, const std::vector<std::string>& candidates);

/// Offset of the first byte that is not valid UTF-8 (RFC 3629: no overlong forms, no surrogates), or npos.
std::size_t first_invalid_utf8(std::string_view bytes);
/// Throws InputError with the line if `bytes`, which start on `line` of `file`, hold a zero byte or invalid UTF-8.
void require_text(std::string_view bytes, const std::filesystem::path& file, std::size_t line);

}  // namespace meridian::tables
