#pragma once
// The bootstraps and permutation tests that a job asks for: as steps of a chain of jobs, and what they take.
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "analysis/study.hpp"
#include "scheduling/chain.hpp"
#include "scheduling/estimate.hpp"

namespace meridian::commands {

struct ResamplingPlan {
  std::vector<scheduling::Resampling> steps;
  std::vector<scheduling::Replicates> replicates;  ///< one per step
  std::string text;                                ///< one line per step, for people
};

/// Computes the first units of every step in `scratch` and measures them; with `stated`, the seconds of one replicate
/// of a bootstrap, these are taken instead. InputError where the job asks for what its design does not allow.
ResamplingPlan plan_resampling(const analysis::Study& study, const std::filesystem::path& run,
                               std::optional<double> stated, const std::filesystem::path& scratch);

/// Processor time that `work` takes, all threads and programs it starts together.
double processor_seconds(const std::function<void()>& work);

}  // namespace meridian::commands
