// meridian bootstrap: intervals of an analysis's statistics from replicates, at any number of ranks.
#include "commands/bootstrap.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <memory>

#include "commands/bootstrap_folder.hpp"
#include "commands/commands.hpp"
#include "commands/common_options.hpp"
#include "commands/run_study.hpp"
#include "commands/table_source.hpp"
#include "commands/text_table.hpp"
#include "error.hpp"
#include "findings/files.hpp"
#include "runtime/log.hpp"
#include "storage/digest.hpp"
#include "storage/run_lock.hpp"
#include "uncertainty/analysis_subject.hpp"
#include "uncertainty/replicate_units.hpp"
#include "uncertainty/table_subject.hpp"

namespace meridian::commands {
namespace {

namespace fs = std::filesystem;
namespace po = boost::program_options;

uncertainty::BootstrapOptions options_of(const BootstrapRequest& request) {
  uncertainty::BootstrapOptions options;
  options.scheme = uncertainty::parse_scheme(request.scheme);
  options.seed = request.seed;
  options.threads = request.threads;
  if (!request.draws.empty() && !uncertainty::draws_units(options.scheme))
    throw InputError("--draws", "scheme " + request.scheme, "a scheme that draws people or models", "Leave it out.");
  if (request.bca && !uncertainty::draws_units(options.scheme))
    throw InputError("--bca", "scheme " + request.scheme, "a scheme that draws people or models",
                     "Leave it out: there are no units to leave out one by one.");
  const bool less = request.draws.empty() ? options.scheme == uncertainty::Scheme::models : request.draws == "one-less";
  if (!request.draws.empty() && request.draws != "all" && request.draws != "one-less")
    throw InputError("--draws", "'" + request.draws + "'", "all or one-less", "Leave it out for the scheme's default.");
  if (less) options.model_draws = resampling::DrawSize::one_less;
  if (less && options.scheme != uncertainty::Scheme::models) options.people_draws = resampling::DrawSize::one_less;
  return options;
}

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

/// All of the jackknife, or as large a part of its units as --units asks for of the replicates.
ReplicateRun share_of(const ReplicateRun& run, const resampling::ReplicateStudy& jackknife) {
  ReplicateRun share = run;
  share.replicates = jackknife.limit;
  if (!run.units) return share;
  const auto units = [&](std::size_t replicates) { return (replicates + jackknife.batch - 1) / jackknife.batch; };
  const std::size_t all = units(run.replicates), own = units(jackknife.limit);
  const auto scaled = [&](std::size_t unit) { return std::min(unit, all) * own / all; };
  share.units = {{scaled(run.units->first), scaled(run.units->second)}};
  return share;
}

/// Units, estimates and, unless only some units were asked for, intervals of any subject.
std::optional<findings::Section> bootstrap_subject(const std::shared_ptr<const uncertainty::Subject>& subject,
                                                   const BootstrapRequest& request, const ReplicateRun& run,
                                                   const Context& context) {
  const auto options = options_of(request);
  const auto bootstrap = uncertainty::bootstrap_study(subject, options);
  const std::string what = fmt::format("{}, bootstrap of {}", request.analysis, request.scheme);
  if (context.world.is_root()) {
    storage::UnitStore::create_or_open(request.folder, uncertainty::replicate_plan(bootstrap));
    findings::write_table(uncertainty::estimates_table(*subject), request.folder);  // first: --so-far reads it
  }
  compute_replicates(bootstrap, request.folder, what, run, context);
  if (request.bca) {
    const auto jackknife = uncertainty::jackknife_study(subject, options);
    compute_replicates(jackknife, request.folder / "jackknife", what + " (jackknife)", share_of(run, jackknife),
                       context);
  }
  if (!context.world.is_root() || run.units) return std::nullopt;
  const findings::Section section =
      finish_bootstrap(request.folder, bootstrap.limit > 0 ? bootstrap.limit : run.replicates);
  report_resampling(request.folder, section);
  for (const findings::Note& note : section.notes) runtime::info(note.text);
  runtime::info("intervals: " + (request.folder / "intervals.csv").string());
  return section;
}

bool draws_columns(uncertainty::Scheme scheme) {
  return uncertainty::draws_units(scheme) && scheme != uncertainty::Scheme::people;
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
  if (values.count("run") && has_table_source(values["run"].as<std::string>()))
    throw InputError("--scheme", "items on the fit of a table", "an analysis of a run with removed parts",
                     "Take another scheme.");
  for (const char* name : {"replicates", "seed", "contrast", "table"})
    if (values.count(name) && !values[name].defaulted())
      throw InputError(fmt::format("--{}", name), "scheme items", "the removal variants of an analysis as they are",
                       "Leave it out.");
}

bool is_fit(const po::variables_map& values) {
  return values.count("run") > 0 && has_table_source(values["run"].as<std::string>());
}

/// Options of a table, of a fit's folder and of a run exclude each other.
void check_source(const po::variables_map& values) {
  std::vector<const char*> wrong = {"formula", "columns", "factor", "ml"};
  std::string found = "without --table", expected = "options of a run or of a table";
  if (values.count("table")) {
    wrong = {"run", "analysis", "replicate", "so-far"};
    found = "together with --table";
  } else if (is_fit(values)) {
    wrong = {"formula", "factor", "ml", "analysis", "replicate", "so-far"};
    found = "together with the folder of a fit";
    expected = "--columns beside --run; the folder knows table and formula";
  }
  for (const char* name : wrong)
    if (values.count(name)) throw InputError(fmt::format("--{}", name), found, expected, "Leave it out.");
}

/// A table and what is fitted to it: from the options, or as the folder of a fit has it.
TableSource table_source(const po::variables_map& values) {
  if (!values.count("table")) return read_table_source(values["run"].as<std::string>());
  TableSource source;
  source.table = values["table"].as<std::string>();
  source.request.formula = required(values, bootstrap_command(), "formula", "FORMULA");
  source.request.maximum_likelihood = values.count("ml") > 0;
  if (values.count("factor")) source.factors = values["factor"].as<std::string>();
  return source;
}

uncertainty::TableModel table_model(const po::variables_map& values, const TableSource& source) {
  uncertainty::TableModel model;
  if (!source.request.family.empty())
    throw InputError("--run", "a fit of family " + source.request.family, "a linear mixed model",
                     "Its replicates would need the observations.");
  model.formula = source.request.formula;
  model.maximum_likelihood = source.request.maximum_likelihood;
  model.design = analysis::design_options(source.request);
  model.codings = source.request.contrasts;
  if (values.count("columns")) model.columns = values["columns"].as<std::string>();
  model.digest = storage::sha256_file(source.table);
  return model;
}

/// A formula on any table instead of an analysis of a run.
void bootstrap_table(const po::variables_map& values, const Context& context) {
  const TableSource source = table_source(values);
  uncertainty::TableModel model = table_model(values, source);
  const fs::path parent = values.count("table") ? fs::path("runs") : fs::path(values["run"].as<std::string>());
  BootstrapRequest request = options_from(values, source.table.stem().string(), parent, context);
  model.contrasts = request.contrasts;
  if (model.columns.empty() && draws_columns(options_of(request).scheme))
    throw InputError("--scheme", "'" + request.scheme + "' without --columns", "the grouping factor that it draws",
                     "Name a factor of the random part besides the largest.");
  const TextTable table = read_table(source.table);
  const auto subject =
      uncertainty::table_subject(models::frame_from_columns(table.columns, names_in(source.factors)), model);
  const auto lock = context.world.is_root() ? std::make_unique<storage::RunLock>(request.folder) : nullptr;
  const auto section = bootstrap_subject(subject, request, replicate_run_from(values), context);
  if (section) fmt::print("{}", intervals_text(*section));
  std::fflush(stdout);
}

void run_bootstrap(const po::variables_map& values, const Context& context) {
  check_source(values);
  check_items(values);
  if (values.count("table") || is_fit(values)) return bootstrap_table(values, context);
  const fs::path run = required(values, bootstrap_command(), "run", "DIR");
  const BootstrapRequest request =
      options_from(values, required(values, bootstrap_command(), "analysis", "NAME"), run, context);
  const ReplicateRun replicates = replicate_run_from(values);
  options_of(request);  // says what is wrong with them before anything is read
  if (values.count("so-far")) {
    if (context.world.is_root()) fmt::print("{}", intervals_so_far(request.folder));
    return;
  }
  const analysis::Study study = study_of_run(run, context);
  if (values.count("replicate")) {
    if (!context.world.is_root()) return;
    const auto options = options_of(request);
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

std::optional<findings::Section> bootstrap_analysis(const analysis::Study& study, const BootstrapRequest& request,
                                                    const ReplicateRun& run, const Context& context) {
  const auto subject = uncertainty::analysis_subject(study, request.analysis, options_of(request).scheme,
                                                     request.contrasts, request.threads);
  return bootstrap_subject(subject, request, run, context);
}

Command bootstrap_command() {
  Command command;
  command.name = "bootstrap";
  command.summary = "intervals of an analysis from replicates";
  command.description =
      "Resamples an analysis of a finished run and refits its mixed model to every replicate: fixed effects, cell "
      "means "
      "and differences, contrasts, variances, shares of variance, mean similarities, ranks of models, what a removed "
      "part changes, and where the gap comes from. Replicates are computed from sufficient statistics, in units of 100 "
      "that any number of ranks share; what is finished is kept when the command is stopped, and more replicates can "
      "be asked for later.\n\n"
      "Schemes: people (within their nation; these models), models (within their origin; these people), two-way "
      "(both), product (independent Poisson weights of both), parametric (data drawn from the fitted model), "
      "iterations (every model's single answers, where they exist; these people and models), "
      "items (nothing drawn: the removal variants of the analysis as a jackknife over items or dimensions). Which one "
      "covers what, and which interval to use when, stands in docs/statistics.md.\n\n"
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
