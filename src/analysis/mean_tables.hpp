#pragma once
// Estimated cell means of a fit and contrasts between them, as tables (R's emmeans).
#include <Eigen/Core>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "analysis/questions.hpp"
#include "findings/table.hpp"
#include "models/design.hpp"
#include "models/family.hpp"
#include "models/fit.hpp"
#include "models/formula.hpp"

namespace meridian::analysis {

/// A fit with all that linear functions of its coefficients need.
struct FittedModel {
  const models::Formula& formula;
  const models::Frame& frame;
  const models::DesignOptions& options;
  const models::Design& design;
  const models::Fit& fit;
  std::function<double(const Eigen::VectorXd&)> df;  ///< of a combination of coefficients; infinite: z tests
  std::optional<models::Family> family;              ///< of a generalized model
  /// What to call the values of coded variables: names[variable][value as text].
  std::map<std::string, std::map<std::string, std::string>> names;
};

/// More cells than this are compared with the first one only.
inline constexpr std::size_t kMostCellsInPairs = 12;

/// cell_means: variables, cell, estimate, std_error, df, conf_low, conf_high; with a family also response,
/// response_low, response_high. contrasts: variables, within, contrast, estimate, std_error, df, statistic, p_value,
/// holm_p_value (over the comparisons with the same variables and within), conf_low, conf_high. Empty cells where the
/// data do not determine the mean. InputError for a variable that is in no fixed term.
std::vector<findings::Table> mean_tables(const FittedModel& model, const std::vector<MeansRequest>& requests,
                                         const std::vector<CellContrast>& cell_contrasts, double level);

}  // namespace meridian::analysis
