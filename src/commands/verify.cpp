#include <fmt/format.h>

#include <cstdio>
#include <filesystem>

#include "commands/commands.hpp"
#include "error.hpp"
#include "storage/digest_comparison.hpp"
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

/// Contents file by file, by the bytes that are on disk now.
void verify_digests(const std::vector<std::string>& folders) {
  if (folders.size() != 2)
    throw InputError("--digest", fmt::format("{} folders", folders.size()), "two finished runs",
                     "Example: meridian verify --digest runs/last-night runs/tonight");
  const auto difference =
      storage::compare_digests(storage::digests_below(folders[0]), storage::digests_below(folders[1]));
  fmt::print("{}", storage::difference_text(difference, folders[0], folders[1]));
  std::fflush(stdout);
  if (!difference.none())
    throw VerificationError("the runs differ; meridian report --compare " + folders[0] + " " + folders[1] +
                            " shows which numbers");
}

void verify(const po::variables_map& options, const Context& context) {
  if (options.count("digest")) return verify_digests(options["digest"].as<std::vector<std::string>>());
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
      "With --digest A B two runs are compared file by file: by the SHA-256 of what is on disk, of HDF5 files by their "
      "contents. Prints every file that differs or that only one has.\n\n"
      "Ends with exit code 3 when there is a mismatch or nothing to compare. Runs on synthetic answers are refused.";
  command.example = "meridian verify --run runs/mfq2-rq1";
  command.options.add_options()("run", po::value<std::string>()->value_name("DIR"),
                                "the finished run, or a folder of several runs (required, unless there is --digest)")(
      "digest", po::value<std::vector<std::string>>()->multitoken()->value_name("A B"),
      "two finished runs, or two folders of several: are all files of results the same? default: none, --run is "
      "verified")("published", po::value<std::string>()->value_name("PATH"),
                  "one file of printed numbers or a folder of them (default: the tables shipped in data/published)");
  command.run = verify;
  return command;
}

}  // namespace meridian::commands
