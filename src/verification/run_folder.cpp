#include "verification/run_folder.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "error.hpp"
#include "tables/text.hpp"
#include "verification/run_table.hpp"

namespace meridian::verification {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void incomplete(const fs::path& file, const std::string& lacking) {
  throw InputError(file.string(), "no " + lacking, "\"synthetic\" and \"declared\" analyses", "Run the job again.");
}

bool read_synthetic(const nlohmann::json& run, const fs::path& file) {
  if (!run.is_object() || !run.contains("synthetic") || !run["synthetic"].is_boolean())
    incomplete(file, "\"synthetic\"");
  return run["synthetic"].get<bool>();
}

std::vector<Declared> read_declared(const nlohmann::json& run, const fs::path& file) {
  if (!run.contains("declared") || !run["declared"].is_array()) incomplete(file, "\"declared\"");
  std::vector<Declared> declared;
  for (const nlohmann::json& entry : run["declared"]) {
    for (const char* part : {"survey", "analysis", "folder"})
      if (!entry.is_object() || !entry.contains(part) || !entry[part].is_string())
        incomplete(file, std::string("\"") + part + "\" in an entry of \"declared\"");
    declared.push_back({entry["survey"], entry["analysis"], entry["folder"]});
  }
  return declared;
}

void require_single_declarations(const std::vector<RunFolder>& runs) {
  std::map<std::pair<std::string, std::string>, std::string> seen;
  for (const RunFolder& run : runs)
    for (const Declared& declared : run.declared()) {
      const std::string here = (run.path() / declared.folder).string();
      const auto [first, fresh] = seen.emplace(std::pair(declared.survey, declared.analysis), here);
      if (!fresh)
        throw InputError(here,
                         declared.survey + " " + declared.analysis + " a second time (first in " + first->second + ")",
                         "every published analysis declared once", "Verify one of the runs at a time.");
    }
}

}  // namespace

struct RunFolder::Files {
  std::map<std::string, RunTable> csv;
  std::map<std::string, nlohmann::json> json;
};

RunFolder::RunFolder(const fs::path& run) : path_(run), files_(std::make_unique<Files>()) {
  const fs::path file = run / "run.json";
  const nlohmann::json contents = read_json(file);
  synthetic_ = read_synthetic(contents, file);
  declared_ = read_declared(contents, file);
}

RunFolder::~RunFolder() = default;
RunFolder::RunFolder(RunFolder&&) noexcept = default;

Found RunFolder::find(const Place& place, const std::string& folder) const {
  const std::string name = place.group + "/" + folder + place.suffix + "/" + place.file;
  const fs::path file = path_ / name;
  if (!fs::exists(file)) return {0, name + " is not there"};
  if (file.extension() == ".json") {
    auto known = files_->json.find(name);
    if (known == files_->json.end()) known = files_->json.emplace(name, read_json(file)).first;
    return find_in(known->second, name, place.column);
  }
  auto known = files_->csv.find(name);
  if (known == files_->csv.end()) known = files_->csv.emplace(name, read_run_table(file, name)).first;
  return find_in(known->second, place.where, place.column);
}

std::vector<RunFolder> runs_to_verify(const fs::path& path) {
  std::vector<fs::path> folders;
  if (fs::exists(path / "run.json")) folders.push_back(path);
  if (fs::is_directory(path))
    for (const auto& entry : fs::directory_iterator(path))
      if (fs::exists(entry.path() / "run.json")) folders.push_back(entry.path());
  if (folders.empty())
    throw InputError("--run", tables::shown(path.string()),
                     "a run folder (with run.json, or with runs one level below)",
                     "Give the folder that the job wrote.");
  std::sort(folders.begin(), folders.end());
  std::vector<RunFolder> runs;
  for (const fs::path& folder : folders) {
    runs.emplace_back(folder);
    if (runs.back().synthetic())
      throw InputError(folder.string(), "a run on synthetic answers", "a run on the study's own data",
                       "Published numbers say nothing about simulated answers: give --data to the job.");
  }
  require_single_declarations(runs);
  return runs;
}

}  // namespace meridian::verification
