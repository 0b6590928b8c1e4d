#pragma once
#include <cstdint>
#include <optional>
#include <string>

namespace meridian::opinions {

/// The whole number that a text is ("3", "3.0"); nothing for any other text, for halves, and beyond +-30000.
std::optional<int> answer_code(const std::string& text);

/// How many answers a row stands for: 1 where it does not say, nothing for what is no whole number from 0.
std::optional<std::int64_t> answer_count(const std::string& text);

/// A number in its shortest form ("1.0" -> "1"), any other text as it is: so that keys of two files meet.
std::string plain_name(const std::string& text);

}  // namespace meridian::opinions
