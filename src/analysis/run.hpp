#pragma once
// From finished similarity units to everything a job asks for.
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "analysis/study.hpp"
#include "findings/document.hpp"
#include "storage/units.hpp"

namespace meridian::analysis {

struct Results {
  findings::Document document;
  std::vector<std::pair<std::filesystem::path, std::string>> files;  ///< further files below the run: fit.json
};

/// All analyses of the study, in the order of the job. Reads every block; throws InputError for a damaged one.
Results analyse(const Study& study, const storage::UnitStore& store);

}  // namespace meridian::analysis
