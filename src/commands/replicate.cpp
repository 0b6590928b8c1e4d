// meridian replicate: raw answers in, every table of a job out; at any number of ranks, and again after any
// interruption.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>
#include <set>

#include "analysis/run.hpp"
#include "commands/bootstrap.hpp"
#include "commands/commands.hpp"
#include "commands/common_options.hpp"
#include "commands/job_place.hpp"
#include "commands/permute.hpp"
#include "commands/run_folder.hpp"
#include "commands/run_report.hpp"
#include "commands/run_study.hpp"
#include "commands/unit_loop.hpp"
#include "error.hpp"
#include "runtime/log.hpp"
#include "runtime/machine.hpp"
#include "runtime/signals.hpp"
#include "simulation/study.hpp"
#include "storage/array_file.hpp"

namespace meridian::commands {
namespace {

namespace fs = std::filesystem;
namespace po = boost::program_options;

struct ReplicateOptions {
  JobPlace place;
  int threads = 1;
  bool fresh = false, repair = false, skip_resampling = false;
  std::optional<std::pair<std::size_t, std::size_t>> units;  ///< --units: only these blocks, [A, B)
  double max_seconds = 0;
};

/// Collective.
RunIdentity identity_of(const analysis::Study& study, const Context& context) {
  const analysis::Job& job = study.job;
  RunIdentity identity{job.title, job.file, job.survey, study.synthetic, {}, {}, job.data, job.overrides};
  for (const analysis::AnalysisJob& analysis : job.analyses)
    if (!analysis.published.empty()) identity.declared.push_back({job.survey, analysis.published, analysis.name});
  const std::vector<std::string> hosts = context.world.gather(runtime::host_name());
  const std::set<std::string> distinct(hosts.begin(), hosts.end());
  identity.hosts.assign(distinct.begin(), distinct.end());
  if (context.world.is_root()) identity.request = request_of(job);
  return identity;
}

void compute_similarity(const analysis::Study& study, const storage::UnitStore& store, const ReplicateOptions& options,
                        const Context& context, std::chrono::steady_clock::time_point start) {
  const similarity::Kernel kernel(study.panel);
  const std::size_t all = store.plan().units;
  const std::size_t first = options.units ? std::min(options.units->first, all) : 0;
  const std::size_t last = options.units ? std::min(options.units->second, all) : all;
  const UnitLoop loop{"similarity",        "blocks", store.folder(), store.missing(first, last), last - first,
                      options.max_seconds, start};
  run_units(
      loop, [&](std::size_t unit) { analysis::compute_unit(study, kernel, store, unit, options.threads); }, context);
}

void write_master(const storage::UnitStore& store) {
  std::vector<fs::path> blocks;
  for (std::size_t unit = 0; unit < store.plan().units; ++unit) blocks.push_back(store.unit_path(unit));
  storage::write_master(store.folder() / "all.h5", "similarity", blocks);
}

storage::UnitStore open_store(const analysis::Study& study, const fs::path& run, bool repair, const Context& context) {
  const fs::path folder = run / "similarity";
  if (context.world.is_root()) {
    const auto store = storage::UnitStore::create_or_open(folder, analysis::similarity_plan(study));
    if (repair) remove_damaged(store);
  }
  context.world.barrier();
  return storage::UnitStore::open(folder);
}

/// Analyses, tables, report, on the first rank: one unit of work, so that --max-time lets it end. False if a signal
/// asked for a stop: nothing is written before all is there.
bool analyse_run(const analysis::Study& study, const storage::UnitStore& store, const RunFolder& folder,
                 std::chrono::steady_clock::time_point start) try {
  write_master(store);
  runtime::info(fmt::format("{}: {} analyses", study.job.title, study.job.analyses.size()));
  const analysis::Results results = analysis::analyse(study, store, [] {
    if (runtime::stop_requested()) throw Stopped("between two steps");
  });
  folder.finish(results.document, results.files, start);
  return true;
} catch (const Stopped&) {
  return false;
}

/// Similarities, analyses, tables, report: what run.json then calls complete.
void compute_run(const analysis::Study& study, const fs::path& run, const RunFolder& folder,
                 const ReplicateOptions& options, const Context& context, std::chrono::steady_clock::time_point start) {
  const storage::UnitStore store = open_store(study, run, options.repair, context);
  compute_similarity(study, store, options, context, start);
  context.world.barrier();
  if (options.units) return;
  const bool cut = context.world.is_root() && !analyse_run(study, store, folder, start);
  if (context.world.maximum(cut ? 1 : 0) == 1)
    throw Stopped("stopped early; all blocks are kept, the analyses begin anew. Run the same command again to go on.");
}

bool asks_for_resampling(const analysis::Job& job) {
  return std::any_of(job.analyses.begin(), job.analyses.end(), [](const analysis::AnalysisJob& analysis) {
    return !analysis.bootstrap.empty() || !analysis.permute.empty();
  });
}

void replicate_job(const analysis::Job& job, const fs::path& run, const ReplicateOptions& options,
                   const Context& context) {
  const auto start = std::chrono::steady_clock::now();
  const analysis::Study study = analysis::load_study(job);
  const RunFolder folder(run, identity_of(study, context), options.threads, context);
  const bool complete = context.world.is_root() && !options.repair && folder.complete();
  if (context.world.maximum(complete ? 1 : 0) == 1)
    runtime::info(fmt::format("{}: complete, nothing to do ({})", job.title, (run / "report/index.html").string()));
  else
    compute_run(study, run, folder, options, context, start);
  context.world.barrier();
  if (options.units || options.skip_resampling) return;
  const ReplicateRun replicates{0, {}, options.repair, options.max_seconds, start, false};
  bootstrap_job(study, run, options.threads, replicates, context);
  permute_job(study, run, options.threads, replicates, context);
  if (context.world.is_root() && asks_for_resampling(job)) make_report(run, formats_of_a_run());
}

/// The embedded synthetic study, made once per run folder.
void make_synthetic_data(const fs::path& data, const Context& context) {
  if (context.world.is_root()) {
    runtime::info("no --data: making the embedded synthetic study in " + data.string());
    simulation::simulate_study(data, simulation::StudyOptions{}, fs::path(context.share) / "data/simulation");
  }
  context.world.barrier();
}

void replicate(ReplicateOptions options, const Context& context) {
  JobPlace& place = options.place;
  const bool root = context.world.is_root(), embedded = place.data.empty();
  if (embedded) place.data = place.out / "synthetic-study";
  const auto jobs = jobs_at(place, context);
  const auto lock = root ? std::make_unique<storage::RunLock>(place.out) : nullptr;
  if (options.fresh && !embedded)  // answers that are refused must not cost the run that is there
    for (const auto& [job, run] : jobs) analysis::load_study(job);
  if (root && options.fresh) discard_run(place.out);
  if (root)
    for (const auto& [job, run] : jobs)
      for (const fs::path& folder : {place.out, run}) require_same_kind(folder, job.survey);
  if (embedded) make_synthetic_data(place.data, context);
  for (const auto& [job, run] : jobs) replicate_job(job, run, options, context);
}

ReplicateOptions options_from(const po::variables_map& values, const Context& context) {
  ReplicateOptions options;
  options.place = job_place(values, context);
  options.threads = threads(values, context);
  options.fresh = values.count("fresh") > 0;
  options.units = units_from(values);
  options.skip_resampling = values.count("skip-resampling") > 0;
  options.repair = values.count("repair") > 0;
  options.max_seconds = values["max-time"].as<double>() * 60;
  return options;
}

}  // namespace

Command replicate_command() {
  Command command;
  command.name = "replicate";
  command.summary = "raw answers to published tables, end to end";
  command.description =
      "Reads people's and models' answers, computes the cosine similarity of every person with every model for every "
      "condition and removal variant, fits the models of the job and writes tables and a report. Without --data the "
      "embedded synthetic study is made and analysed.\n\n"
      "With --units only some blocks are computed and nothing is analysed: one task of a job array, in a folder of its "
      "own. meridian merge puts the folders together, and replicate without --units goes on from there.";
  command.example = "meridian replicate --config jobs/mfq2-rq1.ini --data China_US_LLM_Alignment --out runs/mfq2-rq1";
  command.uses_ranks = true;
  command.options.add_options()("config",
                                po::value<std::string>()->default_value("jobs/replicate.ini")->value_name("FILE"),
                                "job file (INI)")("data", po::value<std::string>()->value_name("DIR"),
                                                  "folder of the answers; default: the embedded synthetic study")(
      "out", po::value<std::string>()->value_name("DIR"), "run folder; default: runs/<name of the job>")(
      "set", po::value<std::vector<std::string>>()->composing()->value_name("SECTION.KEY=VALUE"),
      "a setting that wins over the job file; may be repeated")("fresh", "discard an earlier run in the same folder")(
      "repair", "compute damaged blocks again")("max-time",
                                                po::value<double>()->default_value(0)->value_name("MINUTES"),
                                                "stop cleanly (exit code 75) after this many minutes; 0: no limit");
  add_units_option(command.options);
  command.options.add_options()("skip-resampling",
                                "leave out the replicates that the job asks for; without the option "
                                "the same command adds them later");
  add_common_options(command.options);
  command.run = [](const po::variables_map& values, const Context& context) {
    replicate(options_from(values, context), context);
  };
  return command;
}

}  // namespace meridian::commands
