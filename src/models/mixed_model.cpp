#include "models/mixed_model.hpp"

#include <cmath>

#include "error.hpp"
#include "models/coefficient_table.hpp"
#include "models/description.hpp"
#include "models/predictions.hpp"

namespace meridian::models {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

struct MixedModel::Parts {
  Design design;  ///< template; needed for predictions only
  std::string pooled;
  std::vector<PooledClass> classes;
  FitOptions options;
  RandomStructure structure;
  ReducedTable table;  ///< its rows released
  Optimum optimum;
  CoefficientCovariance covariance;
  std::optional<KenwardRoger> kenward_roger;
  std::unique_ptr<Predictions> predictions;
  Fit fit;

  void estimate();
  double degrees_of_freedom(const VectorXd& contrast) const;
  void describe(const Criterion& criterion);
  void list_effects();
};

namespace {

/// Coefficients of the original columns of X.
VectorXd original_coefficients(const Criterion& criterion, const ReducedTable& table) {
  const VectorXd conditioned = criterion.state().spherical.tail(criterion.problem().fixed_columns);
  return table.shift + table.basis.triangularView<Eigen::Upper>().solve(conditioned);
}

}  // namespace

void MixedModel::Parts::estimate() {
  const bool adjusts = options.small_sample == SmallSample::kenward_roger;
  if (adjusts && options.method != Method::reml)
    throw InputError("Kenward-Roger degrees of freedom", "maximum likelihood", "REML",
                     "Fit by REML, or take Satterthwaite's degrees of freedom");
  structure = random_structure(design.random, pooled, people_in(classes));
  check_estimable(design, structure, classes);
  table = reduce_table(design, structure, pooled, classes);
  const Problem problem = build_problem(structure, table);
  check_residual_variation(table, problem);
  release_rows(table);
  Criterion criterion(problem, options.method);
  const Index parameters = static_cast<Index>(structure.theta.size());
  if (options.start.size() != 0 && options.start.size() != parameters)
    throw InputError("start of theta", std::to_string(options.start.size()) + " values", std::to_string(parameters),
                     "Leave it empty or give one value per variance parameter");
  const VectorXd units = theta_units(structure, table.factors);
  optimum = minimise(criterion, options.start.size() == 0 ? structure.start() : options.start.cwiseQuotient(units));
  covariance = coefficient_covariance(criterion, optimum, table.basis);
  if (adjusts) kenward_roger = models::kenward_roger(criterion, table.basis);
  predictions = std::make_unique<Predictions>(criterion, table);
  optimum.theta = optimum.theta.cwiseProduct(units);
  optimum.gradient = optimum.gradient.cwiseQuotient(units);
  describe(criterion);
}

double MixedModel::Parts::degrees_of_freedom(const VectorXd& contrast) const {
  return kenward_roger ? kenward_roger->degrees_of_freedom(contrast) : covariance.degrees_of_freedom(contrast);
}

void MixedModel::Parts::describe(const Criterion& criterion) {
  fit.formula = options.formula;
  fit.method = options.method;
  fit.small_sample = options.small_sample;
  fit.nobs = static_cast<std::size_t>(std::llround(table.observations));
  fit.theta = optimum.theta;
  fit.theta_names = structure.theta_names;
  fit.pwrss = criterion.state().residual_square;
  fit.sigma = std::sqrt(fit.pwrss / criterion.degrees_of_freedom());
  fit.criterion = optimum.value;
  fit.loglik = -optimum.value / 2;
  fit.beta = original_coefficients(criterion, table);
  fit.vcov = kenward_roger ? kenward_roger->adjusted : covariance.vcov;
  fit.aliased = design.aliased;
  const auto df = [&](Index i) { return degrees_of_freedom(VectorXd::Unit(fit.beta.size(), i)); };
  fit.coefficients = coefficient_table(design.names, fit.beta, fit.vcov, df, options.confidence);
  fit.evaluations = criterion.evaluations();
  describe_variances(structure, fit);
  fit.variance_components.push_back({"Residual", "", "", fit.sigma * fit.sigma, fit.sigma});
  describe_convergence(structure.theta_names, optimum, fit);
}

void MixedModel::Parts::list_effects() {
  for (std::size_t t = 0; t < structure.terms.size(); ++t) {
    const std::size_t f = structure.terms[t].factor;
    bool listed = static_cast<Index>(f) == table.pooled;
    for (std::size_t before = 0; before < t; ++before) listed = listed || structure.terms[before].factor == f;
    if (listed) continue;
    const GroupingFactor& factor = structure.factors[f];
    const std::vector<std::string>& levels = design.random[factor.terms.front()].levels;
    for (std::size_t level = 0; level < levels.size(); ++level) {
      const LevelEffects effects = predictions->level(f, static_cast<Index>(level));
      for (Index j = 0; j < factor.width; ++j)
        fit.random_effects.push_back({factor.name, levels[level], factor.columns[static_cast<std::size_t>(j)],
                                      effects.value[j], std::sqrt(effects.covariance(j, j))});
    }
  }
}

MixedModel::MixedModel(Design design, const std::string& pooled, std::vector<PooledClass> classes,
                       const FitOptions& options)
    : parts_(std::make_unique<Parts>()) {
  parts_->design = std::move(design);
  parts_->pooled = pooled;
  parts_->classes = std::move(classes);
  parts_->options = options;
  parts_->estimate();  // the equations, most of the memory, end with it
  parts_->list_effects();
}

MixedModel::~MixedModel() = default;
MixedModel::MixedModel(MixedModel&&) noexcept = default;

const Fit& MixedModel::fit() const { return parts_->fit; }
Fit& MixedModel::fit() { return parts_->fit; }
const CoefficientCovariance& MixedModel::covariance() const { return parts_->covariance; }
const std::optional<KenwardRoger>& MixedModel::kenward_roger() const { return parts_->kenward_roger; }
double MixedModel::contrast_df(const VectorXd& l) const { return parts_->degrees_of_freedom(l); }

Coefficient MixedModel::contrast(const std::string& name, const VectorXd& l) const {
  const Fit& fit = parts_->fit;
  return t_test(name, l.dot(fit.beta), std::sqrt(l.dot(fit.vcov * l)), contrast_df(l), parts_->options.confidence);
}

PersonMaps MixedModel::person_maps(std::size_t k) const {
  const Parts& parts = *parts_;
  const PooledClass& one = parts.classes.at(k);
  const ClassBlock& block = one.block;
  const Predictions& predictions = *parts.predictions;
  VectorXd shared = parts.design.x.middleRows(block.first_row, block.rows) * parts.fit.beta;
  const VectorXd root = root_weights(parts.design, block);
  for (std::size_t f = 0; f < parts.structure.factors.size(); ++f) {
    if (static_cast<Index>(f) == parts.table.pooled) continue;
    const GroupingFactor& factor = parts.structure.factors[f];
    const MatrixXd z = weighted_columns(parts.design, factor, block);
    const std::vector<std::int32_t>& level = parts.design.random[factor.terms.front()].level;
    for (Index r = 0; r < block.rows; ++r)
      shared[r] +=
          z.row(r).dot(predictions.level(f, level[static_cast<std::size_t>(block.first_row + r)]).value) / root[r];
  }
  PersonMaps maps;
  maps.residual_map = MatrixXd::Identity(block.rows, block.rows);
  if (parts.table.pooled >= 0) {
    const auto pooled = static_cast<std::size_t>(parts.table.pooled);
    const MatrixXd z = weighted_columns(parts.design, parts.structure.factors[pooled], block);
    const MatrixXd m = predictions.shrinkage(pooled, z.transpose() * z);
    maps.effect_map = m * z.transpose() * root.asDiagonal();
    maps.effect_offset = maps.effect_map * shared;
    maps.residual_map -= root.cwiseInverse().asDiagonal() * z * maps.effect_map;
    const MatrixXd mean = predictions.level(pooled, static_cast<Index>(k)).covariance / one.count;
    maps.effect_covariance = mean + (1 - 1 / one.count) * predictions.variance() * m;
  }
  maps.residual_offset = maps.residual_map * shared;
  return maps;
}

}  // namespace meridian::models
