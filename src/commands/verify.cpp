#include <fmt/core.h>

#include <cstdio>
#include <filesystem>

#include "commands/commands.hpp"
#include "error.hpp"
#include "verification/comparison.hpp"

namespace meridian::commands {
namespace {

namespace po = boost::program_options;
namespace fs = std::filesystem;

// The dictionary and the known differences stand beside the printed tables; a bare copy of the tables uses ours.
fs::path companion(const fs::path& published, const fs::path& shipped, const char* name) {
  const fs::path beside = (fs::is_directory(published) ? published : published.parent_path()) / name;
  return fs::exists(beside) ? beside : shipped / name;
}

void verify(const po::variables_map& options, const Context& context) {
  if (options.count("run") == 0) throw InputError("verify needs --run DIR. Example: " + verify_command().example);
  const fs::path shipped = fs::path(context.share) / "data" / "published";
  const fs::path published = options.count("published") ? fs::path(options["published"].as<std::string>()) : shipped;
  const auto runs = verification::runs_to_verify(options["run"].as<std::string>());
  const auto cells =
      verification::read_published(published, verification::Terms(companion(published, shipped, "terms.csv")));
  const verification::KnownDifferences known(companion(published, shipped, "known_differences.csv"));

  const verification::Comparison comparison = verification::compare(cells, runs, known);
  fmt::print("{}", verification::to_text(comparison));
  std::fflush(stdout);  // the verdict comes before the error that follows on the other stream
  if (comparison.printed == 0)
    throw VerificationError("no printed number belongs to an analysis that this run declares");
  if (!verification::verified(comparison))
    throw VerificationError("not every printed number is reproduced: see the mismatches above");
}

}  // namespace

Command verify_command() {
  Command command;
  command.name = "verify";
  command.summary = "compare a run with the published numbers, digit by digit";
  command.description =
      "Compares every printed number of the surveys and analyses that the run's job declares with the run's own: it "
      "must round to the printed digits. Prints one line per table, all mismatches, and last 'matched M of N printed "
      "numbers, K known differences'. A number that the run did not compute is a mismatch. Known differences are "
      "listed cell by cell with their reasons in known_differences.csv beside the printed tables; ours must then be "
      "the number known for that cell.\n\n"
      "Ends with exit code 3 when there is a mismatch or nothing to compare. Runs on synthetic answers are refused.";
  command.example = "meridian verify --run runs/mfq2-rq1";
  command.options.add_options()("run", po::value<std::string>()->value_name("DIR"),
                                "the finished run, or a folder of several runs (required)")(
      "published", po::value<std::string>()->value_name("PATH"),
      "one file of printed numbers or a folder of them (default: the tables shipped in data/published)");
  command.run = verify;
  return command;
}

}  // namespace meridian::commands
