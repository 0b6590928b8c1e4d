// meridian selftest: does this installation compute what it should? One core, seconds, no launcher, no network.
#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "analysis/run.hpp"
#include "analysis/study.hpp"
#include "commands/commands.hpp"
#include "commands/scratch_folder.hpp"
#include "commands/selftest_known.hpp"
#include "error.hpp"
#include "report/report_files.hpp"
#include "runtime/log.hpp"
#include "simulation/study.hpp"
#include "storage/array_file.hpp"

namespace meridian::commands {
namespace {

namespace fs = std::filesystem;

/// Prints what was looked at; VerificationError with the remedy if it is not so.
void expect(bool holds, const std::string& what) {
  fmt::print("{} {}\n", holds ? "ok  " : "FAIL", what);
  std::fflush(stdout);
  if (!holds)
    throw VerificationError("selftest: " + what +
                            " does not hold; build again, and report it with the output of meridian --version");
}

analysis::Study small_study(const fs::path& scratch, const Context& context) {
  const fs::path share = context.share;
  simulation::StudyOptions options;
  options.surveys = {"mfq2"};
  options.people_china = options.people_usa = 60;
  simulation::simulate_study(scratch / "study", options, share / "data/simulation");
  return analysis::load_study(
      analysis::read_job(share / "jobs/mfq2-rq1.ini", scratch / "study", share, {"similarity.block=32"}));
}

/// All blocks, in the given direction, on that many threads.
storage::UnitStore computed(const analysis::Study& study, const fs::path& folder, bool backwards, int threads) {
  const auto store = storage::UnitStore::create_or_open(folder, analysis::similarity_plan(study));
  const similarity::Kernel kernel(study.panel);
  const std::size_t units = store.plan().units;
  for (std::size_t i = 0; i < units; ++i)
    analysis::compute_unit(study, kernel, store, backwards ? units - 1 - i : i, threads);
  return store;
}

bool same_contents(const storage::UnitStore& one, const storage::UnitStore& other) {
  for (std::size_t unit = 0; unit < one.plan().units; ++unit)
    if (storage::content_digest(one.unit_path(unit)) != storage::content_digest(other.unit_path(unit))) return false;
  return true;
}

/// Flips one bit of a finished block: a quarter into the file stand cosines, wherever HDF5 leaves its gaps.
void damage(const fs::path& block) {
  std::fstream file(block, std::ios::binary | std::ios::in | std::ios::out);
  const auto place = static_cast<std::streamoff>(fs::file_size(block) / 4);
  file.seekg(place);
  const char changed = static_cast<char>(file.get() ^ 1);
  file.seekp(place);
  file.put(changed);
}

/// Largest distance of the first block's cosines, axes [variant, condition, model, person], from the plain formula.
double distance_from_formula(const analysis::Study& study, const storage::UnitStore& store) {
  const storage::Array block = storage::read_array(store.unit_path(0), "similarity");
  const std::size_t conditions = block.axes[1].labels.size(), models = block.axes[2].labels.size(),
                    people = block.axes[3].labels.size();
  double largest = 0;
  for (std::size_t i = 0; i < block.values.size(); ++i) {
    const double plain = similarity::plain_cosine(study.panel, i % people, i / people / models % conditions,
                                                  i / people % models, i / people / models / conditions);
    if (std::isnan(plain) != std::isnan(block.values[i])) return INFINITY;
    if (!std::isnan(plain)) largest = std::max(largest, std::abs(plain - block.values[i]));
  }
  return largest;
}

/// The page and its figures; what could not be made is told, for a machine without gnuplot still computes.
bool makes_report(const findings::Document& document, const fs::path& folder) {
  report::ReportFormats page_only;
  page_only.pictures.pdf = page_only.pictures.png = page_only.latex = page_only.markdown = page_only.docx = false;
  for (const std::string& missing : report::write_report(document, "{}", folder, page_only))
    fmt::print("note {}\n", missing);
  return fs::exists(folder / "report/index.html") && fs::file_size(folder / "report/index.html") > 20000;
}

void selftest(const boost::program_options::variables_map&, const Context& context) {
  const ScratchFolder scratch;
  runtime::mute(true);  // a study this small has singular fits; their warnings would look like findings of this test
  expect(fs::exists(fs::path(context.share) / "data/models.csv"), "data and jobs are in " + context.share);
  expect(draws_known_numbers(), "random numbers are the published ones of Philox4x32-10");
  expect(distance_from_lme4(fs::path(context.share) / "data/selftest") < 1e-3,
         "a crossed mixed model has the estimates, tests and degrees of freedom of lme4 and lmerTest");
  const analysis::Study study = small_study(scratch.path(), context);
  expect(study.synthetic && study.panel.people.size() >= 100, "a synthetic study is made and read");
  const auto store = computed(study, scratch.path() / "forwards", false, 1);
  const auto other = computed(study, scratch.path() / "backwards", true, 2);
  expect(storage::damaged_units(store).empty(), "blocks on disk fit their checksums");
  expect(same_contents(store, other), "another order and two threads give the same bytes");
  damage(other.unit_path(0));
  expect(storage::damaged_units(other) == std::vector<std::size_t>{0}, "a flipped bit in a block is noticed");
  expect(distance_from_formula(study, store) < 1e-12, "cosines are those of the plain formula to 1e-12");
  const analysis::Results results = analysis::analyse(study, store);
  std::size_t tables = 0;
  for (const findings::Section& section : results.document.sections) tables += section.tables.size();
  expect(!results.files.empty() && tables > 10, "mixed models are fitted and tables made");
  expect(makes_report(results.document, scratch.path()), "the report is written");
  fmt::print("this installation works\n");
}

}  // namespace

Command selftest_command() {
  Command command;
  command.name = "selftest";
  command.summary = "does this installation work? One core, a few seconds";
  command.description =
      "Makes a small synthetic study in a scratch folder (TMPDIR), computes it twice in different order, compares "
      "bytes and cosines with the plain formula, fits its models, writes its report, and removes everything. Random "
      "numbers and a mixed model are compared with stored ones (of Random123 and lme4). Needs no launcher, no network "
      "and no source tree. Exit code 3 if something does not hold.";
  command.example = "meridian selftest";
  command.run = selftest;
  return command;
}

}  // namespace meridian::commands
