#pragma once
// Requests on disk: one run of files per model, none larger than the batch services take, with the plan beside them.
#include <cstdint>
#include <filesystem>
#include <functional>
#include <vector>

#include "collection/requests.hpp"

namespace meridian::collection {

struct FileLimits {
  std::int64_t requests = 50000;  ///< per file
  std::int64_t bytes = 100000000;
};

struct Written {
  std::int64_t requests = 0, present = 0, waiting = 0;  ///< written; answered already; without an earlier answer
  std::vector<std::filesystem::path> files;
};

/// Writes FOLDER/requests-<model>-0001.jsonl, ... for the trials of a round that `wanted` names, plan.csv (every trial
/// of the design) and items.csv (the dictionary for import). Throws InputError if the folder holds requests already, or
/// cannot be written. Each file appears under its name when it is whole.
Written write_requests(const RequestMaker& maker, int round, const std::function<bool(const trials::TrialKey&)>& wanted,
                       const EarlierAnswers& earlier, const FileLimits& limits, const std::filesystem::path& folder);

}  // namespace meridian::collection
