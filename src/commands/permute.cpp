// meridian permute: permutation tests of an analysis, exact while all permutations can be enumerated, at any number of
// ranks.
#include "commands/permute.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <memory>

#include "commands/bootstrap_folder.hpp"
#include "commands/commands.hpp"
#include "commands/common_options.hpp"
#include "commands/permutation_folder.hpp"
#include "commands/run_study.hpp"
#include "commands/text_table.hpp"
#include "error.hpp"
#include "findings/files.hpp"
#include "runtime/log.hpp"
#include "storage/digest.hpp"
#include "storage/run_lock.hpp"
#include "uncertainty/replicate_units.hpp"

namespace meridian::commands {
namespace {

namespace fs = std::filesystem;
namespace po = boost::program_options;
using uncertainty::PermutationKind;

uncertainty::PermutationOptions options_from(const po::variables_map& values, const Context& context) {
  uncertainty::PermutationOptions options;
  options.kind = uncertainty::parse_permutation(required(values, permute_command(), "test", "TEST"));
  options.refit = values.count("refit") > 0;
  options.seed = values["seed"].as<std::uint64_t>();
  const auto limit = values["limit"].as<std::int64_t>();
  if (limit < 0 || limit > 100'000'000)
    throw InputError("--limit", std::to_string(limit), "0 to 100000000", "Name the most permutations to enumerate.");
  options.limit = static_cast<std::uint64_t>(limit);
  options.threads = threads(values, context);
  return options;
}

/// The table of covariates: models by their column llm, people by participant.
void read_covariates(const po::variables_map& values, uncertainty::PermutationOptions& options) {
  if (values.count("adjust") != values.count("covariates"))
    throw InputError(values.count("adjust") ? "--adjust without --covariates" : "--covariates without --adjust",
                     "one of two options", "both: a table, and which of its columns",
                     "For example --covariates models.csv --adjust 'log(parameters) + released'.");
  if (!values.count("adjust")) return;
  const bool people = options.kind == PermutationKind::nation || options.kind == PermutationKind::nation_with_language;
  const fs::path file = values["covariates"].as<std::string>();
  options.adjustment.formula = values["adjust"].as<std::string>();
  options.adjustment.key = people ? "participant" : "llm";
  options.adjustment.covariates = read_frame(file, {options.adjustment.key});
  options.adjustment.digest = storage::sha256_file(file);
}

void run_permute(const po::variables_map& values, const Context& context) {
  const fs::path run = required(values, permute_command(), "run", "DIR");
  PermuteRequest request;
  request.analysis = required(values, permute_command(), "analysis", "NAME");
  request.options = options_from(values, context);
  read_covariates(values, request.options);
  request.folder = values.count("out") ? fs::path(values["out"].as<std::string>())
                                       : permutation_folder(run, request.analysis, request.options);
  const ReplicateRun replicates = replicate_run_from(values);
  const analysis::Study study = study_of_run(run, context);
  const fs::path owned = run_of(request.folder).empty() ? request.folder : run;
  const auto lock = context.world.is_root() ? std::make_unique<storage::RunLock>(owned) : nullptr;
  const auto section = permute_analysis(study, request, replicates, context);
  if (section) fmt::print("{}", permutation_text(*section));
  std::fflush(stdout);
}

constexpr const char* kDescription =
    "Tests an analysis of a finished run by permuting whole units, never single cosines: each model, or each person, "
    "gives one number per effect. All permutations are enumerated up to --limit (exact p); above it --replicates of "
    "them are drawn at random.\n\n"
    "Tests of models: origin (relabels their origins; Welch's t of their means and of their gaps between two nations), "
    "max-t (the same of what each removal changes, adjusted for all removals together, each of the two effects a "
    "family of its own), language and persona (exchange the two conditions of a whole model: its contrasts change "
    "sign). --refit fits the mixed model again to every permutation instead and takes its t values.\n\n"
    "Tests of people: nation (relabels their nationality; relabelled people meet the models in the other nation's "
    "language) and nation-with-language (their cosines go with them, so prompt language is part of what is tested). "
    "Overall, per model (max-T over models) and per removal.\n\n"
    "--adjust allows for covariates of the units (Freedman and Lane). Null hypotheses stand in the results and in "
    "docs/statistics.md.\n\n"
    "Results: RUN/resampling/ANALYSIS-permute-TEST/ with the statistics under every permutation (units, "
    "replicates.h5), permutation and distribution as CSV and JSON; the report of the run gets a section.";

}  // namespace

fs::path permutation_folder(const fs::path& run, const std::string& analysis,
                            const uncertainty::PermutationOptions& options) {
  return run / "resampling" / fmt::format("{}-permute-{}", analysis, uncertainty::permutation_name(options));
}

std::optional<findings::Section> permute_analysis(const analysis::Study& study, const PermuteRequest& request,
                                                  const ReplicateRun& run, const Context& context) {
  const auto test = uncertainty::permutation_test(study, request.analysis, request.options);
  ReplicateRun own = run;
  if (test.study.limit > 0) own.replicates = test.study.limit;
  if (context.world.is_root()) {
    if (run.fresh) discard_replicates(request.folder);
    storage::UnitStore::create_or_open(request.folder, uncertainty::replicate_plan(test.study));
    findings::write_table(test.observed, request.folder);
  }
  const std::string what =
      fmt::format("{}, permutation of {}", request.analysis, uncertainty::permutation_name(request.options));
  compute_replicates(test.study, request.folder, what, own, context);
  if (!context.world.is_root() || run.units) return std::nullopt;
  const findings::Section section = finish_permutation(request.folder, own.replicates);
  report_resampling(request.folder, section, run.report);
  runtime::info("permutation tests: " + (request.folder / "permutation.csv").string());
  return section;
}

Command permute_command() {
  Command command;
  command.name = "permute";
  command.summary = "permutation tests of an analysis on whole models or people";
  command.description = kDescription;
  command.example = "meridian permute --run runs/mfq2 --analysis rq1 --test origin";
  command.uses_ranks = true;
  command.options.add_options()("run", po::value<std::string>()->value_name("DIR"),
                                "folder of the finished run (required)")(
      "analysis", po::value<std::string>()->value_name("NAME"), "analysis of its job (required)")(
      "test", po::value<std::string>()->value_name("TEST"),
      "origin, max-t, language, persona, nation or nation-with-language (required)")(
      "refit", "tests of models: t values of the mixed model, fitted again to every permutation")(
      "adjust", po::value<std::string>()->value_name("SUM"),
      "covariates to allow for, as the right-hand side of a formula over the columns of --covariates; default: none")(
      "covariates", po::value<std::string>()->value_name("FILE"),
      "table of covariates with a column llm (tests of models) or participant (tests of people); default: none")(
      "limit", po::value<std::int64_t>()->default_value(2'000'000)->value_name("M"),
      "enumerate all permutations if there are at most M, else draw --replicates of them");
  add_replicate_options(command.options);
  add_units_option(command.options);
  command.options.add_options()("out", po::value<std::string>()->value_name("DIR"),
                                "folder of the units; default: RUN/resampling/ANALYSIS-permute-TEST. For a task of a "
                                "job array: a folder of its own, put together by meridian merge");
  add_common_options(command.options);
  command.run = run_permute;
  return command;
}

}  // namespace meridian::commands
