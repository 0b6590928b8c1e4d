#pragma once
// Reads any file that a mapping describes, as rows of named fields.
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "tables/file_part.hpp"
#include "tables/record_mapping.hpp"

namespace meridian::tables {

/// A record may give several rows: a path with "*" one per match, a wide table one per answer column, a dictionary one
/// per key. Fields that match once hold for all rows of their record.
class MappedReader {
 public:
  /// Throws InputError if the file is unreadable, or a CSV lacks every column that a field names.
  MappedReader(const std::filesystem::path& file, const RecordMapping& mapping);
  ~MappedReader();

  /// Whether several readers can share the file: not one JSON document, which is read whole.
  bool divisible() const;
  /// Stretch `number` of `count` of the file, for parts_of(). Throws Error(bug) unless divisible.
  Stretch stretch(std::size_t number, std::size_t count) const;
  /// From now on only the records of this part.
  void keep_to(const FilePart& part);

  /// Moves to the next row; false at the end. A record that is broken in itself is a RecordError (csv.hpp); the next
  /// call goes on behind it.
  bool next();
  bool has(std::size_t field) const { return present_[field]; }
  /// The field's text after labels and constants; "" where it is absent.
  const std::string& text(std::size_t field) const { return values_[field]; }
  /// Line on which the record starts; format json: number of the record, from 1.
  std::size_t line() const;
  /// "file:12", "file, record 12".
  std::string where() const;

 private:
  class Source;
  class CsvSource;
  class JsonSource;
  class JsonLinesSource;
  void take_record();
  void take_row();
  void take_dictionary();

  std::filesystem::path file_;
  const RecordMapping mapping_;
  std::unique_ptr<Source> source_;
  std::vector<std::vector<std::string>> found_;  // of the current record, per field
  std::size_t rows_ = 0, row_ = 0;
  std::vector<std::string> values_;
  std::vector<bool> present_;
};

}  // namespace meridian::tables
