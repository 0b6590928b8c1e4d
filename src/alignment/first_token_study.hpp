#pragma once
// What the layer of first tokens reads, and the predictions it makes of it.
#include <filesystem>
#include <vector>

#include "alignment/calibration_path.hpp"
#include "alignment/first_token_methods.hpp"
#include "audit/records.hpp"
#include "audit/team.hpp"
#include "findings/ledger.hpp"

namespace meridian::alignment {

/// The section's options.
struct FirstTokenInputs {
  audit::RecordFiles scores, distributions;
  std::vector<std::filesystem::path> records;
  std::filesystem::path splits;
  bool log_probabilities = false;
  PathOptions path;
};

struct FirstTokenStudy {
  HumanAnswers humans;
  std::vector<SplitCell> cells;
  std::vector<ModelScores> models;
  std::vector<Method> methods;
  std::vector<ModelCalibration> calibrations;
};

/// Takes its keys from the section's options; throws InputError for what is wrong with them.
FirstTokenInputs first_token_inputs(audit::LayerInput& input);

/// Reads the files, calibrates on the training cells and predicts; the baselines stand last. Collective. Throws
/// InputError if no score belongs to people's answers; `ledger` gets the rows that were left out.
FirstTokenStudy first_token_study(const FirstTokenInputs& inputs, const audit::LayerInput& input,
                                  const audit::Team& team, findings::Ledger& ledger);

}  // namespace meridian::alignment
