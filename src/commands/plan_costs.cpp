#include "commands/plan_costs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "analysis/run.hpp"
#include "commands/plan_resampling.hpp"
#include "commands/run_report.hpp"
#include "commands/scratch_folder.hpp"
#include "error.hpp"
#include "findings/files.hpp"
#include "report/report_files.hpp"
#include "runtime/log.hpp"
#include "runtime/machine.hpp"
#include "storage/digest.hpp"

namespace meridian::commands {
namespace {

namespace fs = std::filesystem;
using scheduling::Costs;

/// So many blocks, spread evenly, are the pilot: enough for people of every nation in most files.
constexpr std::size_t kPilotBlocks = 6;

std::vector<std::size_t> pilot_units(std::size_t units, std::size_t blocks) {
  std::set<std::size_t> chosen;
  for (std::size_t i = 0; i < blocks; ++i) chosen.insert((units - 1) * i / (blocks - 1));
  return {chosen.begin(), chosen.end()};
}

/// The blocks that are measured on, and how much of the whole they are.
struct Pilot {
  const analysis::Study& study;
  const storage::UnitStore& store;
  std::vector<std::size_t> units;
  fs::path run;  ///< the folder that stands for that of a run
  double per_block(double seconds) const { return seconds / static_cast<double>(units.size()); }
};

/// What models of some of the people say is not what the run will say.
class Unheard {
 public:
  Unheard() { runtime::mute(true); }
  ~Unheard() { runtime::mute(before_); }
  Unheard(const Unheard&) = delete;
  Unheard& operator=(const Unheard&) = delete;

 private:
  bool before_ = runtime::muted();
};

void measure_blocks(const Pilot& pilot, Costs& costs) {
  const similarity::Kernel kernel(pilot.study.panel);
  costs.block_seconds = pilot.per_block(processor_seconds([&] {
    for (const std::size_t unit : pilot.units) analysis::compute_unit(pilot.study, kernel, pilot.store, unit, 1);
  }));
  for (const std::size_t unit : pilot.units)
    costs.block_bytes += pilot.per_block(static_cast<double>(fs::file_size(pilot.store.unit_path(unit))));
}

/// What a run does with its blocks. Models, tables and figures are as many whatever the number of people, and so is
/// their time.
void measure_analyses(const Pilot& pilot, Costs& costs) {
  std::optional<analysis::Analyses> analyses;
  costs.fit_seconds = processor_seconds([&] { analyses.emplace(pilot.study, pilot.store, pilot.units); });
  costs.stream_seconds = pilot.per_block(processor_seconds([&] { analyses->stream(); }));
  costs.digest_seconds = pilot.per_block(processor_seconds([&] { storage::write_run_digest(pilot.run); }));
  findings::Document document;
  costs.table_seconds = processor_seconds([&] {
    document = analyses->results().document;
    findings::write_document(document, pilot.run);
  });
  costs.report_seconds =
      processor_seconds([&] { report::write_report(document, "{}", pilot.run, formats_of_a_run()); });
}

/// A pilot that cannot carry a model, for want of the people of a nation, is doubled.
Costs measure(const analysis::Study& study, const storage::UnitStore& store, const fs::path& run) {
  const Unheard unheard;
  for (std::size_t blocks = kPilotBlocks;; blocks *= 2) {
    const Pilot pilot{study, store, pilot_units(store.plan().units, blocks), run};
    try {
      Costs costs;
      measure_blocks(pilot, costs);
      measure_analyses(pilot, costs);
      return costs;
    } catch (const Error&) {
      if (pilot.units.size() == store.plan().units) throw;
    }
  }
}

std::size_t models_of(const analysis::Job& job) {
  const auto formula = [](const analysis::AnalysisJob& analysis) { return !analysis.formula.empty(); };
  return static_cast<std::size_t>(std::count_if(job.analyses.begin(), job.analyses.end(), formula)) +
         job.refusals.size();
}

std::string text_of(const analysis::Study& study, std::size_t blocks, const Costs& costs) {
  const panel::Panel& panel = study.panel;
  return fmt::format(
      "{}: {} people x {} models x {} conditions x {} variants: {} blocks, {} models to fit\n"
      "  measured here on one thread: reading the answers {:.2f} s; a block {:.3f} s and {:.1f} MB, "
      "read again {:.3f} s; all fits {:.2f} s; tables {:.2f} s; page and figures {:.2f} s; "
      "peak memory {:.0f} MB\n",
      study.job.title, panel.people.ids.size(), panel.models.size(), panel.conditions.size(), panel.variants.size(),
      blocks, models_of(study.job), costs.start_seconds, costs.block_seconds, costs.block_bytes / 1e6,
      costs.stream_seconds + costs.digest_seconds, costs.fit_seconds, costs.table_seconds, costs.report_seconds,
      costs.memory_bytes / 1e6);
}

}  // namespace

PlannedJob plan_job(const analysis::Job& job, const fs::path& run, std::optional<double> replicate_seconds) {
  std::optional<analysis::Study> read;
  const double start_seconds = processor_seconds([&] { read.emplace(analysis::load_study(job)); });
  const analysis::Study& study = *read;
  const ScratchFolder scratch;
  const storage::Plan plan = analysis::similarity_plan(study);
  Costs costs = measure(study, storage::UnitStore::create_or_open(scratch.path() / "similarity", plan), scratch.path());
  costs.start_seconds = start_seconds;
  ResamplingPlan resampling = plan_resampling(study, run, replicate_seconds, scratch.path() / "resampling");
  costs.memory_bytes = static_cast<double>(runtime::peak_memory());
  return {plan.units, scheduling::estimate(plan.units, costs, resampling.replicates), std::move(resampling.steps),
          text_of(study, plan.units, costs) + resampling.text};
}

}  // namespace meridian::commands
