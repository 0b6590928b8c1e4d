#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "error.hpp"
#include "tables/csv.hpp"
#include "tables/text.hpp"

namespace meridian::tables {
namespace {

bool continuation(unsigned char byte) { return (byte & 0xC0U) == 0x80U; }

/// Length of the valid sequence that starts at `at`, or 0. Bounds of the second byte: Unicode Standard, table 3-7.
std::size_t sequence_length(const unsigned char* at, std::size_t left) {
  const unsigned char lead = at[0];
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xC2 && lead <= 0xDF   ? 2
                             : (lead & 0xF0U) == 0xE0U      ? 3
                             : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                            : 0;
  if (length == 0 || left < length) return 0;
  unsigned char low = 0x80, high = 0xBF;
  if (lead == 0xE0) low = 0xA0;
  if (lead == 0xED) high = 0x9F;
  if (lead == 0xF0) low = 0x90;
  if (lead == 0xF4) high = 0x8F;
  if (at[1] < low || at[1] > high) return 0;
  return std::all_of(at + 2, at + length, continuation) ? length : 0;
}

/// Passes over plain ASCII eight bytes at a time: nearly all of a survey file.
std::size_t skip_ascii(const char* bytes, std::size_t at, std::size_t size) {
  std::uint64_t word = 0;
  while (at + sizeof word <= size) {
    std::memcpy(&word, bytes + at, sizeof word);
    if (word & 0x8080808080808080ULL) break;
    at += sizeof word;
  }
  return at;
}

std::size_t line_of(std::string_view bytes, std::size_t offset, std::size_t first_line) {
  return first_line + static_cast<std::size_t>(std::count(bytes.begin(), bytes.begin() + offset, '\n'));
}

}  // namespace

std::size_t first_invalid_utf8(std::string_view bytes) {
  std::size_t at = 0;
  while ((at = skip_ascii(bytes.data(), at, bytes.size())) < bytes.size()) {
    const std::size_t length =
        sequence_length(reinterpret_cast<const unsigned char*>(bytes.data()) + at, bytes.size() - at);
    if (length == 0) return at;
    at += length;
  }
  return std::string_view::npos;
}

bool valid_utf8(std::string_view bytes) { return first_invalid_utf8(bytes) == std::string_view::npos; }

void require_text(std::string_view bytes, const std::filesystem::path& file, std::size_t line) {
  if (const std::size_t zero = bytes.find('\0'); zero != std::string_view::npos)
    throw InputError(fmt::format("{}:{}", file.string(), line_of(bytes, zero, line)), "a zero byte (binary content)",
                     "UTF-8 text", "Export the data as a UTF-8 text file; workbooks and archives are not read.");
  if (const std::size_t bad = first_invalid_utf8(bytes); bad != std::string_view::npos)
    throw InputError(fmt::format("{}:{}", file.string(), line_of(bytes, bad, line)),
                     fmt::format("byte 0x{:02X}, which is not valid UTF-8", static_cast<unsigned char>(bytes[bad])),
                     "UTF-8 text", "Convert the file, for example: iconv -f WINDOWS-1252 -t UTF-8.");
}

}  // namespace meridian::tables
