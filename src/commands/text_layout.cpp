#include "commands/text_layout.hpp"

#include <fmt/core.h>

#include <sstream>

namespace meridian::commands {
namespace {

namespace po = boost::program_options;

/// Collects words and gives them out as lines of limited length.
class Paragraph {
 public:
  Paragraph(std::size_t indent, std::size_t width) : indent_(indent), width_(width) {}
  void add(const std::string& word) {
    if (!line_.empty() && indent_ + line_.size() + 1 + word.size() > width_) end();
    line_ += line_.empty() ? word : " " + word;
  }
  void end() {
    if (!line_.empty()) text_ += std::string(indent_, ' ') + line_ + "\n";
    line_.clear();
  }
  void verbatim(const std::string& line) {
    end();
    text_ += line.empty() ? "\n" : std::string(indent_, ' ') + line + "\n";
  }
  std::string text() {
    end();
    return text_;
  }

 private:
  std::size_t indent_, width_;
  std::string line_, text_;
};

/// Boost gives the value's name and its default as one text, "N (=4)".
constexpr const char* kDefaultMark = " (=";

}  // namespace

std::string wrapped(const std::string& text, std::size_t indent, std::size_t width) {
  Paragraph paragraph(indent, width);
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.front() == ' ') {
      paragraph.verbatim(line);
      continue;
    }
    std::istringstream words(line);
    for (std::string word; words >> word;) paragraph.add(word);
  }
  return paragraph.text();
}

std::string spelling(const po::option_description& option) {
  const std::string name = "--" + option.long_name();
  if (option.semantic()->max_tokens() == 0) return name;
  const std::string value = option.semantic()->name();
  return name + " " + value.substr(0, value.find(kDefaultMark));
}

std::string default_text(const po::option_description& option) {
  if (option.semantic()->max_tokens() == 0) return "";
  const std::string value = option.semantic()->name();
  const std::size_t mark = value.find(kDefaultMark);
  if (mark == std::string::npos) return "";
  const std::size_t begin = mark + std::string(kDefaultMark).size();
  return value.substr(begin, value.rfind(')') - begin);
}

std::string explanation(const po::option_description& option) {
  const std::string standard = default_text(option);
  return standard.empty() ? option.description() : fmt::format("{} (default: {})", option.description(), standard);
}

}  // namespace meridian::commands
