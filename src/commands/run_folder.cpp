#include "commands/run_folder.hpp"

#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "commands/run_report.hpp"
#include "commands/version.hpp"
#include "error.hpp"
#include "findings/files.hpp"
#include "runtime/log.hpp"
#include "runtime/machine.hpp"

namespace meridian::commands {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

/// Everything a run writes below its folder.
const char* const kOwn[] = {"similarity", "models",     "tables",      "resampling",    "report",  "synthetic-study",
                            "run.json",   "digest.txt", "digests.txt", "findings.json", "findings"};

/// What a run found. The units that it rests on stay: they know themselves what they are of.
const char* const kFound[] = {"run.json", "digest.txt", "digests.txt",   "tables",
                              "models",   "report",     "findings.json", "findings"};

/// Empty unless the folder holds a finished run.
Json provenance_in(const fs::path& run) {
  std::ifstream stream(run / "run.json");
  const Json json = stream ? Json::parse(stream, nullptr, false) : Json();
  return json.is_object() && json.value("complete", false) ? json : Json::object();
}

Json as_json(const storage::Fingerprint& entries) {
  Json json = Json::object();
  for (const auto& [name, value] : entries) json[name] = value;
  return json;
}

Json declared_analyses(const std::vector<DeclaredAnalysis>& declared) {
  Json json = Json::array();
  for (const DeclaredAnalysis& one : declared)
    json.push_back({{"survey", one.survey}, {"analysis", one.analysis}, {"folder", one.folder}});
  return json;
}

}  // namespace

void discard_run(const fs::path& run) {
  if (!fs::exists(run)) return;
  for (const auto& part : fs::directory_iterator(run))
    if (part.is_directory() && fs::exists(part.path() / "run.json")) {
      discard_run(part.path());
      fs::remove(part.path());
    }
  for (const char* name : kOwn) fs::remove_all(run / name);
}

void require_same_kind(const fs::path& run, const std::string& survey) {
  const std::string held = provenance_in(run).value("survey", survey);
  if (held != survey)
    throw InputError("--out", fmt::format("a finished run of '{}' in {}", held, run.string()),
                     fmt::format("a new folder, or one of '{}'", survey),
                     "Name another folder, or discard that run with --fresh");
}

bool RunFolder::complete() const {
  const Json json = provenance_in(run_);
  return json.contains("request") && json["request"] == as_json(identity_.request) && fs::exists(run_ / "digest.txt");
}

void RunFolder::discard_findings() const {
  if (!fs::exists(run_ / "run.json") && !fs::exists(run_ / "findings.json")) return;  // what lies there is not ours
  const Json json = provenance_in(run_);
  if (json.contains("request") && json["request"] != as_json(identity_.request))
    runtime::info(fmt::format("{}: in place of the run with other inputs or settings", run_.string()));
  for (const char* name : kFound) fs::remove_all(run_ / name);
}

std::string RunFolder::provenance(const std::string& digest, double seconds) const {
  const Build built = build();
  Json json;
  json["complete"] = true;
  json["title"] = identity_.title;
  json["job"] = fs::absolute(identity_.job).string();
  json["data"] = fs::absolute(identity_.data).string();
  json["overrides"] = identity_.overrides;
  json["survey"] = identity_.survey;
  json["synthetic"] = identity_.synthetic;
  json["declared"] = declared_analyses(identity_.declared);
  json["digest"] = digest;
  json["request"] = as_json(identity_.request);
  json["version"] = built.version;
  json["commit"] = built.commit;
  json["compiler"] = built.compiler;
  json["instruction_set"] = built.instruction_set;
  json["libraries"] = {
      {"MPI", built.mpi}, {"HDF5", built.hdf5}, {"Eigen", built.eigen}, {"Boost", built.boost}, {"fmt", built.fmt}};
  json["hosts"] = identity_.hosts.empty() ? std::vector<std::string>{runtime::host_name()} : identity_.hosts;
  json["ranks"] = context_.world.size();
  json["threads_per_rank"] = threads_;
  json["finished"] = runtime::utc_now();
  json["seconds"] = seconds;
  json["peak_memory_bytes_rank_0"] = runtime::peak_memory();
  return json.dump(2) + "\n";
}

void RunFolder::finish(const findings::Document& document, const RunFiles& files,
                       std::chrono::steady_clock::time_point start) const {
  discard_findings();
  findings::write_document(document, run_);
  for (const auto& [path, text] : files) findings::write_text(run_ / path, text);
  const std::string digest = storage::write_run_digest(run_);
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
  const std::string json = provenance(digest, elapsed.count());
  findings::write_text(run_ / "run.json", json);
  runtime::info(fmt::format("{}: done in {:.1f} s, digest {}", identity_.title, elapsed.count(), digest.substr(0, 16)));
  make_report(run_, formats_of_a_run());
}

}  // namespace meridian::commands
