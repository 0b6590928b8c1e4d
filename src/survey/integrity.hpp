#pragma once
// What a careful statistician checks after reading and before computing: tables for the report, and notes that say what
// is wrong, how it was seen, and which option repairs it.
#include <cstdint>
#include <string>
#include <vector>

#include "findings/document.hpp"
#include "survey/survey.hpp"

namespace meridian::survey {

struct IntegrityReport {
  std::vector<findings::Table> tables;
  std::vector<findings::Note> notes;
};

/// One way of telling the people of a file apart.
struct Grouping {
  std::string name;  ///< value of participant_id: "column", "blocks:36"
  const People* people = nullptr;
  bool in_use = true;  ///< false: read for comparison only (read_mfq2_blocks)
};

struct CheckOptions {
  std::uint64_t seed = 1;
  int permutations = 999;
  std::size_t most_people = 1000;  ///< per nation in the permutation test; evenly spaced ones of more
};

/// Tables people_counts (duplicate ids, impossible values, constant and repeated rows), people_consistency (alpha per
/// dimension), people_coherence (test_coherence), people_order (test_drift); each by grouping and nation. `source` is
/// the file's name, for notes. A grouping in use that does not hang together while another does is a warning that names
/// the other.
IntegrityReport check_people(const std::string& source, const std::vector<Grouping>& groupings,
                             const Instrument& instrument, const CheckOptions& options = {});

/// Tables <source>_models (every model of the registry: cells found and missing), <source>_cells (per model, language,
/// persona) and, where a persona "none" exists, <source>_first_rows: the items for which the file's first row of a model
/// and language is not the one of persona none; a warning if the job takes first rows, a caution otherwise. `source` is
/// the job's name of the file, e.g. "models".
IntegrityReport check_models(const std::string& source, const ModelAnswers& answers, const Instrument& instrument,
                             const std::vector<Model>& registry, bool takes_first_rows = true);

}  // namespace meridian::survey
