// meridian permute: permutation tests of an analysis, exact while all permutations can be enumerated, at any number of
// ranks.
#include <fmt/format.h>

#include <cstdio>
#include <memory>

#include "commands/bootstrap_folder.hpp"
#include "commands/commands.hpp"
#include "commands/common_options.hpp"
#include "commands/replicates.hpp"
#include "commands/run_study.hpp"
#include "error.hpp"
#include "findings/files.hpp"
#include "runtime/log.hpp"
#include "storage/run_lock.hpp"
#include "uncertainty/interval_table.hpp"
#include "uncertainty/permutation.hpp"
#include "uncertainty/replicate_units.hpp"

namespace meridian::commands {
namespace {

namespace fs = std::filesystem;
namespace po = boost::program_options;

uncertainty::PermutationOptions options_from(const po::variables_map& values, const Context& context) {
  uncertainty::PermutationOptions options;
  options.kind = uncertainty::parse_permutation(required(values, permute_command(), "test", "TEST"));
  options.seed = values["seed"].as<std::uint64_t>();
  const auto limit = values["limit"].as<std::int64_t>();
  if (limit < 0 || limit > 100'000'000)
    throw InputError("--limit", std::to_string(limit), "0 to 100000000", "Name the most permutations to enumerate.");
  options.limit = static_cast<std::uint64_t>(limit);
  options.threads = threads(values, context);
  return options;
}

std::string permutation_text(const findings::Table& table) {
  std::string text = fmt::format("{:<44} {:>11} {:>9} {:>10} {:>10}\n", "", "estimate", "T", "p", "max-T p");
  for (std::size_t row = 0; row < table.rows.size(); ++row)
    text += fmt::format("{:<44} {:>11.6f} {:>9.3f} {:>10.4g} {:>10.4g}\n",
                        std::get<std::string>(table.rows[row][table.column("term")]),
                        uncertainty::number_of(table, row, "estimate"), uncertainty::number_of(table, row, "statistic"),
                        uncertainty::number_of(table, row, "p_value"), uncertainty::number_of(table, row, "max_t_p"));
  return text;
}

findings::Section section_of(const std::string& analysis, const std::string& test, const fs::path& folder,
                             const uncertainty::PermutationTest& permutation, const Eigen::MatrixXd& permuted) {
  findings::Section section;
  section.id = fmt::format("{}-permuted-{}", analysis, test);
  section.title = fmt::format("{}: permutation test, {}", analysis, test);
  section.folder = "resampling/" + folder.filename().string();
  section.paragraphs = {fmt::format("{} permutations ({}) of whole models.", permuted.rows(),
                                    permutation.study.limit > 0 ? "all there are" : "drawn at random")};
  section.tables = {uncertainty::permutation_table(permutation.observed, permuted, permutation.study.limit > 0),
                    uncertainty::distribution_table(permutation.observed, permuted)};
  return section;
}

void run_permute(const po::variables_map& values, const Context& context) {
  const fs::path run = required(values, permute_command(), "run", "DIR");
  const std::string analysis = required(values, permute_command(), "analysis", "NAME"),
                    test = required(values, permute_command(), "test", "TEST");
  const auto options = options_from(values, context);
  ReplicateRun replicates = replicate_run_from(values);
  const fs::path folder = run / "resampling" / fmt::format("{}-permute-{}", analysis, test);
  const analysis::Study study = study_of_run(run, context);
  const auto lock = context.world.is_root() ? std::make_unique<storage::RunLock>(run) : nullptr;
  const uncertainty::PermutationTest permutation = uncertainty::permutation_test(study, analysis, options);
  if (permutation.study.limit > 0) replicates.replicates = permutation.study.limit;
  const auto store =
      compute_replicates(permutation.study, folder, analysis + ", permutation of " + test, replicates, context);
  if (!context.world.is_root() || replicates.units) return;
  const Eigen::MatrixXd permuted = uncertainty::read_replicates(store, replicates.replicates);
  uncertainty::write_replicate_master(store, replicates.replicates);
  const findings::Section section = section_of(analysis, test, folder, permutation, permuted);
  for (const findings::Table& table : section.tables) findings::write_table(table, folder);
  report_bootstrap(folder, section);
  fmt::print("{}", permutation_text(section.tables.front()));
  std::fflush(stdout);
  runtime::info("permutation tests: " + (folder / "permutation.csv").string());
}

}  // namespace

Command permute_command() {
  Command command;
  command.name = "permute";
  command.summary = "permutation tests of an analysis on whole models";
  command.description =
      "Tests an analysis of a finished run by permuting whole models: each model gives one number per effect, and "
      "models, not single cosines, are what is exchanged. All permutations are enumerated up to --limit (exact p); "
      "above it --replicates of them are drawn at random.\n\n"
      "Tests: origin (relabels the origins of the models; Welch's t of their means and of their gaps between two "
      "nations), max-t (the same of what each removal changes, adjusted for all removals together, each of the two "
      "effects a family of its own), language and "
      "persona (exchange the two conditions of a whole model: its contrasts change sign). Null hypotheses stand in "
      "the results and in docs/statistics.md.\n\n"
      "Results: RUN/resampling/ANALYSIS-permute-TEST/ with the statistics under every permutation (units, "
      "replicates.h5), permutation and distribution as CSV and JSON; the report of the run gets a section.";
  command.example = "meridian permute --run runs/mfq2 --analysis rq1 --test origin";
  command.uses_ranks = true;
  command.options.add_options()("run", po::value<std::string>()->value_name("DIR"),
                                "folder of the finished run (required)")(
      "analysis", po::value<std::string>()->value_name("NAME"), "analysis of its job (required)")(
      "test", po::value<std::string>()->value_name("TEST"), "origin, max-t, language or persona (required)")(
      "limit", po::value<std::int64_t>()->default_value(2'000'000)->value_name("M"),
      "enumerate all permutations if there are at most M, else draw --replicates of them");
  add_replicate_options(command.options);
  add_units_option(command.options);
  add_common_options(command.options);
  command.run = run_permute;
  return command;
}

}  // namespace meridian::commands
