// meridian selftest: does this installation compute what it should? One core, seconds, no launcher, no network.
#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>

#include "analysis/run.hpp"
#include "analysis/study.hpp"
#include "commands/commands.hpp"
#include "commands/scratch_folder.hpp"
#include "error.hpp"
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

void selftest(const boost::program_options::variables_map&, const Context& context) {
  const ScratchFolder scratch;
  expect(fs::exists(fs::path(context.share) / "data/models.csv"), "data and jobs are in " + context.share);
  const analysis::Study study = small_study(scratch.path(), context);
  expect(study.synthetic && study.panel.people.size() >= 100, "a synthetic study is made and read");
  const auto store = computed(study, scratch.path() / "forwards", false, 1);
  const auto other = computed(study, scratch.path() / "backwards", true, 2);
  expect(storage::damaged_units(store).empty(), "blocks on disk fit their checksums");
  expect(same_contents(store, other), "another order and two threads give the same bytes");
  expect(distance_from_formula(study, store) < 1e-12, "cosines are those of the plain formula to 1e-12");
  const analysis::Results results = analysis::analyse(study, store);
  std::size_t tables = 0;
  for (const findings::Section& section : results.document.sections) tables += section.tables.size();
  expect(!results.files.empty() && tables > 10, "mixed models are fitted and tables made");
  fmt::print("this installation works\n");
}

}  // namespace

Command selftest_command() {
  Command command;
  command.name = "selftest";
  command.summary = "does this installation work? One core, a few seconds";
  command.description =
      "Makes a small synthetic study in a scratch folder (TMPDIR), computes it twice in different order, compares "
      "bytes and cosines with the plain formula, fits its models, and removes everything. Needs no launcher, no "
      "network and no source tree. Exit code 3 if something does not hold.";
  command.example = "meridian selftest";
  command.run = selftest;
  return command;
}

}  // namespace meridian::commands
