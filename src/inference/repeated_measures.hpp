#pragma once
// Analysis of variance of subjects measured in every level of one factor, with or without groups of subjects: one-way
// repeated measures, and the group x level design. Symbols and sources: docs/statistics.md, "Repeated measures".
#include <cstddef>
#include <vector>

namespace meridian::inference {

enum class ErrorModel {
  split_plot,   ///< groups against subjects within groups, levels and interaction against the residual
  model_fixed,  ///< everything against the residual that a fixed effect per subject leaves
};

/// Numbers that do not exist (no variance left, too few subjects) are NaN.
struct Effect {
  double sum_sq = 0, error_sum_sq = 0;
  double df = 0, error_df = 0;
  double f = 0, p_value = 0;
  double partial_eta_sq = 0;  ///< SS / (SS + error SS)
  double p_gg = 0, p_hf = 0;  ///< degrees of freedom times epsilon; NaN for the effect of groups
};

struct RepeatedMeasures {
  Effect level, group, interaction;  ///< group and interaction are NaN with a single group
  double epsilon_gg = 0;             ///< Greenhouse & Geisser (1959)
  double epsilon_hf = 0;             ///< Huynh & Feldt (1976) with Lecoutre's (1991) correction, at most 1
  /// All subjects have the same mean over the levels (rankings of the same items): the effect of groups is zero by
  /// construction and reported as F = 0, p = 1.
  bool equal_means = false;
};

/// `rows`: one per subject, one value per level (at least two), none missing. `group_of_row`: 0, 1, ... without gaps;
/// all 0 for a one-way analysis. Type III sums of squares with sum-to-zero coding for groups of any size.
/// Throws Error(bug) if the shapes do not fit.
RepeatedMeasures repeated_measures(const std::vector<std::vector<double>>& rows,
                                   const std::vector<std::size_t>& group_of_row,
                                   ErrorModel error = ErrorModel::split_plot);

}  // namespace meridian::inference
