#include "commands/run_study.hpp"

#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "commands/run_report.hpp"
#include "error.hpp"
#include "findings/files.hpp"
#include "storage/digest.hpp"

namespace meridian::commands {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

Json read_provenance(const fs::path& run) {
  std::ifstream stream(run / "run.json");
  const Json json = stream ? Json::parse(stream, nullptr, false) : Json();
  if (!json.is_object() || !json.value("complete", false) || !json.contains("job") || !json.contains("data"))
    throw InputError((run / "run.json").string(), "no finished run",
                     "the folder of a run that meridian replicate ended",
                     "Finish the run first: run the same replicate command again.");
  for (const char* other : {"power", "rankings", "audit"})
    if (json.value("survey", "") == other)
      throw InputError((run / "run.json").string(), fmt::format("a run of another kind ({})", other),
                       "the folder of a run that meridian replicate ended", "Name the run of the study.");
  return json;
}

/// Inputs and settings of then and now, entry by entry.
void require_same_request(const Json& stored, const storage::Fingerprint& now, const fs::path& run) {
  std::string differences;
  for (const auto& [name, value] : now)
    if (stored.value(name, "") != value)
      differences += fmt::format("\n  {}: then '{}', now '{}'", name, stored.value(name, ""), value);
  if (!differences.empty())
    throw InputError(run.string() + ": the job or the answers have changed since the run:" + differences +
                     "\nRun meridian replicate again, or restore them.");
}

}  // namespace

storage::Fingerprint request_of(const analysis::Job& job) {
  storage::Fingerprint request = analysis::input_digests(job);
  request.insert(request.end(), job.settings.begin(), job.settings.end());
  request.emplace_back("numerics version", analysis::kNumericsVersion);
  return request;
}

analysis::Study study_of_run(const fs::path& run, const Context& context) {
  const Json json = read_provenance(run);
  const analysis::Job job = analysis::read_job(json.at("job").get<std::string>(), json.at("data").get<std::string>(),
                                               context.share, json.value("overrides", std::vector<std::string>()));
  require_same_request(json.at("request"), request_of(job), run);
  return analysis::load_study(job);
}

void add_section(const fs::path& run, const findings::Section& section, const std::string& part, bool report) {
  const bool fit = !fs::exists(run / "run.json");
  Json json = fit ? Json::object() : read_provenance(run);
  findings::Document found;
  found.synthetic = json.value("synthetic", false);
  found.sections = {section};
  if (!section.paragraphs.empty()) {
    findings::Section summary;
    summary.id = "summary";
    summary.paragraphs = {section.paragraphs.front()};
    found.sections.push_back(std::move(summary));
  }
  findings::write_part(found, run, part);
  if (fit) return;
  json["digest"] = storage::write_run_digest(run);
  const std::string text = json.dump(2) + "\n";
  findings::write_text(run / "run.json", text);
  if (report) make_report(run, formats_of_a_run());
}

}  // namespace meridian::commands
