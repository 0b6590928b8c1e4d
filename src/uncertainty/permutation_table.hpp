#pragma once
// From the observed statistics and their values under permutation to the tables that people read.
#include <Eigen/Core>
#include <string>
#include <vector>

#include "findings/table.hpp"

namespace meridian::uncertainty {

/// What the observed table says of all its rows.
struct ObservedFrame {
  std::string unit;  ///< what is exchanged: "models", "people"
  std::size_t units = 0;
  std::string statistic;  ///< in words, for the caption
  double tie = 0;         ///< relative tolerance of ties (inference/permutation.hpp)
  bool centred = false;   ///< the null does not put the statistic at 0: compared with its mean over the permutations
};

/// Table `observed`, without the last column `null_hypothesis`: term, family, unit, units, estimate, statistic, tie,
/// centre ("zero" or "permutations").
findings::Table observed_table(const ObservedFrame& frame, const std::vector<std::string>& terms,
                               const std::vector<std::string>& families, const Eigen::VectorXd& estimate,
                               const Eigen::VectorXd& statistic);

/// Table `permutation`: the observed statistics with their mean under permutation, p, its 95 % Clopper-Pearson limits,
/// the number of permutations, how they were got, and the p-values adjusted by max-T over the rows of its family.
/// `permuted`: permutations x rows.
findings::Table permutation_table(const findings::Table& observed, const Eigen::MatrixXd& permuted, bool enumerated);

/// Quantiles of |T| (less its centre) under permutation, one row per statistic.
findings::Table distribution_table(const findings::Table& observed, const Eigen::MatrixXd& permuted);

}  // namespace meridian::uncertainty
