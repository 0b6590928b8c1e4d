#pragma once
// One job's answers, read and ready: panel, layouts of its analyses, and the plan of the similarity units.
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "analysis/job.hpp"
#include "analysis/layout.hpp"
#include "findings/document.hpp"
#include "panel/panel.hpp"
#include "similarity/tile.hpp"
#include "storage/units.hpp"
#include "survey/survey.hpp"

namespace meridian::analysis {

struct Study {
  Job job;
  std::vector<std::pair<std::string, survey::People>> people;                  ///< by way of telling people apart
  std::vector<std::pair<std::string, survey::ModelAnswers>> models;            ///< by source
  std::vector<std::pair<std::filesystem::path, survey::ModelAnswers>> trials;  ///< of analyses of refusals, by file
  panel::Panel panel;
  std::vector<Layout> layouts;  ///< one per analysis
  findings::Ledger exclusions;
  bool synthetic = false;  ///< some of the answers are simulated
};

/// True if simulation.json lies in the file's folder (of a trial store: in the store) or above: simulated answers.
bool marked_synthetic(const std::filesystem::path& file);

/// Reads everything a job names. Throws InputError for the first thing that is wrong.
Study load_study(const Job& job);

/// Raw trials where the analysis names a file and it is there; else the model file it names.
const survey::ModelAnswers& answers_of(const Study& study, const RefusalJob& refusals);

/// Files whose content decides the results, with their SHA-256.
std::vector<std::pair<std::string, std::string>> input_digests(const Job& job);

/// Raised by hand whenever a change of the code changes a bit of a result.
inline constexpr const char* kNumericsVersion = "2";

/// Blocks of people as units of work; the fingerprint holds inputs, options and numerics version.
storage::Plan similarity_plan(const Study& study);

/// Computes one block, with the moments of every analysis, and commits it.
void compute_unit(const Study& study, const similarity::Kernel& kernel, const storage::UnitStore& store,
                  std::size_t unit, int threads);

/// What the checks after import say.
findings::Section integrity_section(const Study& study);

}  // namespace meridian::analysis
