#include <array>
#include <string>

#include "error.hpp"
#include "tables/record_scanner.hpp"

namespace meridian::tables {
namespace {

constexpr std::string_view delimiters = ",;\t";

/// Occurrences of each delimiter in the first record with content; `complete` says that its line end was found.
std::array<std::size_t, delimiters.size()> count_delimiters(std::string_view bytes, bool& complete) {
  std::array<std::size_t, delimiters.size()> counts{};
  bytes.remove_prefix(std::min(bytes.find_first_not_of("\r\n"), bytes.size()));
  bool quoted = false;
  complete = false;
  for (const char c : bytes) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    complete = c == '\n';
    if (complete) break;
    if (const std::size_t which = delimiters.find(c); which != std::string_view::npos) ++counts[which];
  }
  return counts;
}

void pass_byte_order_mark(ByteWindow& window) {
  if (window.has(3) && window.bytes().substr(0, 3) == "\xEF\xBB\xBF") return window.consume(3);
  if (!window.has(2)) return;
  const std::string_view mark = window.bytes().substr(0, 2);
  if (mark == "\xFF\xFE" || mark == "\xFE\xFF")
    throw InputError(window.file().string() + ":1", "UTF-16 text", "UTF-8 text",
                     "Convert the file, for example: iconv -f UTF-16 -t UTF-8.");
}

}  // namespace

char detect_delimiter(ByteWindow& window, std::size_t longest_record) {
  pass_byte_order_mark(window);
  bool complete = false;
  window.has(1);
  auto counts = count_delimiters(window.bytes(), complete);
  while (!complete && window.size() <= longest_record && window.grow())
    counts = count_delimiters(window.bytes(), complete);
  std::size_t best = 0;
  for (std::size_t i = 1; i < counts.size(); ++i)
    if (counts[i] > counts[best]) best = i;
  return delimiters[best];
}

}  // namespace meridian::tables
