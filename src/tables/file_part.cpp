#include "tables/file_part.hpp"

#include <algorithm>
#include <string_view>

#include "tables/byte_window.hpp"

namespace meridian::tables {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::uint64_t line_feeds(std::string_view bytes) {
  return static_cast<std::uint64_t>(std::count(bytes.begin(), bytes.end(), '\n'));
}

/// Follows the quotes of a delimited text chunk by chunk: as RecordScanner, a quote opens a field only as its first
/// byte.
class Quotes {
 public:
  Quotes(char delimiter, bool inside) : delimiter_(delimiter), state_(inside ? State::inside : State::outside) {}

  void feed(std::string_view bytes) {
    for (std::size_t at = 0; at < bytes.size();) at = state_ == State::outside ? outside(bytes, at) : inside(bytes, at);
    if (!bytes.empty()) last_ = bytes.back();
    seen_ += bytes.size();
  }
  bool is_inside() const { return state_ == State::inside; }
  /// Bytes before the first line that starts outside quotes, or Stretch::none.
  std::uint64_t first_line() const { return first_line_; }

 private:
  enum class State { outside, inside, behind };  // behind: after a quote that closes the field or is the first of two

  std::size_t outside(std::string_view bytes, std::size_t at) {
    const std::size_t quote = std::min(bytes.find('"', at), bytes.size());
    if (first_line_ == Stretch::none)
      if (const std::size_t feed = bytes.substr(0, quote).find('\n', at); feed != std::string_view::npos)
        first_line_ = seen_ + feed + 1;
    if (quote == bytes.size()) return quote;
    const char before = quote > 0 ? bytes[quote - 1] : last_;
    if (before == delimiter_ || before == '\n') state_ = State::inside;
    return quote + 1;
  }
  std::size_t inside(std::string_view bytes, std::size_t at) {
    if (state_ == State::behind) {
      state_ = bytes[at] == '"' ? State::inside : State::outside;
      return state_ == State::inside ? at + 1 : at;
    }
    const std::size_t quote = bytes.find('"', at);
    if (quote == std::string_view::npos) return bytes.size();
    state_ = State::behind;
    return quote + 1;
  }

  char delimiter_;
  State state_;
  char last_ = '\n';
  std::uint64_t seen_ = 0, first_line_ = Stretch::none;
};

/// Where the first line at or behind `wanted` starts.
std::uint64_t line_start(ByteWindow& window, std::uint64_t wanted) {
  if (wanted == 0) return 0;
  window.move_to(wanted - 1);
  while (window.has(1)) {
    const std::size_t feed = window.bytes().find('\n');
    const bool found = feed != std::string_view::npos;
    window.consume(found ? feed + 1 : window.size());
    if (found) break;
  }
  return window.position();
}

/// Gives the bytes from `begin` to `end` to `take`, piece by piece; the line feeds among them.
template <class Take>
std::uint64_t each_piece(ByteWindow& window, std::uint64_t begin, std::uint64_t end, const Take& take) {
  std::uint64_t feeds = 0;
  window.move_to(begin);
  while (window.position() < end && window.has(1)) {
    const std::string_view piece = window.bytes().substr(0, end - window.position());
    feeds += line_feeds(piece);
    take(piece);
    window.consume(piece.size());
  }
  return feeds;
}

}  // namespace

Stretch look_at_stretch(const std::filesystem::path& file, char delimiter, std::size_t number, std::size_t count) {
  ByteWindow window(file);
  const std::uint64_t size = std::filesystem::file_size(file);
  const std::uint64_t first = line_start(window, size / count * number);
  const std::uint64_t end = number + 1 < count ? line_start(window, size / count * (number + 1)) : size;
  window.move_to(first);
  const bool marked = first == 0 && window.has(kByteOrderMark.size()) && window.bytes().rfind(kByteOrderMark, 0) == 0;
  const std::uint64_t begin = marked ? kByteOrderMark.size() : first;
  Stretch stretch;
  if (begin < end) stretch.record[0] = begin;
  if (delimiter == 0) {
    stretch.breaks = each_piece(window, begin, end, [](std::string_view) {});
    return stretch;
  }
  std::array<Quotes, 2> cases{Quotes(delimiter, false), Quotes(delimiter, true)};
  stretch.breaks = each_piece(window, begin, end, [&](std::string_view piece) {
    for (Quotes& one : cases) one.feed(piece);
  });
  for (std::size_t i = 0; i < 2; ++i) stretch.ends_quoted[i] = cases[i].is_inside() ? 1 : 0;
  if (const std::uint64_t line = cases[1].first_line(); line != Stretch::none && begin + line < end) {
    stretch.record[1] = begin + line;
    stretch.breaks_before[1] = each_piece(window, begin, begin + line, [](std::string_view) {});
  }
  return stretch;
}

std::vector<FilePart> parts_of(const std::vector<Stretch>& stretches) {
  std::vector<FilePart> parts;
  std::uint64_t line = 1, inside = 0;
  for (const Stretch& stretch : stretches) {
    parts.push_back({stretch.record[inside], Stretch::none, line + stretch.breaks_before[inside]});
    line += stretch.breaks;
    inside = stretch.ends_quoted[inside];
  }
  for (std::size_t i = parts.size(); i-- > 1;) {
    parts[i - 1].end = parts[i].begin;
    if (parts[i - 1].begin == Stretch::none) parts[i - 1].begin = parts[i].begin;  // no record of its own
  }
  return parts;
}

}  // namespace meridian::tables
