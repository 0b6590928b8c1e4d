#pragma once
// The part of a model vector's squared length that is noise of its iterations.
#include <cstddef>
#include <vector>

#include "panel/panel.hpp"

namespace meridian::panel {

/// Under a condition a model's centred vector is u = M x, x the mean answers of every contributing cell (the vector's
/// own and, with pooled centring, those of all pooled personas), independent with variances s^2 / n. Then E|u|^2 =
/// |E u|^2 + N with N = tr(M diag(s^2 / n) M').
class ElicitationNoise {
 public:
  /// Throws InputError as ConditionResolver.
  ElicitationNoise(const Condition& condition, const survey::ModelAnswers& answers, std::size_t items);

  /// N over the items that remain; NaN if a contributing cell has fewer than two valid iterations, or its file holds
  /// means only, or the source lacks the model.
  double expected(const std::string& model, const std::vector<std::size_t>& items) const;
  /// Variance of g'u, g one weight per item that remains; NaN as above.
  double variance_of(const std::string& model, const std::vector<std::size_t>& items,
                     const std::vector<double>& weights) const;

 private:
  /// One contributing cell: its own item's position if it is part of the vector, and whether it enters the centre.
  struct Contribution {
    std::size_t item = 0;
    bool own = false, centring = false;
    double variance = 0;
  };
  std::vector<Contribution> contributions(const std::string& model, const std::vector<std::size_t>& items) const;
  std::vector<std::string> models_;
  std::vector<std::vector<Contribution>> cells_;  ///< per model
  std::size_t centring_personas_ = 1;
};

}  // namespace meridian::panel
