#pragma once
// The models' files: every trial with its answer's text, the means over valid trials as the study published them, the
// registry.
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "simulation/model_answers.hpp"
#include "simulation/parameters.hpp"
#include "simulation/study.hpp"

namespace meridian::simulation {

/// A model absent from a file of means because it refused all iterations of a cell, as the study handled it.
struct LeftOut {
  std::string file, model;
  std::string cell;  ///< the first such cell: "Chinese none 189"
};

struct ModelFiles {
  std::vector<std::pair<std::string, std::int64_t>> bytes;  ///< file relative to the folder, size
  std::vector<LeftOut> left_out;
};

/// Data/<survey>/llm_<code>_trials.csv: one row per iteration; llm_<code>_responses.csv: one row per cell, in the
/// order of the cells' first valid trials (the order of the published files); for the WVS also
/// llm_wvs_persona_responses.csv, without persona `none`. One model at a time is held in memory.
ModelFiles write_model_files(const std::filesystem::path& out, const Parameters& parameters,
                             const SurveyParameters& survey, const StudyOptions& options);

/// llm_info.csv: llm_nation,llm_name,LLM,group; byte-order mark, CRLF, the two human means last, as in the public file.
std::int64_t write_registry(const std::filesystem::path& file, const std::vector<SimulatedModel>& models);

}  // namespace meridian::simulation
