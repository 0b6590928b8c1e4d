#include "tables/record_mapping.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "error.hpp"
#include "tables/csv.hpp"
#include "tables/text.hpp"

namespace meridian::tables {
namespace {

FieldPath path_of(std::string text) {
  FieldPath path;
  static const std::string top = "top:";
  path.top = text.rfind(top, 0) == 0;
  if (path.top) text.erase(0, top.size());
  path.text = text;
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t dot = std::min(text.find('.', start), text.size());
    path.keys.push_back(text.substr(start, dot - start));
    start = dot + 1;
  }
  return path;
}

class RecordMappingReader {
 public:
  RecordMappingReader(const std::filesystem::path& file, const std::vector<std::string>& known)
      : csv_(file), key_(csv_.column("key")), value_(csv_.column("value")) {
    for (const std::string& name : known) mapping_.fields.push_back({name, {}, {}, {}});
  }

  RecordMapping read() {
    while (csv_.next()) {
      const std::string key(csv_.text(key_)), value(csv_.text(value_));
      if (key.rfind("field.", 0) != 0 && !seen_.insert(key).second) refuse(key_, key, "each key once (but field.NAME)");
      if (value.empty()) refuse(value_, value, "a value");
      take(key, value);
    }
    if (!seen_.count("format")) refuse_file("no key 'format'", "format: csv, json-lines or json");
    if (mapping_.format == RecordFormat::json && !seen_.count("records"))
      refuse_file("no key 'records'", "the path of the array of records");
    return mapping_;
  }

 private:
  void take(const std::string& key, const std::string& value) {
    if (key == "format") return take_format(value);
    if (key == "records") return void(mapping_.records = value == "." ? FieldPath{} : path_of(value));
    if (key == "wide.prefix") return void(mapping_.wide_prefix = value);
    if (key == "wide.name") return void(mapping_.wide_name = known(value, value_));
    if (key == "wide.value") return void(mapping_.wide_value = known(value, value_));
    if (key == "dictionary.path") return void(mapping_.dictionary = path_of(value));
    if (key == "dictionary.name") return void(mapping_.dictionary_name = known(value, value_));
    if (key == "dictionary.value") return void(mapping_.dictionary_value = known(value, value_));
    const std::size_t dot = key.find('.');
    const std::string kind = key.substr(0, dot), rest = dot == std::string::npos ? "" : key.substr(dot + 1);
    if (kind == "field") return source(rest).paths.push_back(path_of(value));
    if (kind == "constant") return void(source(rest).constant = value);
    if (kind == "label") return take_label(rest, value);
    refuse(key_, key,
           "format, records, field.NAME, constant.NAME, label.NAME.TEXT, wide.prefix, wide.name, wide.value, "
           "dictionary.path, dictionary.name or dictionary.value");
  }

  void take_label(const std::string& rest, const std::string& value) {
    const std::size_t dot = rest.find('.');
    if (dot == std::string::npos) refuse(key_, "label." + rest, "label.NAME.TEXT");
    source(rest.substr(0, dot)).labels[rest.substr(dot + 1)] = value;
  }

  void take_format(const std::string& value) {
    static const std::map<std::string, RecordFormat> formats = {
        {"csv", RecordFormat::csv}, {"json-lines", RecordFormat::json_lines}, {"json", RecordFormat::json}};
    const auto found = formats.find(value);
    if (found == formats.end()) refuse(value_, value, "csv, json-lines or json");
    mapping_.format = found->second;
  }

  std::string known(const std::string& name, std::size_t column) const {
    if (mapping_.find(name) != RecordMapping::npos) return name;
    std::vector<std::string> names;
    for (const FieldSource& field : mapping_.fields) names.push_back(field.name);
    refuse(column, name, fmt::format("a field among {}", fmt::join(names, ", ")));
  }

  FieldSource& source(const std::string& name) { return mapping_.fields[mapping_.find(known(name, key_))]; }

  [[noreturn]] void refuse(std::size_t column, const std::string& found, const std::string& expected) const {
    throw InputError(csv_.where(column), shown(found), expected, "Mend the mapping file.");
  }
  [[noreturn]] void refuse_file(const std::string& found, const std::string& expected) const {
    throw InputError(csv_.file().string(), found, expected, "Mend the mapping file.");
  }

  CsvReader csv_;
  std::size_t key_, value_;
  std::set<std::string> seen_;
  RecordMapping mapping_;
};

}  // namespace

std::size_t RecordMapping::find(const std::string& name) const {
  const auto found =
      std::find_if(fields.begin(), fields.end(), [&](const FieldSource& field) { return field.name == name; });
  return found == fields.end() ? npos : static_cast<std::size_t>(found - fields.begin());
}

RecordMapping read_record_mapping(const std::filesystem::path& file, const std::vector<std::string>& known) {
  return RecordMappingReader(file, known).read();
}

}  // namespace meridian::tables
