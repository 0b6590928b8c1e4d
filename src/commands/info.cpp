#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <vector>

#include "commands/commands.hpp"
#include "error.hpp"
#include "storage/array_file.hpp"

namespace meridian::commands {
namespace {

namespace po = boost::program_options;

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

/// "name = value" per entry, members of objects as "name.member"; lists on one line.
void add_entries(const std::string& name, const Json& value, std::string& text) {
  if (value.is_object()) {
    for (const auto& member : value.items())
      add_entries(name.empty() ? member.key() : name + "." + member.key(), member.value(), text);
  } else if (!value.empty()) {
    text += fmt::format("  {} = {}\n", name, value.is_string() ? value.get<std::string>() : value.dump());
  }
}

/// The folder itself if it holds a finished run, or the runs of a job of jobs in it.
std::vector<fs::path> runs_of(const fs::path& folder) {
  if (fs::exists(folder / "run.json")) return {folder};
  std::vector<fs::path> runs;
  if (fs::is_directory(folder))
    for (const auto& entry : fs::directory_iterator(folder))
      if (fs::exists(entry.path() / "run.json")) runs.push_back(entry.path());
  std::sort(runs.begin(), runs.end());
  return runs;
}

/// A JSON file in words: of a run its inputs' digests, settings, version, hosts, libraries.
std::string record_text(const fs::path& file) {
  std::ifstream stream(file);
  const Json record = Json::parse(stream, nullptr, false);
  if (!record.is_object())
    throw InputError(file.string(), "no JSON object", "what meridian wrote", "Run the command that made it again.");
  std::string text = file.string() + ":\n";
  add_entries("", record, text);
  return text;
}

void describe(const po::variables_map& options, const Context&) {
  if (options.count("path") == 0) throw InputError("info needs a PATH. Example: " + info_command().example);
  const std::filesystem::path path = options["path"].as<std::string>();
  if (!std::filesystem::exists(path))
    throw InputError("PATH", "'" + path.string() + "'", "a file or run folder that exists", "Check the spelling.");
  if (fs::exists(path / "fit.json") && !fs::exists(path / "run.json")) {
    fmt::print("{}", record_text(path / "fit.json"));
    return;
  }
  for (const fs::path& run : runs_of(path)) fmt::print("{}", record_text(run / "run.json"));
  fmt::print("{}", storage::describe(path));
}

}  // namespace

Command info_command() {
  Command command;
  command.name = "info";
  command.summary = "describe a run or a file that meridian wrote";
  command.description =
      "Of a run folder: where it came from (inputs by SHA-256, settings, version and commit, hosts, ranks, libraries), "
      "what was found and which units are there. Of the folder of a fit: what its fit.json says.\n\n"
      "Of a file: shows the arrays of an HDF5 file of a run: their shapes, types, axes with the first labels, "
      "attributes, and whether the bytes still have the checksum that was stored with them.";
  command.example = "meridian info runs/replicate/similarity/all.h5";
  command.options.add_options()("path", po::value<std::string>()->value_name("PATH"),
                                "the file or folder to describe (required)");
  command.positional = {"path"};
  command.run = describe;
  return command;
}

}  // namespace meridian::commands
