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
      variance_(criterion.state().residual_square / criterion.degrees_of_freedom()),
      joint_(criterion.system().covariance(criterion.state().templates, false, nullptr)) {}

MatrixXd Predictions::shrinkage(std::size_t factor, const MatrixXd& gram) const {
  const VectorXd units = table_.factors[factor].scale.cwiseInverse();
  return shrink(units.asDiagonal() * criterion_.state().templates[factor], gram);
}

LevelEffects Predictions::of_rest(std::size_t factor, Index level) const {
  const Problem& problem = criterion_.problem();
  const Index width = problem.structure.factors[factor].width;
  const auto rest = static_cast<std::size_t>(problem.first_rest_of_factor[factor] + level);
  return {criterion_.state().coefficients.segment(problem.rest[rest].first, width), variance_ * joint_->of_level(rest)};
}

LevelEffects Predictions::of_eliminated(Index level) const {
  const Problem& problem = criterion_.problem();
  const auto l = static_cast<std::size_t>(level);
  const std::size_t g = problem.group_of_level[l];
  const EliminatedLevels& group = problem.eliminated[g];
  const MatrixXd m = shrink(criterion_.state().templates[group.factor], group.gram);
  VectorXd moment = problem.sum_of_level[l];
  for (Index a = 0; a < group.cross.cols(); ++a)
    moment -= group.cross.col(a) * criterion_.state().coefficients[group.touched[static_cast<std::size_t>(a)]];
  MatrixXd joint;
  joint_->spread(g, group.cross, joint);
  return {m * moment, variance_ * (m + m * group.cross * joint * m)};
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
