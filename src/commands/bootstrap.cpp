// meridian bootstrap: intervals of an analysis's statistics from replicates, at any number of ranks.
#include "commands/bootstrap.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <memory>

#include "commands/bootstrap_folder.hpp"
#include "commands/bootstrap_table.hpp"
#include "commands/commands.hpp"
#include "commands/common_options.hpp"
#include "commands/run_study.hpp"
#include "error.hpp"
#include "storage/run_lock.hpp"
#include "uncertainty/analysis_subject.hpp"

namespace meridian::commands {
namespace {

namespace fs = std::filesystem;
namespace po = boost::program_options;

/// One replicate alone, every statistic on a line: the same numbers as in its unit, to the last bit.
void print_replicate(const resampling::ReplicateStudy& study, std::size_t replicate) {
  const std::size_t first = replicate / study.batch * study.batch;
  if (study.limit > 0 && replicate >= study.limit)
    throw InputError("--replicate", std::to_string(replicate), fmt::format("0 to {}", study.limit - 1),
                     "There are no more replicates of this scheme.");
  const auto values = study.compute(first, study.batch);
  for (std::size_t s = 0; s < study.statistics.size(); ++s)
    fmt::print("{}\t{}\n", study.statistics[s], values(static_cast<long>(replicate - first), static_cast<long>(s)));
  std::fflush(stdout);
}

BootstrapRequest options_from(const po::variables_map& values, const std::string& name, const fs::path& run,
                              const Context& context) {
  BootstrapRequest request;
  request.analysis = name;
  request.scheme = values["scheme"].as<std::string>();
  request.seed = values["seed"].as<std::uint64_t>();
  request.bca = values.count("bca") > 0;
  if (values.count("draws")) request.draws = values["draws"].as<std::string>();
  if (values.count("contrast")) request.contrasts = values["contrast"].as<std::vector<std::string>>();
  request.folder = values.count("out") ? fs::path(values["out"].as<std::string>())
                                       : run / "resampling" / (request.analysis + "-" + request.scheme);
  request.threads = threads(values, context);
  return request;
}

/// Nothing is drawn by scheme items: how often, and from which numbers, has no meaning there.
void check_items(const po::variables_map& values) {
  if (values["scheme"].as<std::string>() != "items") return;
  if (names_fit(values))
    throw InputError("--scheme", "items on the fit of a table", "an analysis of a run with removed parts",
                     "Take another scheme.");
  for (const char* name : {"replicates", "seed", "contrast", "table"})
    if (values.count(name) && !values[name].defaulted())
      throw InputError(fmt::format("--{}", name), "scheme items", "the removal variants of an analysis as they are",
                       "Leave it out.");
}

/// What only reads discards nothing.
void check_fresh(const po::variables_map& values) {
  for (const char* reading : {"so-far", "replicate"})
    if (values.count("fresh") && values.count(reading))
      throw InputError("--fresh", fmt::format("together with --{}", reading), "one of the two", "Leave it out.");
}

/// Options of a table, of a fit's folder and of a run exclude each other.
void check_source(const po::variables_map& values) {
  std::vector<const char*> wrong = {"formula", "columns", "factor", "ml"};
  std::string found = "without --table", expected = "options of a run or of a table";
  if (values.count("table")) {
    wrong = {"run", "analysis", "replicate"};
    found = "together with --table";
  } else if (names_fit(values)) {
    wrong = {"formula", "factor", "ml", "analysis", "replicate"};
    found = "together with the folder of a fit";
    expected = "options of a fit, which knows its table and formula";
  }
  for (const char* name : wrong)
    if (values.count(name)) throw InputError(fmt::format("--{}", name), found, expected, "Leave it out.");
}

void print_so_far(const BootstrapRequest& request, const Context& context) {
  if (context.world.is_root()) fmt::print("{}", intervals_so_far(request.folder));
  std::fflush(stdout);
}

void run_bootstrap(const po::variables_map& values, const Context& context) {
  check_source(values);
  check_items(values);
  check_fresh(values);
  if (values.count("table") || names_fit(values)) {
    const TableSource source = table_to_bootstrap(values);
    const fs::path parent = values.count("table") ? "runs" : values["run"].as<std::string>();
    const BootstrapRequest request = options_from(values, source.table.stem().string(), parent, context);
    if (values.count("so-far")) return print_so_far(request, context);
    return bootstrap_table(values, source, request, context);
  }
  const fs::path run = required(values, bootstrap_command(), "run", "DIR");
  const BootstrapRequest request =
      options_from(values, required(values, bootstrap_command(), "analysis", "NAME"), run, context);
  const ReplicateRun replicates = replicate_run_from(values);
  bootstrap_options(request);  // says what is wrong with them before anything is read
  if (values.count("so-far")) return print_so_far(request, context);
  const analysis::Study study = study_of_run(run, context);
  if (values.count("replicate")) {
    if (!context.world.is_root()) return;
    const auto options = bootstrap_options(request);
    const auto subject = uncertainty::analysis_subject(study, request.analysis, options.scheme, request.contrasts, 1);
    return print_replicate(uncertainty::bootstrap_study(subject, options), values["replicate"].as<std::size_t>());
  }
  const fs::path owned = run_of(request.folder).empty() ? request.folder : run;
  const auto lock = context.world.is_root() ? std::make_unique<storage::RunLock>(owned) : nullptr;
  const auto section = bootstrap_analysis(study, request, replicates, context);
  if (section) fmt::print("{}", intervals_text(*section));
  std::fflush(stdout);
}

}  // namespace

Command bootstrap_command() {
  Command command;
  command.name = "bootstrap";
  command.summary = "intervals of an analysis from replicates";
  command.description =
      "Resamples an analysis of a finished run and refits its mixed model to every replicate: fixed effects, cell "
      "means and differences, contrasts, variances, shares of variance, mean similarities, ranks of models, what a "
      "removed part changes, and where the gap comes from. Replicates are computed from sufficient statistics, in "
      "units of 100 that any number of ranks share; what is finished is kept when the command is stopped, and more "
      "replicates can be asked for later.\n\n"
      "Schemes: people (within their nation; these models), models (within their origin; these people), two-way "
      "(both), product (independent Poisson weights of both), parametric (data drawn from the fitted model), "
      "iterations (every model's single answers, where they exist; these people and models), items (nothing drawn: the "
      "removal variants of the analysis as a jackknife over items or dimensions). Which one covers what, and which "
      "interval to use when, stands in docs/statistics.md.\n\n"
      "Results: RUN/resampling/ANALYSIS-SCHEME/ with one file per unit, replicates.h5 over all of them, estimates and "
      "intervals as CSV and JSON; the report of the run gets a section.";
  command.example = "meridian bootstrap --run runs/mfq2 --analysis rq1 --scheme two-way --replicates 10000 --seed 1";
  command.uses_ranks = true;
  command.options.add_options()(
      "run", po::value<std::string>()->value_name("DIR"),
      "folder of the finished run, or of a fit to a table (required, unless there is --table)")(
      "analysis", po::value<std::string>()->value_name("NAME"), "analysis of the run's job (required with a run)")(
      "scheme", po::value<std::string>()->default_value("people")->value_name("SCHEME"),
      "people, models, two-way, product, parametric, iterations or items");
  add_replicate_options(command.options);
  add_units_option(command.options);
  command.options.add_options()(
      "contrast", po::value<std::vector<std::string>>()->composing()->value_name("'NAME = SUM'"),
      "a linear function of the fixed effects, such as 'gap at home = nation + 0.5*nation:origin'; may be repeated")(
      "draws", po::value<std::string>()->value_name("SIZE"),
      "all, or one-less: draw one unit less than there are, which makes the variance of means unbiased; default: "
      "one-less for scheme models, else all")("bca", "also BCa limits: refits with each unit left out once")(
      "out", po::value<std::string>()->value_name("DIR"),
      "folder of the units; default: RUN/resampling/ANALYSIS-SCHEME. For a task of a job array: a folder of its own, "
      "put together by meridian merge")(
      "replicate", po::value<std::size_t>()->value_name("ID"),
      "print this replicate (counted from 0) and write nothing; default: all are computed")(
      "so-far", "print the intervals from the units that are finished and compute nothing")(
      "table", po::value<std::string>()->value_name("FILE"),
      "a table of your own instead of a run: levels of its largest grouping factor are drawn as people; default: none")(
      "formula", po::value<std::string>()->value_name("FORMULA"), "mixed model on that table (required with --table)")(
      "columns", po::value<std::string>()->value_name("FACTOR"),
      "with a table or its fit: grouping factor that the schemes models, two-way and product draw; default: none")(
      "factor", po::value<std::string>()->value_name("A,B"),
      "with --table: columns that are factors although they look like numbers; default: none")(
      "ml", "with --table: maximum likelihood instead of REML");
  add_common_options(command.options);
  command.run = run_bootstrap;
  return command;
}

}  // namespace meridian::commands
