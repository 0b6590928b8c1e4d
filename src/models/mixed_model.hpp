#pragma once
// A fitted linear mixed model that can still be asked: tests of contrasts, predictions, residuals of people.
#include <Eigen/Core>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/fit.hpp"
#include "models/kenward_roger.hpp"
#include "models/pooling.hpp"
#include "models/reduced_table.hpp"
#include "models/satterthwaite.hpp"

namespace meridian::models {

struct FitOptions {
  Method method = Method::reml;
  std::string formula;             ///< copied into Fit::formula
  Eigen::VectorXd start;           ///< of theta, for refits; empty: identity templates
  bool effects_of_pooled = false;  ///< long tables: also list the predictions of the pooled factor's levels
  double confidence = 0.95;
  SmallSample small_sample = SmallSample::satterthwaite;  ///< kenward_roger: REML only, else InputError
};

/// Affine maps from the responses y of one person of a class (cells in the order of the template) to
/// conditional residuals  residual_map y - residual_offset  (own predicted effects included in the fit), and
/// predicted effects  effect_map y - effect_offset.
struct PersonMaps {
  Eigen::MatrixXd residual_map;       ///< cells x cells
  Eigen::VectorXd residual_offset;    ///< cells
  Eigen::MatrixXd effect_map;         ///< q x cells
  Eigen::VectorXd effect_offset;      ///< q
  Eigen::MatrixXd effect_covariance;  ///< q x q, conditional, as lme4's condVar
};

class MixedModel {
 public:
  /// `design`: the cells of one representative person per class; `pooled`: the factor that tells people apart.
  /// InputError when statistics and template disagree or the model cannot be estimated from these data.
  MixedModel(Design design, const std::string& pooled, std::vector<PooledClass> classes, const FitOptions& options);
  ~MixedModel();
  MixedModel(MixedModel&&) noexcept;

  const Fit& fit() const;
  Fit& fit();
  /// l'beta with the df of FitOptions::small_sample (one row of lmerTest's contest).
  Coefficient contrast(const std::string& name, const Eigen::VectorXd& l) const;
  double contrast_df(const Eigen::VectorXd& l) const;
  const CoefficientCovariance& covariance() const;
  /// Empty unless asked for; Fit::vcov is the adjusted covariance then.
  const std::optional<KenwardRoger>& kenward_roger() const;
  /// Maps for the people of class `k` (order of `classes`).
  PersonMaps person_maps(std::size_t k) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

/// People in classes: the cost does not depend on their number.
MixedModel estimate_mixed(const Design& design, const std::string& eliminated, const std::vector<ClassBlock>& blocks,
                          const std::vector<ClassMoments>& moments, const FitOptions& options = {});
Fit fit_mixed(const Design& design, const std::string& eliminated, const std::vector<ClassBlock>& blocks,
              const std::vector<ClassMoments>& moments, const FitOptions& options = {});

/// Any long table: any number of grouping factors, nested or crossed; prior weights must be positive.
MixedModel estimate_mixed(const Design& design, const FitOptions& options = {});
Fit fit_mixed(const Design& design, const FitOptions& options = {});

}  // namespace meridian::models
