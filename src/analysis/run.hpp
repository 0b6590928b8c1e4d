#pragma once
// From finished similarity units to everything a job asks for.
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "analysis/analysed.hpp"
#include "analysis/study.hpp"
#include "findings/document.hpp"
#include "storage/units.hpp"

namespace meridian::analysis {

struct Results {
  findings::Document document;
  std::vector<std::pair<std::filesystem::path, std::string>> files;  ///< further files below the run: fit.json
};

/// All analyses of a study, in the order of the job, from blocks that may be some of its own only: the numbers are
/// those of the people in them. The steps follow each other. Throws InputError for a damaged block.
class Analyses {
 public:
  /// Fits every model. Study and store must live longer.
  Analyses(const Study& study, const storage::UnitStore& store, std::vector<std::size_t> units, Between between = {});
  /// Reads the blocks again, as often as medians and quantiles of residuals need it.
  void stream();
  /// Tables, figures and texts.
  Results results() const;

 private:
  const Study& study_;
  const storage::UnitStore& store_;
  std::vector<std::size_t> units_;
  Between between_;
  std::vector<Analysed> all_;
};

/// All steps on all blocks.
Results analyse(const Study& study, const storage::UnitStore& store, const Between& between = {});

}  // namespace meridian::analysis
