#include "tables/mapped_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "tables/csv.hpp"
#include "tables/json_lines.hpp"

namespace meridian::tables {

/// Records one after the other, and what stands at a path of the current one.
class MappedReader::Source {
 public:
  virtual ~Source() = default;
  virtual bool next() = 0;
  virtual void find(const FieldPath& path, std::vector<std::string>& values) = 0;
  virtual void wide(const std::string&, std::vector<std::string>&, std::vector<std::string>&) {}
  virtual std::size_t line() const = 0;
  virtual void keep_to(const FilePart&) { throw Error(ExitCode::bug, "a JSON document has no parts"); }
  virtual char delimiter() const { return 0; }
};

class MappedReader::CsvSource : public Source {
 public:
  explicit CsvSource(const std::filesystem::path& file) : csv_(file) {}
  bool next() override { return csv_.next(); }
  std::size_t line() const override { return csv_.line(); }
  void keep_to(const FilePart& part) override { csv_.keep_to(part); }
  char delimiter() const override { return csv_.delimiter(); }
  bool has(const FieldPath& path) const { return csv_.find_column(path.text) != CsvReader::npos; }

  void find(const FieldPath& path, std::vector<std::string>& values) override {
    const std::size_t column = csv_.find_column(path.text);
    if (column != CsvReader::npos && !csv_.text(column).empty()) values.emplace_back(csv_.text(column));
  }

  void wide(const std::string& prefix, std::vector<std::string>& names, std::vector<std::string>& values) override {
    for (std::size_t column = 0; column < csv_.header().size(); ++column)
      if (csv_.header()[column].rfind(prefix, 0) == 0) {
        names.push_back(csv_.header()[column].substr(prefix.size()));
        values.emplace_back(csv_.text(column));
      }
  }

 private:
  CsvReader csv_;
};

class MappedReader::JsonLinesSource : public Source {
 public:
  explicit JsonLinesSource(const std::filesystem::path& file) : lines_(file) {}
  bool next() override { return lines_.next(); }
  std::size_t line() const override { return lines_.line(); }
  void keep_to(const FilePart& part) override { lines_.keep_to(part); }
  void find(const FieldPath& path, std::vector<std::string>& values) override {
    lines_.value().find(path.keys, values);
  }

 private:
  JsonLinesReader lines_;
};

class MappedReader::JsonSource : public Source {
 public:
  JsonSource(const std::filesystem::path& file, const FieldPath& records) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) throw InputError(file.string(), "no readable file", "a JSON document", "Check the path.");
    std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    if (const std::string wrong = document_.parse(text); !wrong.empty())
      throw InputError(file.string(), "no JSON (" + wrong + ")", "one JSON document", "Write it anew.");
    if (!document_.enter(records.keys))
      throw InputError(file.string(), "no array at '" + records.text + "'", "the records that the mapping names",
                       "Check that the mapping fits the file.");
  }
  bool next() override {
    ++record_;
    return document_.next_element();
  }
  std::size_t line() const override { return record_; }
  void find(const FieldPath& path, std::vector<std::string>& values) override {
    path.top ? document_.find_from_top(path.keys, values) : document_.find(path.keys, values);
  }

 private:
  JsonDocument document_;
  std::size_t record_ = 0;
};

namespace {

/// The end of a quoted text that starts at `at`; backslashes escape.
std::size_t quoted_end(const std::string& text, std::size_t at) {
  const char quote = text[at];
  for (++at; at < text.size() && text[at] != quote; ++at)
    if (text[at] == '\\') ++at;
  return at;
}

}  // namespace

MappedReader::MappedReader(const std::filesystem::path& file, const RecordMapping& mapping)
    : file_(file), mapping_(mapping), found_(mapping.fields.size()), values_(found_.size()), present_(found_.size()) {
  if (mapping.format == RecordFormat::json) {
    source_ = std::make_unique<JsonSource>(file, mapping.records);
  } else if (mapping.format == RecordFormat::json_lines) {
    source_ = std::make_unique<JsonLinesSource>(file);
  } else {
    auto csv = std::make_unique<CsvSource>(file);
    for (const FieldSource& field : mapping.fields)
      if (!field.paths.empty() && field.constant.empty() &&
          std::none_of(field.paths.begin(), field.paths.end(), [&](const FieldPath& path) { return csv->has(path); }))
        throw InputError(file.string() + ":1", "no column '" + field.paths.front().text + "'",
                         "the columns that the mapping names", "Check that the mapping fits the file.");
    source_ = std::move(csv);
  }
}

MappedReader::~MappedReader() = default;

std::size_t MappedReader::line() const { return source_->line(); }

std::string MappedReader::where() const {
  return mapping_.format == RecordFormat::json ? fmt::format("{}, record {}", file_.string(), line())
                                               : fmt::format("{}:{}", file_.string(), line());
}

bool MappedReader::divisible() const { return mapping_.format != RecordFormat::json; }

Stretch MappedReader::stretch(std::size_t number, std::size_t count) const {
  if (!divisible()) throw Error(ExitCode::bug, "a JSON document has no stretches");
  return look_at_stretch(file_, source_->delimiter(), number, count);
}

void MappedReader::keep_to(const FilePart& part) { source_->keep_to(part); }

bool MappedReader::next() {
  while (++row_ >= rows_) {
    if (!source_->next()) return false;
    take_record();
    row_ = static_cast<std::size_t>(-1);  // so that the loop's step reaches 0
  }
  take_row();
  return true;
}

void MappedReader::take_record() {
  rows_ = 1;
  for (std::size_t i = 0; i < found_.size(); ++i) {
    found_[i].clear();
    for (const FieldPath& path : mapping_.fields[i].paths) {
      source_->find(path, found_[i]);
      if (!found_[i].empty()) break;
    }
  }
  if (!mapping_.wide_prefix.empty())
    source_->wide(mapping_.wide_prefix, found_[mapping_.find(mapping_.wide_name)],
                  found_[mapping_.find(mapping_.wide_value)]);
  if (!mapping_.dictionary_name.empty()) take_dictionary();
  for (const auto& values : found_) rows_ = std::max(rows_, values.size());
}

/// "{'Angola': [0.1, 0.9], ...}" as Python prints it: a row per key.
void MappedReader::take_dictionary() {
  std::vector<std::string> texts;
  source_->find(mapping_.dictionary, texts);
  if (texts.empty()) return;
  const std::string& text = texts.front();
  std::vector<std::string>& names = found_[mapping_.find(mapping_.dictionary_name)];
  std::vector<std::string>& lists = found_[mapping_.find(mapping_.dictionary_value)];
  for (std::size_t at = text.find('{'); at < text.size(); ++at) {
    if (text[at] != '\'' && text[at] != '"') continue;
    const std::size_t end = quoted_end(text, at), open = text.find('[', end), close = text.find(']', end);
    if (open == std::string::npos || close == std::string::npos)
      throw RecordError(where(), "a dictionary without lists", "{'key': [numbers], ...}", "Correct this record.");
    names.push_back(text.substr(at + 1, end - at - 1));
    lists.push_back(text.substr(open + 1, close - open - 1));
    at = close;
  }
}

void MappedReader::take_row() {
  for (std::size_t i = 0; i < found_.size(); ++i) {
    const FieldSource& field = mapping_.fields[i];
    const std::vector<std::string>& found = found_[i];
    present_[i] = row_ < found.size() || found.size() == 1;
    if (present_[i])
      values_[i] = found[found.size() == 1 ? 0 : row_];
    else
      values_[i] = field.constant;
    present_[i] = present_[i] || !field.constant.empty();
    if (const auto label = field.labels.find(values_[i]); label != field.labels.end()) values_[i] = label->second;
  }
}

}  // namespace meridian::tables
