#pragma once
// Every step of a dilemma is a contest between two values, and a model's choice says which one won.
#include <Eigen/Core>
#include <cstdint>
#include <string>
#include <vector>

#include "dilemmas/step_labels.hpp"

namespace meridian::dilemmas {

struct Contest {
  std::size_t model = 0, dilemma = 0, step = 0;
  std::size_t a = 0, b = 0;             ///< values
  std::int64_t wins_a = 0, wins_b = 0;  ///< of the valid answers
};

struct Contests {
  std::vector<std::string> models;  ///< sorted
  std::vector<Contest> contests;
  std::vector<std::int64_t> invalid, refused;  ///< answers per model
};

/// model, dilemma, step, choice.
const std::vector<audit::RecordField>& step_answer_fields();

/// Collective; streams the answers. A choice is A, B, invalid (or empty) or refused; anything else is an InputError.
/// Rows whose dilemma or step has no labels are left out and counted in `faults`.
Contests read_contests(const audit::RecordFiles& records, const StepLabels& labels, const audit::Team& team,
                       audit::RowFaults& faults);

/// Wins of a model: [step](u, v) is how often u was chosen over v.
using WinMatrices = std::vector<Eigen::MatrixXd>;

/// One per model; `weights`: how often each dilemma is counted.
std::vector<WinMatrices> win_matrices(const Contests& contests, const StepLabels& labels,
                                      const std::vector<double>& weights);
/// Sum over steps.
Eigen::MatrixXd pooled(const WinMatrices& wins);

}  // namespace meridian::dilemmas
