#include "models/predictions.hpp"

#include "models/small_blocks.hpp"

namespace meridian::models {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

MatrixXd shrink(const MatrixXd& l, const MatrixXd& gram) {
  MatrixXd b = l.transpose() * gram * l;
  b.diagonal().array() += 1.0;
  cholesky_small(b);
  MatrixXd half = l.transpose();
  solve_lower_small(b, half);
  return half.transpose() * half;
}

}  // namespace

Predictions::Predictions(const Criterion& criterion, const ReducedTable& table)
    : criterion_(criterion),
      table_(table),
      variance_(criterion.state().residual_square / criterion.degrees_of_freedom()) {
  const Index u = criterion.problem().random_columns;
  const auto lower = criterion.state().factor.topLeftCorner(u, u).triangularView<Eigen::Lower>();
  joint_ = MatrixXd::Identity(u, u);
  lower.solveInPlace(joint_);
  lower.transpose().solveInPlace(joint_);
  sandwich_template(criterion.problem(), criterion.state().templates, joint_);
}

MatrixXd Predictions::shrinkage(std::size_t factor, const MatrixXd& gram) const {
  const VectorXd units = table_.factors[factor].scale.cwiseInverse();
  return shrink(units.asDiagonal() * criterion_.state().templates[factor], gram);
}

LevelEffects Predictions::of_rest(std::size_t factor, Index level) const {
  const Problem& problem = criterion_.problem();
  const Index width = problem.structure.factors[factor].width;
  const Index first = problem.rest[static_cast<std::size_t>(problem.first_rest_of_factor[factor] + level)].first;
  return {criterion_.state().coefficients.segment(first, width), variance_ * joint_.block(first, first, width, width)};
}

LevelEffects Predictions::of_eliminated(Index level) const {
  const Problem& problem = criterion_.problem();
  const auto l = static_cast<std::size_t>(level);
  const EliminatedLevels& group = problem.eliminated[problem.group_of_level[l]];
  const MatrixXd m = shrink(criterion_.state().templates[group.factor], group.gram);
  VectorXd moment = problem.sum_of_level[l];
  MatrixXd spread = MatrixXd::Zero(m.rows(), m.cols());
  for (Index a = 0; a < group.cross.cols(); ++a) {
    const Index column = group.touched[static_cast<std::size_t>(a)];
    moment -= group.cross.col(a) * criterion_.state().coefficients[column];
    for (Index b = 0; b < group.cross.cols() && column < problem.random_columns; ++b) {
      const Index other = group.touched[static_cast<std::size_t>(b)];
      if (other < problem.random_columns)
        spread += joint_(column, other) * group.cross.col(a) * group.cross.col(b).transpose();
    }
  }
  return {m * moment, variance_ * (m + m * spread * m)};
}

LevelEffects Predictions::level(std::size_t factor, Index level) const {
  const bool eliminated = static_cast<Index>(factor) == criterion_.problem().eliminated_factor;
  LevelEffects effects = eliminated ? of_eliminated(level) : of_rest(factor, level);
  const VectorXd units = table_.factors[factor].scale.cwiseInverse();
  effects.value = effects.value.cwiseProduct(units);
  effects.covariance = units.asDiagonal() * effects.covariance * units.asDiagonal();
  return effects;
}

}  // namespace meridian::models
