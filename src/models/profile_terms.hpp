#pragma once
// The walk over all parameters of a model that profiles of linear and generalized models share.
#include <string>
#include <vector>

#include "models/crossing.hpp"
#include "models/fit.hpp"
#include "models/held_search.hpp"

namespace meridian::models {

struct ParameterInterval {
  enum class Kind { coefficient, deviation, correlation, sigma };
  Kind kind = Kind::coefficient;
  std::string group, term1, term2;  ///< of a coefficient term1 only; of sigma none
  double estimate = 0;              ///< by maximum likelihood
  ProfileLimit low, high;           ///< a standard deviation ends at 0, a correlation at -1 and 1
};

/// A random term with its columns in an order that brings those of a parameter first, and theta for that order.
struct OrderedTerm {
  TermBlock block;
  std::vector<Eigen::Index> order;
  Eigen::VectorXd theta;  ///< of the whole model, off the boundary
};

/// A model's maximum-likelihood estimate, and how each of its parameters can be held. References outlive the profile.
class ProfiledFit {
 public:
  ProfiledFit(const Design& design, const Fit& fit, const RandomStructure& structure, Eigen::VectorXd start)
      : design_(design), fit_(fit), structure_(structure), start_(std::move(start)) {}
  virtual ~ProfiledFit() = default;

  virtual std::unique_ptr<HeldParameter> hold_coefficient(Eigen::Index column) const = 0;
  /// The standard deviation of the term's first column, in the units of the response (or of the link's scale).
  virtual std::unique_ptr<HeldParameter> hold_deviation(const OrderedTerm& term) const = 0;
  /// The correlation of the term's first two columns.
  virtual std::unique_ptr<HeldParameter> hold_correlation(const OrderedTerm& term) const = 0;

  const Design& design() const { return design_; }
  const Fit& fit() const { return fit_; }
  const RandomStructure& structure() const { return structure_; }
  const Eigen::VectorXd& start() const { return start_; }  ///< theta off the boundary

 private:
  const Design& design_;
  const Fit& fit_;
  const RandomStructure& structure_;
  Eigen::VectorXd start_;
};

/// By how much the deviance at the limits exceeds its minimum: the chi-squared quantile (1 df).
double profile_height(double confidence);

/// Where the deviance of `held` passes that height.
ProfileLimit profile_limit(const ProfiledFit& profiled, HeldParameter& held, double from, const SearchSide& side,
                           double height);

/// Coefficients, then standard deviations and correlations term by term.
std::vector<ParameterInterval> profile_terms(const ProfiledFit& profiled, double height);

}  // namespace meridian::models
