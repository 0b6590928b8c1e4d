#pragma once
// What a job takes, measured on some of it: blocks spread over the people, every model on what these say, the first
// replicates of every bootstrap and test.
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "analysis/study.hpp"
#include "scheduling/chain.hpp"
#include "scheduling/estimate.hpp"

namespace meridian::commands {

/// One job of a plan.
struct PlannedJob {
  std::size_t blocks = 0;
  scheduling::Estimate estimate;
  std::vector<scheduling::Resampling> resampling;
  std::string text;  ///< sizes and costs, for people
};

/// Reads the answers and measures in processor time, which other people's work on the machine does not change. Writes
/// nothing that stays. `run`: folder of the run, for the resampling; `replicate_seconds`: of one replicate of a
/// bootstrap, stated instead of measured. Throws InputError for wrong input.
PlannedJob plan_job(const analysis::Job& job, const std::filesystem::path& run,
                    std::optional<double> replicate_seconds);

}  // namespace meridian::commands
