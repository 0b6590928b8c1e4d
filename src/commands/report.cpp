// meridian report: the report of a finished run once more, and two runs side by side. Computes nothing.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <set>
#include <sstream>

#include "commands/commands.hpp"
#include "commands/run_report.hpp"
#include "error.hpp"
#include "findings/files.hpp"
#include "report/run_comparison.hpp"

namespace meridian::commands {
namespace {

namespace fs = std::filesystem;
namespace po = boost::program_options;

/// The run itself, or the runs one level below, in the order of their names.
std::vector<fs::path> runs_in(const fs::path& folder) {
  std::set<fs::path> runs;
  if (fs::exists(folder / "findings.json")) runs.insert(folder);
  if (fs::is_directory(folder))
    for (const auto& entry : fs::directory_iterator(folder))
      if (fs::exists(entry.path() / "findings.json")) runs.insert(entry.path());
  if (runs.empty())
    throw InputError("--run", "'" + folder.string() + "'",
                     "the folder of a finished run (with findings.json), or of several",
                     "Give the folder that a command wrote, or let the run finish first.");
  return {runs.begin(), runs.end()};
}

report::ReportFormats formats_from(const std::string& list) {
  std::set<std::string> wanted;
  std::istringstream words(list);
  const std::set<std::string> known = {"html", "pdf", "png", "latex", "markdown", "docx"};
  for (std::string word; std::getline(words, word, ',');) {
    if (known.count(word) == 0)
      throw InputError("--format", "'" + word + "'", fmt::format("a list of {}", fmt::join(known, ",")),
                       "Example: --format html,latex");
    wanted.insert(word);
  }
  const auto has = [&](const char* word) { return wanted.count(word) != 0; };
  return {{has("pdf"), has("png")}, has("latex"), has("markdown"), has("docx")};
}

void compare(const std::vector<std::string>& runs, double threshold) {
  if (runs.size() != 2)
    throw InputError("--compare", fmt::format("{} folders", runs.size()), "two run folders",
                     "Example: meridian report --compare runs/before runs/after");
  if (!(threshold >= 0))
    throw InputError("--threshold", fmt::format("{}", threshold), "a number of at least 0",
                     "Example: --threshold 1e-9");
  const report::RunComparison comparison =
      report::compare_runs(findings::read_document(runs[0]), findings::read_document(runs[1]));
  fmt::print("{}", report::comparison_text(comparison, threshold));
  std::fflush(stdout);  // the verdict comes before the error that follows on the other stream
  if (comparison.largest() > threshold)
    throw VerificationError(fmt::format("{} and {} differ by more than {:g}", runs[0], runs[1], threshold));
}

void make_reports(const po::variables_map& options, const Context&) {
  if (options.count("compare") != 0)
    return compare(options["compare"].as<std::vector<std::string>>(), options["threshold"].as<double>());
  if (options.count("run") == 0)
    throw InputError("report needs --run DIR, or --compare RUN_A RUN_B. Example: " + report_command().example);
  const report::ReportFormats formats = formats_from(options["format"].as<std::string>());
  for (const fs::path& run : runs_in(options["run"].as<std::string>())) make_report(run, formats);
}

}  // namespace

Command report_command() {
  Command command;
  command.name = "report";
  command.summary = "page, figures and tables of a finished run or fit; two of them side by side";
  command.description =
      "Makes RUN/report (again) from the findings stored in the run or fit, without computing anything: index.html "
      "(one file, "
      "no network), figures/ (for each figure the numbers drawn as CSV, the gnuplot script, and pictures) and tables/ "
      "(for a manuscript, in APA style). Findings that other commands added to the run are included. Without gnuplot "
      "the page has no pictures and says what to install; tables.docx needs pandoc.\n\n"
      "With --compare every number of the tables of two runs is compared. Prints those that differ by more than the "
      "threshold (relative to the larger), largest first, and ends with exit code 3 if there is one.";
  command.example = "meridian report --run runs/mfq2-rq1 --format html,pdf,latex";
  command.options.add_options()("run", po::value<std::string>()->value_name("DIR"),
                                "the finished run or fit, or a folder of several (required without --compare)")(
      "format", po::value<std::string>()->default_value("html,pdf,png,latex,markdown,docx")->value_name("LIST"),
      "what to make: html (always made), pdf and png of the figures, latex, markdown and docx of the tables")(
      "compare", po::value<std::vector<std::string>>()->multitoken()->value_name("RUN_A RUN_B"),
      "compare the numbers of two runs (default: make a report)")(
      "threshold", po::value<double>()->default_value(0)->value_name("X"),
      "largest relative difference that --compare lets pass");
  command.run = make_reports;
  return command;
}

}  // namespace meridian::commands
