#include "uncertainty/parametric.hpp"

#include <Eigen/QR>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <numeric>

#include "random/stream.hpp"

namespace meridian::uncertainty {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

VectorXd normals(random::Stream& stream, Index size) {
  VectorXd values(size);
  for (Index i = 0; i < size; ++i) values[i] = stream.normal();
  return values;
}

/// By inversion: one uniform number per draw, whatever the degrees of freedom.
double chi_square(random::Stream& stream, double df) {
  return df > 0 ? 2 * boost::math::gamma_p_inv(df / 2, stream.uniform()) : 0;
}

/// A lower trapezium A with A A' a Wishart matrix of `df` degrees of freedom and unit scale; fewer columns than rows
/// when df is smaller than the dimension (Bartlett 1933; Srivastava 2003 for the singular case).
MatrixXd bartlett(random::Stream& stream, Index dimension, double df) {
  const Index columns = std::min<Index>(dimension, static_cast<Index>(df));
  MatrixXd a = MatrixXd::Zero(dimension, columns);
  for (Index j = 0; j < columns; ++j) {
    a(j, j) = std::sqrt(chi_square(stream, df - static_cast<double>(j)));
    for (Index i = j + 1; i < dimension; ++i) a(i, j) = stream.normal();
  }
  return a;
}

/// Lower Cholesky factor of basis' S basis = sigma^2 I + own own'.
MatrixXd factor_of(const MatrixXd& projected_own, double sigma) {
  MatrixXd covariance = projected_own * projected_own.transpose();
  covariance.diagonal().array() += sigma * sigma;
  return covariance.llt().matrixL();
}

}  // namespace

DrawnModel fitted_model(const Sample& sample, const models::Refitter& refitter) {
  const models::Fit& fit = refitter.full();
  DrawnModel model{sample.design, sample.pooled, refitter.structure(), {}, {}, fit.beta, fit.theta, fit.sigma};
  for (const SampleClass& one : sample.classes) {
    model.blocks.push_back(one.block);
    model.people.push_back(static_cast<double>(one.members.size()));
  }
  return model;
}

ParametricSampler::ParametricSampler(DrawnModel model) : model_(std::move(model)) {
  const models::RandomStructure& structure = model_.structure;
  structure.fill_templates(model_.theta, templates_);
  for (MatrixXd& l : templates_) l *= model_.sigma;
  for (std::size_t k = 0; k < model_.blocks.size(); ++k) {
    const models::ClassBlock& block = model_.blocks[k];
    ClassModel one;
    one.count = model_.people[k];
    one.fixed = model_.design.x.middleRows(block.first_row, block.rows) * model_.beta;
    one.root = models::root_weights(model_.design, block);
    MatrixXd z(block.rows, 0);
    one.own = z;
    for (std::size_t f = 0; f < structure.factors.size(); ++f) {
      if (structure.factors[f].name != model_.pooled) continue;
      z = models::weighted_columns(model_.design, structure.factors[f], block);
      one.own = z * templates_[f];
    }
    const Eigen::ColPivHouseholderQR<MatrixXd> qr(z);
    const Index rank = z.cols() == 0 ? 0 : qr.rank();
    one.basis = MatrixXd::Identity(block.rows, rank);
    if (rank > 0) one.basis = qr.householderQ() * one.basis;
    one.projected_own = one.basis.transpose() * one.own;
    one.loading = one.basis.transpose() * z;
    classes_.push_back(std::move(one));
  }
}

Resampled ParametricSampler::draw(std::uint64_t seed, std::uint64_t index) const {
  random::Stream stream(seed, "parametric", index);
  const models::RandomStructure& structure = model_.structure;
  const double sigma = model_.sigma;
  VectorXd shared = VectorXd::Zero(model_.design.x.rows());  // effects of all factors but the people's
  for (std::size_t f = 0; f < structure.factors.size(); ++f) {
    const models::GroupingFactor& factor = structure.factors[f];
    if (factor.name == model_.pooled) continue;
    const models::RandomTerm& first = model_.design.random[factor.terms.front()];
    MatrixXd effects(factor.width, static_cast<Index>(first.levels.size()));
    for (Index level = 0; level < effects.cols(); ++level)
      effects.col(level) = templates_[f] * normals(stream, factor.width);
    Index offset = 0;
    for (const std::size_t t : factor.terms) {
      const models::RandomTerm& term = model_.design.random[t];
      for (Index row = 0; row < shared.size(); ++row)
        shared[row] +=
            term.z.row(row).dot(effects.col(term.level[static_cast<std::size_t>(row)]).segment(offset, term.z.cols()));
      offset += term.z.cols();
    }
  }
  Resampled replicate;
  replicate.design = model_.design;
  replicate.row_of.resize(static_cast<std::size_t>(model_.design.x.rows()));
  std::iota(replicate.row_of.begin(), replicate.row_of.end(), Index{0});
  for (std::size_t k = 0; k < classes_.size(); ++k) {
    const ClassModel& model = classes_[k];
    const models::ClassBlock& block = model_.blocks[k];
    models::PooledClass pooled{block, model.count, {}, {}, 0};
    const VectorXd own = model.own * normals(stream, model.own.cols());
    const VectorXd noise = own + sigma * normals(stream, block.rows);
    pooled.mean = model.fixed + shared.segment(block.first_row, block.rows) +
                  noise.cwiseQuotient(model.root) / std::sqrt(model.count);
    const Index rank = model.basis.cols();
    const MatrixXd scatter = factor_of(model.projected_own, sigma) * bartlett(stream, rank, model.count - 1);
    const MatrixXd projected = model.loading.transpose() * scatter;
    pooled.projected = projected * projected.transpose();
    pooled.trace = scatter.squaredNorm() +
                   sigma * sigma * chi_square(stream, (model.count - 1) * static_cast<double>(block.rows - rank));
    replicate.classes.push_back(std::move(pooled));
    replicate.class_of.push_back(k);
  }
  return replicate;
}

}  // namespace meridian::uncertainty
