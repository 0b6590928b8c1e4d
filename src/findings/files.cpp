#include "findings/files.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <set>

#include "error.hpp"
#include "findings/json_text.hpp"
#include "tables/csv.hpp"

namespace meridian::findings {
namespace {

constexpr const char* synthetic_mark = "Synthetic data.";

/// A table's name is a file stem: anything else could leave the folder or hide the file.
void require_stem(const Table& table) {
  if (table.name.empty() || table.name.front() == '.' || table.name.find('/') != std::string::npos)
    throw Error(ExitCode::bug, "the table name '" + table.name + "' is no file stem");
}

std::string csv_text(const Table& table) {
  std::vector<std::string> fields;
  for (const Column& column : table.columns) fields.push_back(column.name);
  std::string text = tables::csv_line(fields);
  for (const std::vector<Cell>& row : table.rows) {
    fields.clear();
    for (const Cell& cell : row) fields.push_back(to_text(cell));
    text += tables::csv_line(fields);
  }
  return text;
}

void mark_synthetic(std::string& caption) {
  if (std::string_view(caption).ends_with(synthetic_mark)) return;
  if (!caption.empty()) caption += ' ';
  caption += synthetic_mark;
}

Document marked(Document document) {
  if (!document.synthetic) return document;
  for (Section& section : document.sections)
    for (Table& table : section.tables) mark_synthetic(table.caption);
  return document;
}

/// Runs `read` on the file's JSON; whatever is wrong with it becomes an InputError that names the file.
template <class Read>
auto from_file(const std::filesystem::path& file, Read read) {
  const nlohmann::json json = read_json(file);
  const char* const remedy = "It was not written by this program or was changed since: make it again.";
  try {
    return read(json);
  } catch (const nlohmann::json::exception& error) {
    throw InputError(fmt::format("{}: {}. {}", file.string(), error.what(), remedy));
  } catch (const Error& error) {
    throw InputError(fmt::format("{}: {}. {}", file.string(), error.what(), remedy));
  }
}

}  // namespace

nlohmann::json read_json(const std::filesystem::path& file) {
  std::ifstream stream(file);
  if (!stream || std::filesystem::is_directory(file))
    throw InputError(file.string(), stream ? "a folder" : std::strerror(errno), "a readable JSON file",
                     "Check the path and its permissions.");
  try {
    return nlohmann::json::parse(stream);
  } catch (const nlohmann::json::parse_error& error) {
    throw InputError(file.string(), fmt::format("text that is not JSON at byte {}", error.byte), "a JSON file",
                     "Make it again.");
  }
}

void write_table(const Table& table, const std::filesystem::path& folder) {
  require_stem(table);
  write_text(folder / (table.name + ".csv"), csv_text(table));
  write_text(folder / (table.name + ".json"), table_text(table));
}

Table read_table(const std::filesystem::path& json_file) { return from_file(json_file, table_from); }

void write_document(const Document& document, const std::filesystem::path& run) {
  const Document out = marked(document);
  std::set<std::filesystem::path> written;
  for (const Section& section : out.sections) {
    for (const Table& table : section.tables) {
      if (!written.insert(std::filesystem::path(section.folder) / table.name).second)
        throw Error(ExitCode::bug, fmt::format("two tables named {} in {}", table.name, section.folder));
      write_table(table, run / section.folder);
    }
  }
  write_text(run / "findings.json", document_text(out));
}

Document read_document(const std::filesystem::path& run) {
  Document document = from_file(run / "findings.json", document_from);
  for (Section& section : document.sections)
    for (Table& table : section.tables) table = read_table(run / section.folder / (table.name + ".json"));
  return document;
}

}  // namespace meridian::findings
