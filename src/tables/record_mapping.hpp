#pragma once
// How the records of a foreign file give named fields: the declarative mapping that stands in for a parser per project.
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tables/json_document.hpp"

namespace meridian::tables {

enum class RecordFormat {
  csv,         ///< CSV or TSV; a path is the name of a column
  json_lines,  ///< a record per line; a path is keys joined by dots
  json,        ///< one document; records are the elements of an array in it
};

/// Where one place of a record is looked for.
struct FieldPath {
  std::string text;  ///< as written in the mapping: CSV's column
  JsonPath keys;     ///< the same split at dots
  bool top = false;  ///< "top:" before the path: from the document's top, not the record (format json)
};

struct FieldSource {
  std::string name;
  std::vector<FieldPath> paths;               ///< tried in order; the first that is there wins
  std::string constant;                       ///< used where no path is there
  std::map<std::string, std::string> labels;  ///< text in the file -> our label; others stay as they are
};

struct RecordMapping {
  RecordFormat format = RecordFormat::csv;
  FieldPath records;                ///< format json: the array; no keys (written "."): the document is the array
  std::vector<FieldSource> fields;  ///< in the order of the fields asked for
  std::string wide_prefix;          ///< csv: every column with this prefix is a row of its own ...
  std::string wide_name;            ///< ... the rest of its name is this field
  std::string wide_value;           ///< ... its value is this field
  std::string dictionary_name;      ///< a field whose text is {'key': [..], ..}: a row per key, the key is this field
  FieldPath dictionary;             ///< ... where it stands
  std::string dictionary_value;     ///< ... the list, as text, is this field
  /// Index of a field, or npos.
  std::size_t find(const std::string& name) const;
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);
};

/// Reads a CSV with columns key, value: `format` (csv, json-lines, json), `records` (path), `field.NAME` (path; may be
/// repeated, the first that is there wins), `constant.NAME`, `label.NAME.TEXT`, and for tables with several answers in
/// a row `wide.prefix`, `wide.name`, `wide.value` or `dictionary.path`, `dictionary.name`, `dictionary.value`
/// (docs/formats.md). `known` are the fields that the reader of the records understands. Throws InputError for an
/// unknown key or field, or one that comes twice.
RecordMapping read_record_mapping(const std::filesystem::path& file, const std::vector<std::string>& known);

}  // namespace meridian::tables
