#pragma once
// Statistics of the refitted mixed model.
#include <string>
#include <vector>

#include "models/cell_means.hpp"
#include "models/refit.hpp"
#include "uncertainty/statistic.hpp"

namespace meridian::uncertainty {

/// A named linear function of the fixed effects.
struct NamedFunction {
  std::string quantity, name;
  Eigen::RowVectorXd row;  ///< over the design's columns
};

/// "NAME = 0.5*nation:origin + nation - (Intercept)". InputError naming the unknown term, with those there are.
NamedFunction parse_contrast(const std::string& text, const std::vector<std::string>& terms);

/// Means of the cells of every fixed term of at most 100 cells, and all their pairwise differences up to eight cells.
/// `labels[variable]` replaces the two codes of a centred variable (lower, higher).
struct CodeLabels {
  std::string variable, lower, higher;
};
std::vector<NamedFunction> cell_functions(const models::Design& design, const models::Formula& formula,
                                          const models::Frame& frame, const models::DesignOptions& options,
                                          const std::vector<CodeLabels>& labels);

/// Status (1: singular, failed), fixed effects and linear functions with their standard errors, variances and
/// correlations, R2 and ICC. `refitter` must outlive the group.
StatisticGroup model_statistics(const Sample& sample, const models::Refitter& refitter,
                                const std::vector<NamedFunction>& functions);

}  // namespace meridian::uncertainty
