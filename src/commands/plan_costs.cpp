#include "commands/plan_costs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>

#include "analysis/fits.hpp"
#include "analysis/refusals.hpp"
#include "analysis/residuals.hpp"
#include "commands/plan_resampling.hpp"
#include "commands/scratch_folder.hpp"
#include "error.hpp"
#include "runtime/machine.hpp"
#include "storage/array_file.hpp"

namespace meridian::commands {
namespace {

namespace fs = std::filesystem;
using scheduling::Costs;

/// So many blocks, spread evenly, are the pilot: enough for people of every nation in most files.
constexpr std::size_t kPilotBlocks = 6;

std::set<std::size_t> pilot_units(std::size_t units) {
  std::set<std::size_t> chosen;
  const std::size_t last = units - 1;
  for (std::size_t i = 0; i < kPilotBlocks; ++i) chosen.insert(last * i / (kPilotBlocks - 1));
  return chosen;
}

/// The blocks that are measured on, and how much of the whole they are.
struct Pilot {
  const analysis::Study& study;
  const storage::UnitStore& store;
  std::set<std::size_t> units;
  double per_block(double seconds) const { return seconds / static_cast<double>(units.size()); }
};

void measure_blocks(const Pilot& pilot, Costs& costs) {
  const similarity::Kernel kernel(pilot.study.panel);
  costs.block_seconds = pilot.per_block(processor_seconds([&] {
    for (const std::size_t unit : pilot.units) analysis::compute_unit(pilot.study, kernel, pilot.store, unit, 1);
  }));
  for (const std::size_t unit : pilot.units)
    costs.block_bytes += pilot.per_block(static_cast<double>(fs::file_size(pilot.store.unit_path(unit))));
}

analysis::Moments moments_of(const Pilot& pilot, std::size_t analysis) {
  analysis::Moments moments;
  const storage::Plan& plan = pilot.store.plan();
  const analysis::Layout& layout = pilot.study.layouts[analysis];
  for (const std::size_t unit : pilot.units)
    if (layout.meets(unit * plan.per_unit, plan.per_unit))
      analysis::merge(moments, analysis::from_array(layout, storage::read_array(pilot.store.unit_path(unit),
                                                                                "moments." + layout.analysis)));
  return moments;
}

/// The pilot read as often as the residuals of these fits need it.
void stream_residuals(const Pilot& pilot, std::size_t analysis, const analysis::AnalysisFits& fits) {
  const analysis::Layout& layout = pilot.study.layouts[analysis];
  analysis::ResidualQuantiles linear(pilot.study.panel, layout, fits.linear_residuals, 1);
  analysis::ResidualQuantiles mixed(pilot.study.panel, layout, fits.mixed_residuals, 1);
  const std::vector<std::size_t> variants = analysis::variants_read({&layout});
  bool more = true;
  while (more) {
    for (const std::size_t unit : pilot.units) {
      const similarity::Tile tile = analysis::read_tile(pilot.store, unit, variants, false);
      linear.add(tile);
      if (fits.mixed) mixed.add(tile);
    }
    more = linear.next_pass();
    if (fits.mixed) more = mixed.next_pass() || more;
  }
}

/// Every model of the job, on the pilot's moments: these are as many whatever the number of people, and so is the time
/// of a fit. A model that the pilot cannot carry is taken for an average one.
void measure_fits(const Pilot& pilot, Costs& costs) {
  std::size_t measured = 0, failed = 0;
  const auto try_out = [&](const std::function<void()>& fit) {
    try {
      costs.fit_seconds += processor_seconds(fit);
      ++measured;
    } catch (const Error&) {
      ++failed;
    }
  };
  const analysis::Study& study = pilot.study;
  for (std::size_t a = 0; a < study.job.analyses.size(); ++a) {
    if (study.job.analyses[a].formula.empty()) continue;
    std::optional<analysis::AnalysisFits> fits;
    try_out([&] {
      fits.emplace(analysis::fit_analysis(study.panel, study.layouts[a], study.job.analyses[a], moments_of(pilot, a)));
    });
    if (fits) costs.stream_seconds += pilot.per_block(processor_seconds([&] { stream_residuals(pilot, a, *fits); }));
  }
  for (const analysis::RefusalJob& job : study.job.refusals)
    try_out([&] { analysis::analyse_refusals(job, answers_of(study, job), study.panel.instrument); });
  if (measured > 0) costs.fit_seconds *= static_cast<double>(measured + failed) / static_cast<double>(measured);
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
      "  measured here on one thread: reading the answers {:.2f} s; a block {:.3f} s and {:.1f} MB, its residuals "
      "{:.3f} "
      "s; all fits {:.2f} s; peak memory {:.0f} MB\n",
      study.job.title, panel.people.ids.size(), panel.models.size(), panel.conditions.size(), panel.variants.size(),
      blocks, models_of(study.job), costs.start_seconds, costs.block_seconds, costs.block_bytes / 1e6,
      costs.stream_seconds, costs.fit_seconds, costs.memory_bytes / 1e6);
}

}  // namespace

PlannedJob plan_job(const analysis::Job& job, const fs::path& run, std::optional<double> replicate_seconds) {
  Costs costs;
  std::optional<analysis::Study> read;
  costs.start_seconds = processor_seconds([&] { read.emplace(analysis::load_study(job)); });
  const analysis::Study& study = *read;
  const ScratchFolder scratch;
  const storage::Plan plan = analysis::similarity_plan(study);
  const auto store = storage::UnitStore::create_or_open(scratch.path() / "similarity", plan);
  const Pilot pilot{study, store, pilot_units(plan.units)};
  measure_blocks(pilot, costs);
  measure_fits(pilot, costs);
  ResamplingPlan resampling = plan_resampling(study, run, replicate_seconds, scratch.path());
  costs.memory_bytes = static_cast<double>(runtime::peak_memory());
  return {plan.units, scheduling::estimate(plan.units, costs, resampling.replicates), std::move(resampling.steps),
          text_of(study, plan.units, costs) + resampling.text};
}

}  // namespace meridian::commands
