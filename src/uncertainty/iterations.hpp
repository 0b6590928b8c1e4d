#pragma once
// The models asked again: valid answers of every cell drawn with replacement, as many as there are. People stay, and
// with them the moments of their unit vectors, of which all cosines are linear functions: a replicate costs the same
// however many people there are. docs/statistics.md, "Iterations as a sample".
#include <Eigen/Core>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "analysis/person_class.hpp"
#include "analysis/study.hpp"
#include "models/random_structure.hpp"
#include "uncertainty/resampled.hpp"

namespace meridian::uncertainty {

class IterationSampler {
 public:
  /// `classes` as Sample::classes; study and sample must outlive the sampler. InputError unless every answer that the
  /// analysis needs has its single trials.
  IterationSampler(const analysis::Study& study, std::size_t analysis, const Sample& sample,
                   const std::vector<analysis::PersonClass>& classes, const models::RandomStructure& structure);

  struct Draw {
    Resampled data;  ///< NaN where a drawn vector is shorter than its noise
    /// Per nation, items x models of the layout: unit vectors of variant "none", averaged over conditions.
    std::vector<Eigen::MatrixXd> directions;
  };
  /// Replicate `index` of `seed`.
  Draw draw(std::uint64_t seed, std::uint64_t index) const;
  /// Cells of the files read with one valid answer only: drawing cannot show their noise.
  std::size_t single_answers() const;

 private:
  /// People of a class as unit vectors over each variant that they have, one after the other.
  struct Cloud {
    std::size_t nation = 0;
    std::vector<std::size_t> rows;           ///< of the layout, per cell
    std::vector<Eigen::Index> first_column;  ///< per cell: where its variant begins
    Eigen::VectorXd mean;                    ///< variants x items
    Eigen::MatrixXd scatter;                 ///< about the mean
    Eigen::MatrixXd loading;                 ///< cells x the people's random columns
  };
  using Key = std::tuple<std::size_t, std::size_t, std::size_t>;  ///< variant, condition, model of the panel
  using Vectors = std::map<Key, Eigen::VectorXd>;

  void add_cloud(const SampleClass& own, const analysis::PersonClass& key, const models::RandomStructure& structure);
  void check_trials() const;
  void measure_noise();
  std::vector<survey::ModelAnswers> drawn_answers(std::uint64_t seed, std::uint64_t index) const;
  Vectors drawn_vectors(const std::vector<survey::ModelAnswers>& answers) const;
  models::PooledClass pooled(std::size_t k, const Vectors& vectors) const;

  const analysis::Study& study_;
  const analysis::Layout& layout_;
  const Sample& sample_;
  std::vector<Cloud> clouds_;
  std::vector<std::size_t> sources_;         ///< indices into Study::models of the files that are read
  std::vector<survey::ModelAnswers> means_;  ///< of those, without the trials: what a draw fills in
  std::map<Key, double> noise_;              ///< what drawing adds to a vector's squared length, expected
};

}  // namespace meridian::uncertainty
