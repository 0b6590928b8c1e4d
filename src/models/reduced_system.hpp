#pragma once
// What eliminating one factor leaves of the mixed-model equations: S = G'G - sum F'MF and A = T'ST + I_u over the
// columns of the other factors and of X (docs/statistics.md). Held dense, or sparse where few levels meet.
#include <Eigen/Core>
#include <cstddef>
#include <memory>
#include <vector>

#include "models/problem.hpp"

namespace meridian::models {

using Templates = std::vector<Eigen::MatrixXd>;  ///< L per factor

/// N = T A^-1 T', the covariance of effects and coefficients relative to the residual variance; of a sparse system the
/// entries of levels that meet. Must not outlive its system.
class EffectCovariance {
 public:
  virtual ~EffectCovariance() = default;
  /// result := N[touched, touched] rows', for the columns that a group of eliminated levels touches; rows: q x touched.
  virtual void spread(std::size_t group, const Eigen::MatrixXd& rows, Eigen::MatrixXd& result) const = 0;
  /// N of one level of Problem::rest.
  virtual Eigen::MatrixXd of_level(std::size_t level) const = 0;
};

class ReducedSystem {
 public:
  virtual ~ReducedSystem() = default;
  /// S := G'G.
  virtual void reset() = 0;
  /// S -= count white'white, on the columns that a group of eliminated levels touches; white: q x touched.
  virtual void subtract(std::size_t group, const Eigen::MatrixXd& white) = 0;
  /// Factorises A; false if it is not positive definite in floating point.
  virtual bool factorise(const Templates& templates) = 0;
  /// log|A_uu| and log|A_xx - A_xu A_uu^-1 A_ux|.
  virtual double log_random() const = 0;
  virtual double log_fixed() const = 0;
  /// Lower triangle whose square is A_xx - A_xu A_uu^-1 A_ux = X'V^-1 X; p x p.
  virtual Eigen::MatrixXd fixed_factor() const = 0;
  /// right := A^-1 right; columns of G x any.
  virtual void solve_in_place(Eigen::MatrixXd& right) const = 0;
  /// S x.
  virtual Eigen::MatrixXd multiply(const Eigen::MatrixXd& x) const = 0;
  /// N, or with `fixed` false T A_uu^-1 T' and zeros (coefficients taken as known). If `slopes` is given, adds the
  /// diagonal blocks of S T A^-1 of every level to the entry of its factor.
  virtual std::unique_ptr<EffectCovariance> covariance(const Templates& templates, bool fixed,
                                                       std::vector<Eigen::MatrixXd>* slopes) const = 0;
  /// S and N with all their entries, for what needs pairs of levels that never meet.
  virtual Eigen::MatrixXd dense_schur() const = 0;
  virtual Eigen::MatrixXd dense_covariance(const Templates& templates) const = 0;
};

/// Dense or sparse as the problem was laid out; keeps a reference to it.
std::unique_ptr<ReducedSystem> make_reduced_system(const Problem& problem);

}  // namespace meridian::models
