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

/// `joint`: T A_uu^-1 T'.
Predictions::Predictions(const Criterion& criterion, const ReducedTable& table)
    : templates_(criterion.state().templates),
      variance_(criterion.state().residual_square / criterion.degrees_of_freedom()) {
  const Problem& problem = criterion.problem();
  const auto joint = criterion.system().covariance(templates_, false, nullptr);
  for (std::size_t f = 0; f < table.factors.size(); ++f) {
    const Index width = problem.structure.factors[f].width;
    const bool eliminated = static_cast<Index>(f) == problem.eliminated_factor;
    const Index levels = eliminated ? static_cast<Index>(problem.group_of_level.size()) : table.factors[f].levels;
    units_.push_back(table.factors[f].scale.cwiseInverse());
    factors_.push_back({MatrixXd(width, levels), MatrixXd(width * width, levels)});
    if (eliminated)
      take_eliminated(criterion, *joint);
    else
      take_rest(criterion, *joint, f, levels);
  }
}

void Predictions::store(std::size_t factor, Index level, const LevelEffects& effects) {
  const VectorXd& units = units_[factor];
  const MatrixXd covariance = units.asDiagonal() * effects.covariance * units.asDiagonal();
  factors_[factor].value.col(level) = effects.value.cwiseProduct(units);
  factors_[factor].covariance.col(level) = covariance.reshaped();
}

void Predictions::take_rest(const Criterion& criterion, const EffectCovariance& joint, std::size_t factor,
                            Index levels) {
  const Problem& problem = criterion.problem();
  const Index width = problem.structure.factors[factor].width;
  for (Index level = 0; level < levels; ++level) {
    const auto rest = static_cast<std::size_t>(problem.first_rest_of_factor[factor] + level);
    store(factor, level,
          {criterion.state().coefficients.segment(problem.rest[rest].first, width), variance_ * joint.of_level(rest)});
  }
}

void Predictions::take_eliminated(const Criterion& criterion, const EffectCovariance& joint) {
  const Problem& problem = criterion.problem();
  MatrixXd spread;
  for (std::size_t level = 0; level < problem.group_of_level.size(); ++level) {
    const std::size_t g = problem.group_of_level[level];
    const EliminatedLevels& group = problem.eliminated[g];
    const MatrixXd m = shrink(templates_[group.factor], group.gram);
    VectorXd moment = problem.sum_of_level[level];
    for (Index a = 0; a < group.cross.cols(); ++a)
      moment -= group.cross.col(a) * criterion.state().coefficients[group.touched[static_cast<std::size_t>(a)]];
    joint.spread(g, group.cross, spread);
    store(group.factor, static_cast<Index>(level), {m * moment, variance_ * (m + m * group.cross * spread * m)});
  }
}

MatrixXd Predictions::shrinkage(std::size_t factor, const MatrixXd& gram) const {
  return shrink(units_[factor].asDiagonal() * templates_[factor], gram);
}

LevelEffects Predictions::level(std::size_t factor, Index level) const {
  const FactorEffects& effects = factors_[factor];
  const Index width = effects.value.rows();
  return {effects.value.col(level), effects.covariance.col(level).reshaped(width, width)};
}

}  // namespace meridian::models
