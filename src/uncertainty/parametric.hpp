#pragma once
// Data drawn from a fitted model as class statistics, exactly and without drawing a single observation
// (docs/statistics.md, "Parametric draws").
#include <Eigen/Core>
#include <cstdint>
#include <string>
#include <vector>

#include "models/refit.hpp"
#include "uncertainty/resampled.hpp"

namespace meridian::uncertainty {

/// A linear mixed model with its parameters, on a template of one representative person per class.
struct DrawnModel {
  models::Design design;
  std::string pooled;  ///< the factor that tells people apart
  models::RandomStructure structure;
  std::vector<models::ClassBlock> blocks;  ///< per class
  std::vector<double> people;              ///< per class, at least 1
  Eigen::VectorXd beta, theta;             ///< of the design's columns, of the structure
  double sigma = 1;
};

/// The model of a sample as it was fitted.
DrawnModel fitted_model(const Sample& sample, const models::Refitter& refitter);

class ParametricSampler {
 public:
  explicit ParametricSampler(DrawnModel model);
  /// Replicate `index` of `seed`. Given the drawn effects of the other factors: the class mean is normal, the projected
  /// scatter is Wishart (Bartlett's decomposition; singular where the class has fewer people than effects), the rest of
  /// the sum of squares sigma^2 chi-square.
  Resampled draw(std::uint64_t seed, std::uint64_t index) const;

 private:
  struct ClassModel {
    double count = 0;
    Eigen::VectorXd fixed, root;    ///< X beta and sqrt(prior weight) of its cells
    Eigen::MatrixXd own;            ///< sqrt(w) Zp L sigma: cells x width
    Eigen::MatrixXd basis;          ///< orthonormal columns spanning sqrt(w) Zp: cells x rank
    Eigen::MatrixXd projected_own;  ///< basis' own
    Eigen::MatrixXd loading;        ///< basis' sqrt(w) Zp: rank x width
  };
  DrawnModel model_;
  std::vector<ClassModel> classes_;
  std::vector<Eigen::MatrixXd> templates_;  ///< sigma L per factor
};

}  // namespace meridian::uncertainty
