#pragma once
// The reduced system with every entry stored, in the memory of one square matrix: a second one is what a large crossed
// design would have to pay for.
#include <cstdint>
#include <vector>

#include "models/reduced_system.hpp"

namespace meridian::models {

class DenseSystem : public ReducedSystem {
 public:
  explicit DenseSystem(const Problem& problem);
  void reset() override;
  void subtract(std::size_t group, const Eigen::MatrixXd& white) override;
  bool factorise(const Templates& templates) override;
  double log_random() const override { return log_random_; }
  double log_fixed() const override { return log_fixed_; }
  Eigen::MatrixXd fixed_factor() const override;
  void solve_in_place(Eigen::MatrixXd& right) const override;
  Eigen::MatrixXd multiply(const Eigen::MatrixXd& x) const override;
  /// What it returns is read from this system: asking the system for anything that needs the factor ends it.
  std::unique_ptr<EffectCovariance> covariance(const Templates& templates, bool fixed,
                                               std::vector<Eigen::MatrixXd>* slopes) const override;
  Eigen::MatrixXd dense_schur() const override;
  Eigen::MatrixXd dense_covariance(const Templates& templates) const override;

 private:
  friend class DenseCovariance;
  auto schur() const { return both_.bottomRows(both_.cols()); }  ///< S, lower triangle
  auto upper() const { return both_.topRows(both_.cols()); }     ///< Cholesky factor of A, or what became of it
  bool factorise_upper() const;
  void require_factor() const;
  void invert(bool fixed) const;
  void add_slopes(const Templates& templates, std::vector<Eigen::MatrixXd>& slopes) const;

  const Problem& problem_;
  Templates templates_;  ///< of the last factorise()
  double log_random_ = 0, log_fixed_ = 0;
  // The inverse takes the factor's place; const members that need the factor make it again from S.
  mutable Eigen::MatrixXd both_;  ///< n + 1 rows
  mutable bool has_factor_ = false;
  mutable std::uint64_t changes_ = 0;  ///< of the upper triangle
};

}  // namespace meridian::models
