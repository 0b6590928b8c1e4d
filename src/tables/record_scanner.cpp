#include "tables/record_scanner.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "error.hpp"
#include "tables/text.hpp"

namespace meridian::tables {

RecordScanner::RecordScanner(ByteWindow& window, char delimiter, std::size_t longest_record)
    : window_(window), delimiter_(delimiter), longest_(longest_record) {}

void RecordScanner::keep_to(const FilePart& part) {
  window_.consume(length_);
  length_ = 0;
  stop_ = part.begin < part.end ? part.end : 0;
  if (stop_ == 0 || part.begin <= window_.position()) return;
  window_.move_to(part.begin);
  next_line_ = part.line;
}

bool RecordScanner::next() {
  window_.consume(length_);
  line_ = next_line_;
  length_ = 0;
  pass_blank_lines();
  if (window_.position() >= stop_ || !window_.has(1)) return false;
  while (!split()) {
    check_length();
    window_.grow();
  }
  check_length();
  require_text(window_.bytes().substr(0, length_), window_.file(), line_);
  remove_doubled_quotes();
  next_line_ = line_ + breaks_ + 1;
  return true;
}

void RecordScanner::pass_blank_lines() {
  while (window_.has(1)) {
    const char first = *window_.data();
    if (first == '\n')
      window_.consume(1);
    else if (first == '\r' && window_.has(2) && window_.data()[1] == '\n')
      window_.consume(2);
    else
      return;
    ++line_;
  }
}

/// Finds the fields of the record that starts the window; false if the record goes on beyond the window.
bool RecordScanner::split() {
  fields_.clear();
  doubled_.clear();
  breaks_ = open_quote_line_ = 0;
  end_ = window_.data() + window_.size();
  const char* at = window_.data();
  for (;;) {
    at = at < end_ && *at == '"' ? quoted_field(at) : plain_field(at);
    if (at == nullptr || (at == end_ && !window_.ended())) return false;
    if (at == end_ || *at != delimiter_) return end_record(at);
    ++at;
  }
}

bool RecordScanner::end_record(const char* at) {
  const auto size = static_cast<std::size_t>(at - window_.data());
  if (at == end_ || *at == '\n') {
    length_ = size + (at == end_ ? 0 : 1);
    return true;
  }
  if (at + 1 == end_ && !window_.ended()) return false;
  if (at + 1 == end_ || at[1] != '\n')
    fail(line_ + breaks_, "a carriage return without line feed", "lines that end in LF or CRLF",
         "Save the file with Unix or Windows line ends.");
  length_ = size + 2;
  return true;
}

const char* RecordScanner::plain_field(const char* at) {
  const char* const begin = at;
  while (at < end_ && *at != delimiter_ && *at != '\n' && *at != '\r') ++at;
  fields_.emplace_back(begin, static_cast<std::size_t>(at - begin));
  return at;
}

/// Returns the byte behind the closing quote, or nullptr if the window ends before that is known.
const char* RecordScanner::quoted_field(const char* at) {
  open_quote_line_ = line_ + breaks_;
  const char* const begin = at + 1;
  const char* quote = begin;
  bool doubled = false;
  for (;; quote += 2, doubled = true) {
    quote = static_cast<const char*>(std::memchr(quote, '"', static_cast<std::size_t>(end_ - quote)));
    if (quote == nullptr || quote + 1 == end_) break;
    if (quote[1] != '"') break;
  }
  if (quote == nullptr && window_.ended())
    fail(open_quote_line_, "a quote that is never closed", "a closing quote",
         "Close the quote that opens on this line, or write a quote inside a quoted field twice.");
  if (quote == nullptr || (quote + 1 == end_ && !window_.ended())) return nullptr;
  const char* const behind = quote + 1;
  if (behind < end_ && *behind != delimiter_ && *behind != '\n' && *behind != '\r')
    fail(open_quote_line_, fmt::format("a quoted field followed by {}", shown({behind, 1})),
         "a delimiter or line end behind the closing quote",
         "Close the quote that opens on this line, or write a quote inside a quoted field twice.");
  if (doubled) doubled_.push_back(fields_.size());
  fields_.emplace_back(begin, static_cast<std::size_t>(quote - begin));
  breaks_ += static_cast<std::size_t>(std::count(begin, quote, '\n'));
  open_quote_line_ = 0;
  return behind;
}

/// In place, once the record is complete; the shortened text stays inside the field's own bytes.
void RecordScanner::remove_doubled_quotes() {
  for (const std::size_t field : doubled_) {
    char* const begin = window_.data() + (fields_[field].data() - window_.data());
    char* out = begin;
    for (const char *from = begin, *stop = begin + fields_[field].size(); from < stop; ++from) {
      *out++ = *from;
      if (*from == '"') ++from;
    }
    fields_[field] = {begin, static_cast<std::size_t>(out - begin)};
  }
}

void RecordScanner::check_length() const {
  const std::size_t seen = length_ > 0 ? length_ : window_.size();
  if (seen <= longest_) return;
  const std::string expected = fmt::format("records of at most {} bytes", longest_);
  if (open_quote_line_ > 0)
    fail(open_quote_line_, "a quoted field that goes on and on", expected, "Close the quote that opens on this line.");
  fail(line_, fmt::format("a record of more than {} bytes", longest_), expected,
       "Check the line ends and quotes of the file.");
}

/// Binary content breaks every other rule as well: it is named first.
void RecordScanner::fail(std::size_t line, const std::string& found, const std::string& expected,
                         const std::string& remedy) const {
  std::string_view seen = window_.bytes();
  if (!window_.ended()) seen = seen.substr(0, seen.find_last_of('\n'));  // may cut a character at the window's end
  require_text(seen, window_.file(), line_);
  throw InputError(fmt::format("{}:{}", window_.file().string(), line), found, expected, remedy);
}

}  // namespace meridian::tables
