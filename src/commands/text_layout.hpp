#pragma once
// Text for terminals: wrapped paragraphs, and options as words.
#include <boost/program_options/options_description.hpp>
#include <string>

namespace meridian::commands {

/// Breaks paragraphs between words so that no line is longer than `width`, each line indented. Blank lines separate
/// paragraphs; lines that begin with a blank stay as they are. Ends with a line feed.
std::string wrapped(const std::string& text, std::size_t indent, std::size_t width = 100);

/// "--threads N" or "--quiet".
std::string spelling(const boost::program_options::option_description& option);
/// The value used when the option is not given, as text; "" if there is none.
std::string default_text(const boost::program_options::option_description& option);
/// The description, with "(default: ...)" where there is one.
std::string explanation(const boost::program_options::option_description& option);

}  // namespace meridian::commands
