#pragma once
// Intervals from replicates and permutation tests as a reader wants them: a figure, and one sentence for the summary.
#include <Eigen/Core>
#include <optional>
#include <string>

#include "findings/figure.hpp"

namespace meridian::uncertainty {

/// Fixed effects (without the intercept), contrasts and gaps of an intervals table (interval_table.hpp, or
/// item_intervals) with the model's limits and those of the replicates side by side; nothing if there are none.
/// `replicates`: "500 replicates of scheme two-way".
std::optional<findings::Figure> intervals_figure(const findings::Table& intervals, const std::string& replicates);

/// "rq1, 500 replicates of scheme two-way: nation -0.179, 95 % limits -0.206 to -0.151 (the model's: ...)." Empty
/// without an effect named "nation".
std::string intervals_sentence(const findings::Table& intervals, const std::string& analysis,
                               const std::string& replicates);

/// The statistics of `observed` (permutation.hpp), six at most, each as a histogram of `permuted` (permutations x
/// rows of observed) with the observed value; nothing where no statistic varies. `exchanged`: of
/// exchange_words.
std::optional<findings::Figure> permutation_figure(const findings::Table& observed, const Eigen::MatrixXd& permuted,
                                                   const std::string& exchanged);

/// "rq1, permutation test of origin (184756 permutations): origin p = .667; nation:origin p = .953." of the first
/// four rows of a permutation table.
std::string permutation_sentence(const findings::Table& permutation, const std::string& analysis,
                                 const std::string& test);

}  // namespace meridian::uncertainty
