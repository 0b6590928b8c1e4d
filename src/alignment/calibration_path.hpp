#pragma once
// How strong the ridge is to be: cross-validation over countries and over questions, along a path.
#include <cstddef>
#include <cstdint>
#include <vector>

#include "alignment/calibrator.hpp"
#include "audit/team.hpp"

namespace meridian::alignment {

struct PathPoint {
  double ridge = 0;
  double countries = 0, questions = 0;  ///< mean kl of the countries, questions left out in turn
  double mean() const { return (countries + questions) / 2; }
};

struct PathOptions {
  std::vector<double> ridges;  ///< each > 0
  std::size_t folds = 5;       ///< at most as many as there are countries or questions
  std::uint64_t seed = 1;
};

/// The training records of one model.
struct TrainingSet {
  std::vector<Example> examples;
  std::vector<std::size_t> questions;  ///< per example
};

/// Every point of the path. Folds are dealt from shuffled names, keyed by the seed; a country left out has no country
/// term. Collective: the ranks share the fits; the same on every rank.
std::vector<PathPoint> cross_validate(const Terms& terms, const TrainingSet& training, const PathOptions& options,
                                      const audit::Team& team);

/// The ridge with the least mean of both errors, for the calibrator is meant for new countries and new questions
/// alike; ties: the stronger. Throws Error(bug) for an empty path.
double chosen_ridge(const std::vector<PathPoint>& path);

}  // namespace meridian::alignment
