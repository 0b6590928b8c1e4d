#pragma once
// Class statistics of a replicate, from weights of people and multiplicities of columns; the observations themselves
// are never copied. Equations: docs/statistics.md, "Resampling never touches the long table".
#include <Eigen/Core>
#include <vector>

#include "models/random_structure.hpp"
#include "uncertainty/sample.hpp"

namespace meridian::uncertainty {

/// A replicate as models::Refitter takes it. Classes of nobody are left out, with their rows.
struct Resampled {
  models::Design design;
  std::vector<models::PooledClass> classes;
  std::vector<std::size_t> class_of;  ///< per class: index into Sample::classes
  std::vector<Eigen::Index> row_of;   ///< per row of the design: row of the sample's template
};

/// Weights of people alone: sums over people are one matrix product per class and batch.
class PeopleResampler {
 public:
  PeopleResampler(const Sample& sample, const models::RandomStructure& structure);
  /// One per row of `weights` (replicates x people). Shapes, and so the bits, depend on the batch only.
  std::vector<Resampled> resample(const Eigen::MatrixXd& weights) const;

 private:
  const Sample& sample_;
  std::vector<Eigen::MatrixXd> loading_;   ///< per class: Zp' W, width x cells (W: prior weights)
  std::vector<Eigen::VectorXd> weight_;    ///< per class: prior weights of its cells
  std::vector<Eigen::MatrixXd> features_;  ///< per class: members x [1 | deviations | products of Zp'W d | d'W d]
};

/// Columns taken `columns[c]` times, each copy a level of its own; `people`: one weight each.
class TwoWayResampler {
 public:
  TwoWayResampler(const Sample& sample, const models::RandomStructure& structure);
  Resampled resample(const Eigen::VectorXd& people, const Eigen::VectorXd& columns) const;

 private:
  const Sample& sample_;
  const models::RandomStructure& structure_;
  std::vector<bool> nested_;              ///< per random term: are its levels within column units
  std::vector<Eigen::MatrixXd> squares_;  ///< per class: squared deviations
};

}  // namespace meridian::uncertainty
