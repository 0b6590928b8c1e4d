#include "uncertainty/sample.hpp"

#include "models/random_structure.hpp"

namespace meridian::uncertainty {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

std::vector<models::PooledClass> full_classes(const Sample& sample, const models::RandomStructure& structure) {
  std::vector<models::PooledClass> classes;
  for (const SampleClass& one : sample.classes) {
    models::PooledClass pooled{one.block, static_cast<double>(one.members.size()), one.mean, {}, 0};
    const VectorXd root = models::root_weights(sample.design, one.block);
    const MatrixXd weighted = one.deviations * root.asDiagonal();
    pooled.trace = weighted.squaredNorm();
    for (const models::GroupingFactor& factor : structure.factors)
      if (factor.name == sample.pooled) {
        const MatrixXd projection = weighted * models::weighted_columns(sample.design, factor, one.block);
        pooled.projected = projection.transpose() * projection;
      }
    classes.push_back(std::move(pooled));
  }
  return classes;
}

std::size_t bytes_of(const Sample& sample) {
  Index numbers = sample.design.x.size();
  for (const SampleClass& one : sample.classes) numbers += one.deviations.size();
  return static_cast<std::size_t>(numbers) * sizeof(double);
}

}  // namespace meridian::uncertainty
