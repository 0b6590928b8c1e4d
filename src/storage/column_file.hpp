#pragma once
// Columns of equal length in one HDF5 file: whole numbers, reals, bytes, and lists of labels. For records rather than
// arrays: no axes, no scales.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <map>
#include <string>
#include <type_traits>
#include <vector>

namespace meridian::storage {

enum class ElementType { uint8, int16, int32, int64, float64 };

/// The elements as bytes, little-endian; with width > 1 a matrix of rows x width.
struct Column {
  std::string name;
  ElementType type = ElementType::uint8;
  std::size_t width = 1;
  std::string bytes;
};

struct ColumnFile {
  std::vector<Column> columns;
  std::vector<std::pair<std::string, std::vector<std::string>>> labels;  ///< one-dimensional texts, fixed length
  std::map<std::string, std::string> attributes;                         ///< of the first column

  /// Throws InputError if the file lacks it.
  const Column& column(const std::string& name) const;
  const std::vector<std::string>& label_list(const std::string& name) const;
  std::filesystem::path file;  ///< where it was read from, for messages
};

template <class T>
constexpr ElementType element_type() {
  if constexpr (std::is_same_v<T, std::uint8_t>)
    return ElementType::uint8;
  else if constexpr (std::is_same_v<T, std::int16_t>)
    return ElementType::int16;
  else if constexpr (std::is_same_v<T, std::int32_t>)
    return ElementType::int32;
  else if constexpr (std::is_same_v<T, std::int64_t>)
    return ElementType::int64;
  else {
    static_assert(std::is_same_v<T, double>);
    return ElementType::float64;
  }
}

template <class T>
Column make_column(const std::string& name, const std::vector<T>& values) {
  Column column{name, element_type<T>(), 1, std::string(values.size() * sizeof(T), '\0')};
  if (!values.empty()) std::memcpy(column.bytes.data(), values.data(), column.bytes.size());
  return column;
}

/// The elements of a column; throws InputError if the file stores another type.
template <class T>
std::vector<T> values_of(const ColumnFile& file, const std::string& name);

/// Writes columns and labels, each with its checksum. Equal contents give equal bytes. Throws InputError as
/// write_array.
void write_columns(const std::filesystem::path& file, const ColumnFile& content);
/// Reads everything and verifies the checksums: InputError for a damaged file.
ColumnFile read_columns(const std::filesystem::path& file);

}  // namespace meridian::storage
