#pragma once
// The reduced system with every entry stored.
#include <vector>

#include "models/reduced_system.hpp"

namespace meridian::models {

class DenseSystem : public ReducedSystem {
 public:
  explicit DenseSystem(const Problem& problem);
  void reset() override;
  void subtract(std::size_t group, const Eigen::MatrixXd& white) override;
  bool factorise(const Templates& templates) override;
  double log_random() const override;
  double log_fixed() const override;
  Eigen::MatrixXd fixed_factor() const override;
  void solve_in_place(Eigen::MatrixXd& right) const override;
  Eigen::MatrixXd multiply(const Eigen::MatrixXd& x) const override;
  std::unique_ptr<EffectCovariance> covariance(const Templates& templates, bool fixed,
                                               std::vector<Eigen::MatrixXd>* slopes) const override;
  Eigen::MatrixXd dense_schur() const override;
  Eigen::MatrixXd dense_covariance(const Templates& templates) const override;

 private:
  Eigen::MatrixXd inverse(Eigen::Index size) const;

  const Problem& problem_;
  Eigen::MatrixXd schur_;   ///< S, lower triangle
  Eigen::MatrixXd factor_;  ///< Cholesky factor of A, lower triangle
};

}  // namespace meridian::models
