// meridian import: answers that other tools collected, into the trial store.
#include "trials/import.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "analysis/study.hpp"
#include "commands/commands.hpp"
#include "commands/common_options.hpp"
#include "commands/run_report.hpp"
#include "commands/version.hpp"
#include "error.hpp"
#include "findings/files.hpp"
#include "runtime/log.hpp"
#include "storage/run_lock.hpp"
#include "survey/registry.hpp"
#include "trials/corrections.hpp"
#include "trials/coverage.hpp"
#include "trials/option_table.hpp"
#include "trials/reliability.hpp"
#include "trials/store.hpp"

namespace meridian::commands {
namespace {

namespace fs = std::filesystem;
namespace po = boost::program_options;

/// A name stands for a file that ships with meridian, anything with a dot or slash for a file of the user.
fs::path shipped(const std::string& name, const Context& context, const char* folder) {
  if (name.find('.') != std::string::npos || name.find('/') != std::string::npos) return name;
  const fs::path file = fs::path(context.share) / "data" / folder / (name + ".csv");
  if (fs::exists(file)) return file;
  throw InputError(fmt::format("'{}'", name), "no file " + file.string(),
                   fmt::format("a name of data/{} or the path of a file of yours", folder), "Check the spelling.");
}

std::pair<std::string, std::string> setting(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0 || equals + 1 == text.size())
    throw InputError("--set", "'" + text + "'", "FIELD=VALUE, such as model=gpt-4.1", "Mend the option.");
  return {text.substr(0, equals), text.substr(equals + 1)};
}

trials::ImportRequest request_from(const po::variables_map& options, const Context& context) {
  trials::ImportRequest request;
  request.store = required(options, import_command(), "store", "DIR");
  request.mapping = shipped(required(options, import_command(), "mapping", "NAME"), context, "mappings");
  request.definitions.push_back(shipped(required(options, import_command(), "items", "NAME"), context, "items"));
  if (options.count("options")) request.definitions.emplace_back(options["options"].as<std::string>());
  if (options.count("set"))
    for (const std::string& text : options["set"].as<std::vector<std::string>>())
      request.constants.push_back(setting(text));
  request.strict = options.count("strict") > 0;
  return request;
}

trials::TrialContext context_from(const trials::ImportRequest& request) {
  trials::TrialContext context;
  context.instrument = survey::read_instrument(request.definitions[0], "");
  if (request.definitions.size() > 1) context.options = trials::read_option_names(request.definitions[1]);
  return context;
}

void report_import(const fs::path& file, const trials::ImportSummary& summary) {
  for (const std::string& problem : summary.first_problems) runtime::warning(problem);
  std::string outcomes;
  for (std::size_t i = 0; i < summary.outcomes.size(); ++i)
    if (summary.outcomes[i] > 0)
      outcomes += fmt::format(", {} {}", summary.outcomes[i], name_of(static_cast<trials::Outcome>(i)));
  runtime::info(fmt::format("{}{}: {} trials{}; {} unreadable lines, {} repeated trials -> {}", file.string(),
                            summary.done_before ? " (imported before)" : "", summary.trials, outcomes,
                            summary.unreadable, summary.repeated, summary.folder.string()));
}

/// Coverage and reliability of all imports, as tables and as a page.
void write_findings(const fs::path& store, const trials::PlannedTrials& planned) {
  const trials::TrialCells cells = trials::read_cells(store);
  findings::Document document;
  document.title = "Trials in " + store.filename().string();
  document.synthetic = analysis::marked_synthetic(store);
  findings::Section section{"trials", "Trials", "tables/trials", {}, {}, {}};
  section.tables = {trials::coverage_by_condition(cells, planned), trials::reliability_table(cells),
                    trials::coverage_table(cells, planned)};
  if (findings::Table options = trials::option_table(store); !options.rows.empty())
    section.tables.push_back(std::move(options));
  document.sections.push_back(section);
  findings::write_document(document, store);
  const nlohmann::ordered_json provenance = {{"version", build().version}, {"commit", build().commit}};
  report::write_report(document, provenance.dump(), store, formats_of_a_run());
}

/// What comes from simulated answers stays marked, wherever the store lies.
void carry_marker(const fs::path& file, const fs::path& store) {
  if (!analysis::marked_synthetic(file) || analysis::marked_synthetic(store)) return;
  const nlohmann::ordered_json marker = {{"synthetic", true}, {"imported", file.filename().string()}};
  findings::write_text(store / "simulation.json", marker.dump(2) + "\n");
}

void review(const fs::path& store, const fs::path& file) {
  if (fs::exists(file))
    runtime::info(fmt::format("{} corrections taken from {}", trials::take_review(store, file), file.string()));
  else
    runtime::info(
        fmt::format("{} doubtful trials written to {}; fill its column 'correction' and give the same "
                    "command again",
                    trials::write_review(store, file), file.string()));
}

void import(const po::variables_map& options, const Context& context) {
  const fs::path store = required(options, import_command(), "store", "DIR");
  const bool has_files = options.count("file") > 0;
  if (!has_files && options.count("review") == 0 && options.count("plan") == 0)
    throw InputError("import needs files to read, --review or --plan. Example: " + import_command().example);
  const trials::PlannedTrials planned =
      options.count("plan") ? trials::read_plan(options["plan"].as<std::string>()) : trials::PlannedTrials{};
  const storage::RunLock lock(store);
  if (has_files) {
    trials::ImportRequest request = request_from(options, context);
    const trials::TrialContext trial_context = context_from(request);
    for (const std::string& file : options["file"].as<std::vector<std::string>>()) {
      request.file = file;
      report_import(file, trials::import_trials(request, trial_context));
      carry_marker(file, request.store);
    }
  }
  if (options.count("review")) review(store, options["review"].as<std::string>());
  write_findings(store, planned);
}

}  // namespace

Command import_command() {
  Command command;
  command.name = "import";
  command.summary = "read models' answers that other tools collected";
  command.description =
      "Reads files of answers by a mapping that says where model, language, persona, item, iteration and text stand, "
      "parses every text and keeps every trial, with its text and its line, in a store: a folder that meridian "
      "replicate takes as a file of models' answers. Mappings that ship: batch (batch output of OpenAI's format, also "
      "vLLM's), inspect, lm-eval, edsl, qstn, world-values-bench, global-opinions, trials; a path names one of your "
      "own.\n\n"
      "A line that cannot be read is reported with its file and number and passed over, and so is a trial that the "
      "store has an answer for. A file that was imported before is not imported again; an interrupted import goes on "
      "with the same command. The store's tables/trials and report/index.html show what was answered, refused, "
      "invalid and missing, and how reliable the iterations are.";
  command.example = "meridian import --store trials --mapping batch --items mfq2 answers-*.jsonl";
  command.options.add_options()(
      "file", po::value<std::vector<std::string>>()->composing()->value_name("FILE"),
      "files of answers, in the order in which they were collected; without them only --review or --plan is done, "
      "default: none")("store", po::value<std::string>()->value_name("DIR"),
                       "the trial store, made if it is not there (required)")(
      "mapping", po::value<std::string>()->value_name("NAME"),
      "what the files' fields mean: a name or a path (required with files)")(
      "items", po::value<std::string>()->value_name("NAME"),
      "item dictionary: mfq2, wvs or a path (required with files)")(
      "options", po::value<std::string>()->value_name("FILE"),
      "letters and labels of the answer options (item, language, value, letter, label); default: numbers only")(
      "set", po::value<std::vector<std::string>>()->composing()->value_name("FIELD=VALUE"),
      "a field that the file does not say, such as model=gpt-4.1; may be repeated; default: none")(
      "strict", "end at the first unreadable line and keep nothing of its file; default: go on")(
      "plan", po::value<std::string>()->value_name("FILE"),
      "plan.csv of meridian prompts, which tells planned and missing trials; default: neither is told")(
      "review", po::value<std::string>()->value_name("FILE"),
      "write the doubtful trials for a person; if FILE exists, take its corrections; default: "
      "neither");
  command.positional = {"file"};
  command.run = import;
  return command;
}

}  // namespace meridian::commands
