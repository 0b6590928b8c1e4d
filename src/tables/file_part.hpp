#pragma once
// A text file cut into parts that begin with a record each, so that several readers share one file. Nobody reads the
// whole: each looks at a stretch of its own and tells what it saw for both cases, that the stretch starts between
// records and that it starts inside a quoted field; the stretches together then say which case it was.
#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <vector>

namespace meridian::tables {

/// The records whose first byte lies in [begin, end).
struct FilePart {
  std::uint64_t begin = 0, end = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t line = 1;  ///< of the byte `begin`
};

/// Whole lines from near i/n to near (i + 1)/n of a file, as seen without the bytes before them. Index 0: the stretch
/// starts between records; 1: inside a quoted field.
struct Stretch {
  static constexpr std::uint64_t none = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t breaks = 0;                          ///< line feeds
  std::array<std::uint64_t, 2> record{none, none};   ///< byte at which the first record starts
  std::array<std::uint64_t, 2> breaks_before{0, 0};  ///< line feeds of the stretch before that byte
  std::array<std::uint64_t, 2> ends_quoted{0, 0};    ///< 1: the stretch ends inside a quoted field
};

/// Stretch `number` of `count`. `delimiter` of the fields (RFC 4180), or 0 for JSON Lines, where every line is a
/// record. Throws InputError if the file is unreadable.
Stretch look_at_stretch(const std::filesystem::path& file, char delimiter, std::size_t number, std::size_t count);

/// The part of each stretch, in their order. Together they are the whole file; a part may hold no record.
std::vector<FilePart> parts_of(const std::vector<Stretch>& stretches);

}  // namespace meridian::tables
