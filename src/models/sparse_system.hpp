#pragma once
// The reduced system where few levels meet: nested factors, factors whose levels share few partners.
#include <vector>

#include "models/reduced_system.hpp"
#include "models/sparse_cholesky.hpp"

namespace meridian::models {

/// The levels of Problem::rest that a group of eliminated levels touches, and the blocks of their pairs.
struct GroupLevels {
  std::vector<std::size_t> levels;  ///< ascending
  std::vector<Eigen::Index> first;  ///< per level: its first place among the touched columns
  std::vector<std::size_t> pair;    ///< blocks of (levels[a], levels[b]), a >= b, column b by column b
};

class SparseSystem : public ReducedSystem {
 public:
  explicit SparseSystem(const Problem& problem);
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
  const Eigen::MatrixXd& of(const Templates& templates, std::size_t level) const;
  void add_slopes(const Templates& templates, const LevelMatrix& inverse, std::vector<Eigen::MatrixXd>& slopes) const;

  const Problem& problem_;
  const LevelPattern& pattern_;
  std::vector<GroupLevels> groups_;
  LevelMatrix schur_, white_;  ///< S; A without its identity
  SparseLower scalars_;        ///< A
  SparseCholesky cholesky_;
};

}  // namespace meridian::models
