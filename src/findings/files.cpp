#include "findings/files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <set>

#include "error.hpp"
#include "findings/json_text.hpp"
#include "tables/csv.hpp"

namespace meridian::findings {
namespace {

namespace fs = std::filesystem;

constexpr const char* synthetic_mark = "Synthetic data.";
constexpr const char* figures_folder = "figures";
constexpr const char* parts_folder = "findings";

/// A name is a file stem: anything else could leave the folder or hide the file.
void require_stem(const std::string& name) {
  if (name.empty() || name.front() == '.' || name.find('/') != std::string::npos)
    throw Error(ExitCode::bug, "the name '" + name + "' is no file stem");
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
  for (Section& section : document.sections) {
    for (Table& table : section.tables) mark_synthetic(table.caption);
    for (Figure& figure : section.figures) mark_synthetic(figure.caption);
  }
  return document;
}

void write_all(const Document& document, const fs::path& run, const fs::path& rest) {
  Document copy;  // tables may be large: only what changes is copied
  const Document& out = document.synthetic ? copy = marked(document) : document;
  std::set<fs::path> written;
  const auto claim = [&](const fs::path& file) {
    if (!written.insert(file).second)
      throw Error(ExitCode::bug, fmt::format("two tables or figures named {}", file.string()));
  };
  for (const Section& section : out.sections) {
    const fs::path folder = run / section.folder;
    for (const Table& table : section.tables) {
      claim(folder / table.name);
      write_table(table, folder);
    }
    for (const Figure& figure : section.figures) {
      require_stem(figure.name);
      check_figure(figure);
      claim(folder / figures_folder / figure.name);
      write_text(folder / figures_folder / (figure.name + ".json"), figure_text(figure));
    }
  }
  write_text(rest, document_text(out));
}

/// Files of parts in the order of their names.
std::set<fs::path> part_files(const fs::path& run) {
  std::set<fs::path> files;
  if (!fs::is_directory(run / parts_folder)) return files;
  for (const auto& entry : fs::directory_iterator(run / parts_folder))
    if (entry.path().extension() == ".json") files.insert(entry.path());
  return files;
}

/// Behind the section named, and behind those of other parts that already stand there for the same reason.
void place(Section section, std::vector<Section>& sections) {
  const auto named = [&](const Section& other) { return other.id == section.after; };
  auto at = section.after.empty() ? sections.end() : std::find_if(sections.begin(), sections.end(), named);
  if (at != sections.end()) {
    if (section.under.empty()) section.under = at->under.empty() ? at->id : at->under;
    section.aside = section.aside || at->aside;
    ++at;
  }
  while (at != sections.end() && at->after == section.after) ++at;
  sections.insert(at, std::move(section));
}

void add_part(Document part, Document& document) {
  document.synthetic = document.synthetic || part.synthetic;
  for (Section& section : part.sections) place(std::move(section), document.sections);
  document.exclusions.append(part.exclusions);
}

/// Runs `read` on the file's JSON; whatever is wrong with it becomes an InputError that names the file.
template <class Read>
auto from_file(const fs::path& file, Read read) {
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

/// Results deleted by hand leave the file behind that describes them.
void require_results(const Section& section, const fs::path& folder, const fs::path& description) {
  if ((section.tables.empty() && section.figures.empty()) || fs::is_directory(folder)) return;
  throw InputError(
      description.string(), "results in " + folder.string() + ", which is gone", "the folder it describes",
      fmt::format("Remove {} too, or run the command again that made the results.", description.filename().string()));
}

Document read_one(const fs::path& run, const fs::path& rest) {
  Document document = from_file(rest, document_from);
  for (Section& section : document.sections) {
    const fs::path folder = run / section.folder;
    require_results(section, folder, rest);
    for (Table& table : section.tables) table = read_table(folder / (table.name + ".json"));
    for (Figure& figure : section.figures)
      figure = from_file(folder / figures_folder / (figure.name + ".json"), figure_from);
  }
  return document;
}

}  // namespace

nlohmann::json read_json(const fs::path& file) {
  std::ifstream stream(file);
  if (!stream || fs::is_directory(file))
    throw InputError(file.string(), stream ? "a folder" : std::strerror(errno), "a readable JSON file",
                     "Check the path and its permissions.");
  try {
    return nlohmann::json::parse(stream);
  } catch (const nlohmann::json::parse_error& error) {
    throw InputError(file.string(), fmt::format("text that is not JSON at byte {}", error.byte), "a JSON file",
                     "Make it again.");
  }
}

void write_table(const Table& table, const fs::path& folder) {
  require_stem(table.name);
  write_text(folder / (table.name + ".csv"), csv_text(table));
  write_text(folder / (table.name + ".json"), table_text(table));
}

Table read_table(const fs::path& json_file) { return from_file(json_file, table_from); }

void write_document(const Document& document, const fs::path& run) { write_all(document, run, run / "findings.json"); }

void write_part(const Document& document, const fs::path& run, const std::string& part) {
  require_stem(part);
  write_all(document, run, run / parts_folder / (part + ".json"));
}

Document read_document(const fs::path& run) {
  Document document = read_one(run, run / "findings.json");
  for (const fs::path& file : part_files(run)) add_part(read_one(run, file), document);
  return document;
}

}  // namespace meridian::findings
