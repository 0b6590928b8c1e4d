#pragma once
// Options named by letter or label; steps of answer_parser.cpp, each testable alone.
#include <optional>
#include <string_view>

#include "trials/answer_parser.hpp"

namespace meridian::trials {

/// The option whose letter the text is, opens with ("B. agree", "(B)") or announces ("option B", "选B"). `original` has
/// its capitals still. Nothing if two letters are announced.
std::optional<ParsedAnswer> find_letter(std::string_view original, const Scale& scale);

/// The option whose label the plain text is, opens with, or alone contains; longer labels win over shorter ones inside
/// them. Nothing if two labels are found or a negation stands before the label.
std::optional<ParsedAnswer> find_label(std::string_view plain, const Scale& scale);

}  // namespace meridian::trials
