#pragma once
// One size of a study, simulated again and again.
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "power/planned_study.hpp"
#include "resampling/replicate_study.hpp"

namespace meridian::power {

struct Point {
  Size size;
  double iterations = 0;  ///< 0: as the truth has it
  /// "people-250_models-20_iterations-20"; "study" stands for what the planned study has.
  std::string name() const;
};

struct PowerOptions {
  std::vector<std::string> terms;  ///< fixed effects that are tested; empty: all but the intercept
  bool kenward_roger = false;
  std::uint64_t seed = 1;
  int threads = 1;  ///< replicates at a time; results do not depend on it
};

/// The planned study at a point, ready to be drawn.
struct PlannedPoint {
  Point point;
  double people = 0, models = 0;  ///< in all
  double iterations = 0;
  std::vector<std::string> terms;  ///< tested
  std::vector<double> truth;       ///< of the terms
  resampling::ReplicateStudy replicates;
};

/// Statistics of a replicate: failed, singular, then estimate, std_error and df of every term. Data are drawn as
/// sufficient statistics (uncertainty/parametric.hpp), so that any number of people costs the same, and fitted as
/// meridian fit does. InputError for an unknown term, or a size at which the model cannot be set up.
PlannedPoint planned_point(const PlannedStudy& planned, const Point& point, const PowerOptions& options);

}  // namespace meridian::power
