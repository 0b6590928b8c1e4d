#include "tables/json_lines.hpp"

#include <fmt/format.h>

#include "tables/csv.hpp"
#include "tables/text.hpp"

namespace meridian::tables {

JsonLinesReader::JsonLinesReader(const std::filesystem::path& file, std::size_t longest_line)
    : window_(file), longest_(longest_line) {
  if (window_.has(3) && window_.bytes().substr(0, 3) == "\xEF\xBB\xBF") window_.consume(3);
}

std::string JsonLinesReader::where() const { return fmt::format("{}:{}", window_.file().string(), line_); }

void JsonLinesReader::keep_to(const FilePart& part) {
  stop_ = part.begin < part.end ? part.end : 0;
  if (stop_ == 0 || part.begin <= window_.position()) return;
  window_.move_to(part.begin);
  line_ = part.line - 1;
}

bool JsonLinesReader::next() {
  while (next_line()) {
    if (text_.find_first_not_of(" \t\r") == std::string::npos) continue;
    const std::string seen = text_.substr(0, 80);
    if (const std::string wrong = value_.parse(text_); !wrong.empty())
      throw RecordError(where(), fmt::format("{} ({})", shown(seen), wrong), "one JSON value per line",
                        "Correct or remove this line.");
    return true;
  }
  return false;
}

/// Copies the next line, without its line feed, to text_; false at the end of the file.
bool JsonLinesReader::next_line() {
  if (window_.position() >= stop_ || !window_.has(1)) return false;
  ++line_;
  std::size_t searched = 0, stop = 0;
  while ((stop = window_.bytes().find('\n', searched)) == std::string_view::npos) {
    searched = window_.size();
    if (searched > longest_ || !window_.grow()) break;
  }
  const std::size_t length = std::min(stop, window_.size());
  if (length > longest_) {
    pass_line();
    throw RecordError(where(), fmt::format("a line of more than {} bytes", longest_), "one JSON value per line",
                      "Check the line ends of the file.");
  }
  text_.assign(window_.data(), length);
  window_.consume(std::min(length + 1, window_.size()));
  return true;
}

/// Leaves the rest of an endless line behind without holding it.
void JsonLinesReader::pass_line() {
  std::size_t stop = 0;
  while ((stop = window_.bytes().find('\n')) == std::string_view::npos) {
    window_.consume(window_.size());
    if (!window_.grow()) return;
  }
  window_.consume(stop + 1);
}

}  // namespace meridian::tables
