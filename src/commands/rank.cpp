// meridian rank: rankings of values by language models, from files or synthetic, to tables and report.
#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <memory>

#include "analysis/study.hpp"
#include "commands/commands.hpp"
#include "commands/common_options.hpp"
#include "commands/rank_job.hpp"
#include "commands/replicates.hpp"
#include "commands/run_folder.hpp"
#include "error.hpp"
#include "findings/files.hpp"
#include "ranking/report.hpp"
#include "ranking/resampled_trees.hpp"
#include "ranking/synthetic.hpp"
#include "runtime/log.hpp"
#include "storage/run_lock.hpp"
#include "uncertainty/replicate_units.hpp"

namespace meridian::commands {
namespace {

namespace fs = std::filesystem;
namespace po = boost::program_options;

/// Raised by hand when the same inputs and settings give other numbers than before.
const char* const kNumericsVersion = "2";

struct RankOptions {
  RankJob job;
  fs::path data, out;
  bool fresh = false, repair = false;
  bool embedded = false;   ///< no --data: the study is made here
  bool synthetic = false;  ///< made here or, by a marker in its folder, elsewhere
  double max_seconds = 0;
  int threads = 1;
  std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
};

storage::Fingerprint request_of(const RankOptions& options) {
  storage::Fingerprint request{{"rankings", storage::sha256_file(options.data)},
                               {"terms", storage::sha256_file(options.job.catalog.terms)},
                               {"models", storage::sha256_file(options.job.catalog.models)}};
  if (!options.job.catalog.archetypes.empty())
    request.emplace_back("archetypes", storage::sha256_file(options.job.catalog.archetypes));
  if (options.embedded) request.emplace_back("targets", storage::sha256_file(options.job.targets));
  if (!options.job.published.empty()) request.emplace_back("published", storage::sha256_file(options.job.published));
  request.insert(request.end(), options.job.given.begin(), options.job.given.end());
  request.emplace_back("numerics version", kNumericsVersion);
  return request;
}

/// How many replicates are wanted does not decide what each of them is.
storage::Fingerprint without_counts(const storage::Fingerprint& request) {
  storage::Fingerprint kept;
  for (const auto& entry : request) {
    const bool count = entry.first == "resampling.trees" || entry.first == "resampling.cohesion" ||
                       entry.first == "resampling.permutations" || entry.first == "resampling.stability";
    if (!count) kept.push_back(entry);
  }
  return kept;
}

void make_synthetic_data(const RankOptions& options, const ranking::Catalog& catalog, const Context& context) {
  if (context.world.is_root()) {
    runtime::info("no --data: making the embedded synthetic rankings in " + options.data.string());
    const ranking::Targets targets = ranking::read_targets(options.job.targets, catalog);
    const auto rankings =
        ranking::synthetic_rankings(catalog, targets, options.job.synthetic_replicates, options.job.settings.seed);
    findings::write_text(options.data, ranking::rankings_csv(rankings, catalog));
    findings::write_text(options.data.parent_path() / "README.txt",
                         "Synthetic rankings, no model's answers. Made by meridian rank with seed " +
                             std::to_string(options.job.settings.seed) + "; src/ranking/synthetic.hpp says how.\n");
    findings::write_text(options.data.parent_path() / "simulation.json",
                         fmt::format("{{\"synthetic\": true, \"seed\": {}}}\n", options.job.settings.seed));
  }
  context.world.barrier();
}

/// Replicates of one kind below resampling/, read by the first rank.
Eigen::MatrixXd replicated(const resampling::ReplicateStudy& study, std::size_t count, const RankOptions& options,
                           const Context& context) {
  if (count == 0) return {};
  ReplicateRun run;
  run.replicates = count;
  run.repair = options.repair;
  run.max_seconds = options.max_seconds;
  run.start = options.start;
  const auto store = compute_replicates(study, options.out / "resampling" / study.kind, study.kind, run, context);
  return context.world.is_root() ? uncertainty::read_replicates(store, count) : Eigen::MatrixXd();
}

void add_replicates(const ranking::Study& study, const RankOptions& options, const Context& context,
                    ranking::Results& results) {
  const ranking::Settings& settings = study.settings;
  results.support = replicated(ranking::support_study(study), settings.trees, options, context);
  results.cohesion = replicated(ranking::cohesion_study(study, results.agreement), settings.cohesion, options, context);
  results.labels = replicated(ranking::label_study(study, results.agreement, results.stability, results.clusters),
                              settings.permutations, options, context);
  results.reorderings = replicated(ranking::stability_study(study), settings.stability, options, context);
}

ranking::Study load_study(const RankOptions& options, const ranking::Catalog& catalog) {
  const auto given = ranking::read_rankings(options.data, options.job.settings.format, catalog);
  ranking::Study study = ranking::make_study(catalog, given, options.job.settings, options.data.filename().string());
  study.title = options.job.title;
  study.synthetic = options.synthetic;
  study.fingerprint = without_counts(request_of(options));
  return study;
}

void rank(const RankOptions& options, const Context& context) {
  const bool root = context.world.is_root();
  const ranking::Catalog catalog = ranking::read_catalog(options.job.catalog, options.job.groups);
  const auto lock = root ? std::make_unique<storage::RunLock>(options.out) : nullptr;
  if (root && options.fresh) discard_run(options.out);
  if (root) require_same_kind(options.out, "rankings");
  if (options.embedded) make_synthetic_data(options, catalog, context);
  RunIdentity identity{options.job.title, options.job.file, "rankings", options.synthetic, {}, request_of(options)};
  identity.data = options.data.parent_path().empty() ? fs::path(".") : options.data.parent_path();
  const RunFolder folder(options.out, identity, options.threads, context);
  const bool complete = root && !options.repair && folder.complete();
  if (context.world.maximum(complete ? 1 : 0) == 1) {
    runtime::info(options.job.title + ": complete, nothing to do (" + (options.out / "report/index.html").string() +
                  ")");
    return;
  }
  const ranking::Study study = load_study(options, catalog);
  ranking::Results results = ranking::deterministic_results(study);
  add_replicates(study, options, context, results);
  const ranking::Printed printed{options.job.published, options.embedded ? options.job.targets : fs::path()};
  if (root) folder.finish(ranking::document_of(study, results, printed), {}, options.start);
}

RankOptions options_from(const po::variables_map& values, const Context& context) {
  RankOptions options;
  fs::path config = values["config"].as<std::string>();
  if (config.is_relative() && !fs::exists(config)) config = fs::path(context.share) / config;
  const auto overrides =
      values.count("set") ? values["set"].as<std::vector<std::string>>() : std::vector<std::string>{};
  options.job = read_rank_job(config, context.share, overrides);
  options.out = values.count("out") ? fs::path(values["out"].as<std::string>()) : fs::path("runs") / config.stem();
  options.embedded = values.count("data") == 0;
  options.data =
      options.embedded ? options.out / "synthetic-study/rankings.csv" : fs::path(values["data"].as<std::string>());
  options.synthetic = options.embedded || analysis::marked_synthetic(options.data);
  if (!options.embedded && values["config"].defaulted())
    options.job.published.clear();  // the numbers of another study than the user's
  options.fresh = values.count("fresh") > 0;
  options.repair = values.count("repair") > 0;
  options.max_seconds = values["max-time"].as<double>() * 60;
  options.threads = threads(values, context);
  return options;
}

}  // namespace

Command rank_command() {
  Command command;
  command.name = "rank";
  command.summary = "compare how groups of models rank a list of values";
  command.description =
      "Reads rankings (long or wide table, or the models' own numbered lists), checks them and writes priorities, "
      "dispersion, tests between groups, agreement and cohesion, clusters with bootstrap support of every node, "
      "stability of each model, comparisons of prompt languages and versions, and a check of printed numbers. Without "
      "--data the embedded synthetic study is made and analysed.";
  command.example = "meridian rank --data rankings.csv --out runs/ranking";
  command.uses_ranks = true;
  command.options.add_options()("config",
                                po::value<std::string>()->default_value("jobs/ranking.ini")->value_name("FILE"),
                                "job file (INI)")("data", po::value<std::string>()->value_name("FILE"),
                                                  "table of rankings or answers; default: the synthetic study")(
      "out", po::value<std::string>()->value_name("DIR"), "run folder; default: runs/<name of the job>")(
      "set", po::value<std::vector<std::string>>()->composing()->value_name("SECTION.KEY=VALUE"),
      "a setting that wins over the job file; may be repeated")("fresh", "discard an earlier run in the same folder")(
      "repair", "compute damaged batches again")("max-time",
                                                 po::value<double>()->default_value(0)->value_name("MINUTES"),
                                                 "stop cleanly (exit code 75) after this many minutes; 0: no limit");
  add_common_options(command.options);
  command.run = [](const po::variables_map& values, const Context& context) {
    rank(options_from(values, context), context);
  };
  return command;
}

}  // namespace meridian::commands
