// meridian audit: metrics of models' values on tables of answers that were collected elsewhere, layer by layer.
#include <chrono>
#include <filesystem>
#include <memory>

#include "audit/bytes.hpp"
#include "audit/summary.hpp"
#include "commands/audit_job.hpp"
#include "commands/commands.hpp"
#include "commands/common_options.hpp"
#include "commands/run_folder.hpp"
#include "error.hpp"
#include "inference/printed_check.hpp"
#include "runtime/log.hpp"
#include "runtime/signals.hpp"
#include "storage/run_lock.hpp"

namespace meridian::commands {
namespace {

namespace fs = std::filesystem;
namespace po = boost::program_options;

/// Raised by hand when the same inputs and settings give other numbers than before.
const char* const kNumericsVersion = "1";

struct AuditOptions {
  AuditJob job;
  fs::path data, out;
  std::vector<std::string> overrides;
  bool fresh = false;
  int threads = 1;
  std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
};

audit::Team team_of(const parallel::Communicator& world) {
  audit::Team team;
  team.rank = static_cast<std::size_t>(world.rank());
  team.size = static_cast<std::size_t>(world.size());
  team.all_gather = [&world](const std::string& bytes) {
    if (world.maximum(runtime::stop_requested() ? 1 : 0) == 1)
      throw Stopped("stopped early: an audit is written when it is done. Run the same command again.");
    audit::ByteWriter joined;
    for (const std::string& part : world.gather(bytes)) joined.text(part);
    const std::string all = world.broadcast(joined.bytes());
    audit::ByteReader reader(all);
    std::vector<std::string> parts;
    for (int rank = 0; rank < world.size(); ++rank) parts.push_back(reader.text());
    return parts;
  };
  return team;
}

storage::Fingerprint request_of(const AuditJob& job) {
  storage::Fingerprint request = job.given;
  for (const fs::path& file : job.files) request.emplace_back(file.filename().string(), storage::sha256_file(file));
  request.emplace_back("numerics version", kNumericsVersion);
  return request;
}

findings::Section governance_section(const audit::LayerSummaries& all) {
  return {"governance",
          "Governance summary",
          "tables/governance",
          {"What each layer says of each model, for people who decide. A figure says what the model answered to these "
           "questions, not what it values; differences between layers are findings, not errors."},
          audit::governance_notes(all),
          {audit::governance_summary(all)}};
}

/// Tables without rows (a comparison that the data do not allow) are not shown.
findings::Section shown(findings::Section section, const std::string& name) {
  section.id = name;
  section.folder = "tables/" + name;
  section.title += " (" + name + ")";  // a kind may stand in a job more than once
  std::vector<findings::Table> tables;
  for (findings::Table& table : section.tables)
    if (!table.rows.empty()) tables.push_back(std::move(table));
  section.tables = std::move(tables);
  return section;
}

findings::Section print_section(const fs::path& published) {
  findings::Table table = inference::printed_check_table(published);
  const std::string summary = inference::printed_check_summary(table);
  runtime::info(summary);
  return {"print", "Printed numbers against each other", "tables/print", {summary}, {}, {std::move(table)}};
}

findings::Document audited(AuditJob& job, const audit::Team& team) {
  findings::Document document;
  document.title = job.title;
  document.synthetic = job.synthetic;
  audit::LayerSummaries summaries;
  for (AuditLayer& layer : job.layers) {
    runtime::info("layer " + layer.input.name);
    audit::LayerResult result = layer.work(team);
    for (findings::Note& note : audit::registry_notes(result.summary, layer.input.models)) {
      runtime::warning(layer.input.name + ": " + note.about + ": " + note.text);
      result.section.notes.push_back(std::move(note));
    }
    document.sections.push_back(shown(std::move(result.section), layer.input.name));
    document.exclusions.append(result.ledger);
    summaries.emplace_back(layer.input.name, std::move(result.summary));
  }
  findings::Section summary = audit::summary_section(document.sections, summaries);
  if (!job.published.empty()) {
    document.sections.push_back(print_section(job.published));
    summary.paragraphs.push_back(document.sections.back().paragraphs.front());
  }
  document.sections.insert(document.sections.begin(), {std::move(summary), governance_section(summaries)});
  return document;
}

void audit_models(AuditOptions& options, const Context& context) {
  const bool root = context.world.is_root();
  const auto lock = root ? std::make_unique<storage::RunLock>(options.out) : nullptr;
  if (root && options.fresh) discard_run(options.out);
  if (root) require_same_kind(options.out, "audit");
  RunIdentity identity{options.job.title, options.job.file, "audit", options.job.synthetic, {}, {}};
  if (root) identity.request = request_of(options.job);
  identity.data = options.data.empty() ? fs::path(".") : options.data;
  identity.overrides = options.overrides;
  const RunFolder folder(options.out, identity, options.threads, context);
  if (context.world.maximum(root && folder.complete() ? 1 : 0) == 1) {
    runtime::info(options.job.title + ": complete, nothing to do (" + (options.out / "report/index.html").string() +
                  ")");
    return;
  }
  if (root && options.job.synthetic) runtime::info("synthetic answers: numbers to try the audit with, not findings");
  const findings::Document document = audited(options.job, team_of(context.world));
  if (root) folder.finish(document, {}, options.start);
}

/// --seed and --replicates are settings that win over the job, as --set.
std::vector<std::string> overrides_from(const po::variables_map& values) {
  std::vector<std::string> overrides;
  if (values.count("set")) overrides = values["set"].as<std::vector<std::string>>();
  for (const char* name : {"seed", "replicates"})
    if (values.count(name)) overrides.push_back(std::string("audit.") + name + "=" + values[name].as<std::string>());
  return overrides;
}

AuditOptions options_from(const po::variables_map& values, const Context& context) {
  AuditOptions options;
  fs::path config = values["config"].as<std::string>();
  if (config.is_relative() && !fs::exists(config)) config = fs::path(context.share) / config;
  if (values.count("data")) options.data = values["data"].as<std::string>();
  if (!options.data.empty() && values["config"].defaulted())
    throw InputError("--data", "no --config: the shipped job reads its own synthetic tables",
                     "the job that names the tables in the folder",
                     "Copy jobs/audit.ini, name your files in it, and give it with --config.");
  options.overrides = overrides_from(values);
  options.job = read_audit_job(config, options.data, context.share, options.overrides);
  options.out = values.count("out") ? fs::path(values["out"].as<std::string>()) : fs::path("runs") / config.stem();
  options.fresh = values.count("fresh") > 0;
  options.threads = threads(values, context);
  return options;
}

}  // namespace

Command audit_command() {
  Command command;
  command.name = "audit";
  command.summary = "audit models' values from tables of their answers, layer by layer";
  command.description =
      "Reads tables of answers that were collected elsewhere (CSV, TSV, JSON Lines, by a mapping file) and writes, per "
      "layer of the job, its metrics with intervals, tests between groups of models of the registry, figures, and a "
      "governance summary per model. The shipped job runs on embedded synthetic answers.";
  command.example = "meridian audit --config jobs/audit.ini --out runs/audit";
  command.uses_ranks = true;
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  command.options.add_options()("config", po::value<std::string>()->default_value("jobs/audit.ini")->value_name("FILE"),
                                "job file (INI)")(
      "data", text("DIR"), "folder in which the job's files are looked for first; default: the current one")(
      "out", text("DIR"), "run folder; default: runs/<name of the job>")(
      "set", po::value<std::vector<std::string>>()->composing()->value_name("SECTION.KEY=VALUE"),
      "a setting that wins over the job file; may be repeated")("seed", text("N"),
                                                                "seed of the random numbers; default: the job's, or 1")(
      "replicates", text("N"), "replicates of each bootstrap; default: the job's, or 1000")(
      "fresh", "discard an earlier run in the same folder");
  add_common_options(command.options);
  command.run = [](const po::variables_map& values, const Context& context) {
    AuditOptions options = options_from(values, context);
    audit_models(options, context);
  };
  return command;
}

}  // namespace meridian::commands
