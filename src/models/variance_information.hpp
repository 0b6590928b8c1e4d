#pragma once
// Expected information of the covariance parameters of a REML fit, from the blocks that the criterion works with.
//
// V = I + sum gamma_r G_r (sigma = 1), G_r = Z T_r Z' with T_r the same symmetric pattern E_r for every level of a
// factor; P = V^-1 - V^-1 X Phi X'V^-1. With N = T A^-1 T', H = Z'V_e^-1 G = (I - CM) F and K = (I - CM) C of an
// eliminated level (V_e: residual and eliminated factor only), Z_i'P Z_j = [i = j] K_i - H_i N H_j',
// Z_i'P G = H_i U with U = I - N S, G'P G = S U. The residual's own terms follow from P V P = P and P X = 0.
#include <Eigen/Core>
#include <vector>

#include "models/criterion.hpp"

namespace meridian::models {

class VarianceInformation {
 public:
  /// `criterion`: REML, after a gradient. Parameters in the order of RandomStructure::theta, the residual last.
  explicit VarianceInformation(const Criterion& criterion);

  const Eigen::MatrixXd& relative() const { return relative_; }           ///< Phi at sigma = 1, conditioned columns
  const Eigen::MatrixXd& covariance() const { return covariance_; }       ///< 2 tr(P G_r P G_s)^-1
  const std::vector<Eigen::MatrixXd>& slopes() const { return slopes_; }  ///< d Phi / d gamma
  /// Phi (sum W_rs X'V^-1 G_r P G_s V^-1 X) Phi: Kenward & Roger's Lambda.
  Eigen::MatrixXd correction() const;

 private:
  void accumulate_eliminated();
  void fill_eliminated(Eigen::MatrixXd& information) const;
  void fill_levels(Eigen::MatrixXd& information) const;
  void fill_rest(Eigen::MatrixXd& information) const;
  /// tr(P G_r) of every parameter but the residual.
  Eigen::VectorXd projected_traces() const;
  void add_residual(Eigen::MatrixXd& information, const Eigen::VectorXd& traces);
  void fill_slopes();
  void add_pairs(const Eigen::MatrixXd& w, Eigen::MatrixXd& result) const;
  void add_own(const Eigen::MatrixXd& w, Eigen::MatrixXd& result) const;
  bool is_eliminated(std::size_t parameter) const;
  /// Contrasts within pooled classes are groups too, of a factor that may stay in the system.
  bool belongs(std::size_t parameter, std::size_t group) const;
  /// T_r x: rows of the levels of the parameter's factor, exchanged as E_r says.
  Eigen::MatrixXd patterned(std::size_t parameter, const Eigen::MatrixXd& x) const;

  const Problem& problem_;
  const CriterionState& state_;
  std::vector<Eigen::MatrixXd> patterns_;              ///< E_r
  Eigen::VectorXd gamma_;                              ///< without the residual
  std::vector<Eigen::MatrixXd> own_;                   ///< K per group of eliminated levels
  std::vector<Eigen::MatrixXd> moments_;               ///< M_r = sum n H'E_r H; empty for factors of the rest
  Eigen::MatrixXd schur_, weight_, remainder_, rest_;  ///< S, N, U, G'P G
  Eigen::MatrixXd relative_, columns_, covariance_;    ///< columns: N X-columns, so that V^-1 X Phi = V_e^-1 G columns
  std::vector<Eigen::MatrixXd> slopes_;
};

}  // namespace meridian::models
