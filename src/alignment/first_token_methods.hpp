#pragma once
// From scores of options to the ways of predicting that are set side by side.
#include <vector>

#include "alignment/alignment_scores.hpp"
#include "alignment/calibration_path.hpp"

namespace meridian::alignment {

/// A model's calibrator and how it came about.
struct ModelCalibration {
  std::string model;
  std::vector<PathPoint> path;
  double ridge = 0;
  Calibration fit;
  std::size_t examples = 0;
};

/// The model's own distributions, and those of the control: asked for with another country's name if such scores were
/// given, else the distributions of another country's prompt (other_countries).
Method zero_shot(const ModelScores& scores);
Method zero_shot_control(const HumanAnswers& humans, const ModelScores& scores, std::uint64_t seed);
/// The same two through the calibrator; a control takes the country terms of the prompt's country.
Method calibrated_method(const HumanAnswers& humans, const ModelScores& scores, const Terms& terms,
                         const ModelCalibration& calibration);
Method calibrated_control(const HumanAnswers& humans, const ModelScores& scores, const Method& calibrated,
                          std::uint64_t seed);

/// Baselines of no model: the mean of people's distributions of the same question over the training countries other
/// than the record's own (it knows people's answers, which no zero-shot model does), and all options alike.
Method question_mean(const HumanAnswers& humans, const std::vector<std::size_t>& training);
Method uniform(const HumanAnswers& humans);

/// The terms that fit all records: every number of options, every country.
Terms terms_for(const HumanAnswers& humans);
/// Fits on the training records that the model has scores for. Throws InputError (at `where`) if there is none.
/// Collective.
ModelCalibration calibrate_model(const HumanAnswers& humans, const ModelScores& scores, const Terms& terms,
                                 const std::vector<std::size_t>& training, const PathOptions& options,
                                 const audit::Team& team, const std::string& where);

}  // namespace meridian::alignment
