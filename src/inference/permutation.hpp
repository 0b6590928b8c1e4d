#pragma once
// From a statistic and its values under permutations to p-values. Phipson & Smyth (2010), Stat. Appl. Genet. Mol.
// Biol. 9(1); Westfall & Young (1993), "Resampling-Based Multiple Testing", algorithms 2.5 and 2.8.
#include <Eigen/Core>
#include <cstdint>
#include <vector>

namespace meridian::inference {

/// Whether the permutations are all there are (the observed one among them) or a random sample of them.
enum class Permuted { all, sampled };

/// What counts as a tie, relative to the observed statistic: rounding of sums; the end of a search for an optimum.
inline constexpr double kRoundingTie = 1e-12, kOptimumTie = 1e-5;

struct PermutationP {
  std::int64_t reached = 0;  ///< permutations with |T*| >= |T| (1 - tie); NaN counts as reaching it
  double p = 0;              ///< b/m when all, else (b + 1)/(m + 1)
  double low = 0, high = 0;  ///< 95 % Clopper-Pearson limits of the exact p when sampled; p itself when all
};

/// Two-sided. NaN when the observed statistic is NaN or there is no permutation.
PermutationP permutation_p(double observed, const Eigen::VectorXd& permuted, Permuted how, double tie = kRoundingTie);

/// p-values adjusted for all columns by the largest |T| of each permutation (one row). Strong control of the
/// family-wise error needs subset pivotality; otherwise it is weak.
struct MaxT {
  std::vector<double> single_step, step_down;
};
MaxT max_t(const Eigen::VectorXd& observed, const Eigen::MatrixXd& permuted, Permuted how, double tie = kRoundingTie);

/// Welch's t of the units labelled 1 against those labelled 0, one per column of units x columns. Swapping the groups
/// changes the sign and not a bit more, so that complementary relabellings tie exactly.
Eigen::VectorXd relabelled_welch_t(const Eigen::MatrixXd& units, const std::vector<std::uint8_t>& labels);

/// Student's t of the units' mean after changing the sign of those labelled 1, one per column.
Eigen::VectorXd flipped_t(const Eigen::MatrixXd& units, const std::vector<std::uint8_t>& labels);

}  // namespace meridian::inference
