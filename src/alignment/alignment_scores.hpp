#pragma once
// How near distributions lie to people's, per cell of countries and questions, with bootstrap intervals: Table 2 of Cao
// et al. 2025 with every reading of its metrics.
#include <Eigen/Core>
#include <array>
#include <string>
#include <vector>

#include "alignment/splits.hpp"
#include "audit/layer.hpp"

namespace meridian::alignment {

/// One way to predict people's distributions.
struct Method {
  std::string model;                             ///< empty: a baseline, of no model
  std::string name;                              ///< "zero-shot", "zero-shot [ctrl]", "calibrated", ...
  std::vector<std::vector<double>> predictions;  ///< per human record; empty: none
};

/// Whether the predictions are those for another country.
bool is_control(const Method& method);
/// Index of the same model's control of a method, or methods.size().
std::size_t control_of(const std::vector<Method>& methods, std::size_t method);

/// kl(people, prediction), natural log; kl_per_option is the loss of Cao et al., kl / K.
enum class Measure : std::size_t { sim_js, emd_vec, sim_js2, emd_ord_norm, kl, kl_per_option };
inline constexpr std::size_t kMeasures = 6;
inline const std::array<const char*, kMeasures> kMeasureNames{"sim_js",       "emd_vec", "sim_js2",
                                                              "emd_ord_norm", "kl",      "kl_per_option"};

/// Values by column: method, then cell, then measure. The last cell is the plain mean over the test cells that have
/// values ("Avg." of the printed table).
struct AlignmentScores {
  std::vector<std::string> cells;  ///< names, "mean of test cells" last
  std::size_t methods = 0;
  Eigen::VectorXd values;
  Eigen::MatrixXd replicates;          ///< replicates x columns
  std::vector<std::int64_t> records;   ///< per method and cell: with a value
  std::vector<std::int64_t> infinite;  ///< per method and cell: records left out of kl, where it is infinite
  Eigen::Index column(std::size_t method, std::size_t cell, Measure measure) const;
};

/// Means over records; bootstrap over countries and questions at once (product of Poisson weights, Owen & Eckles 2012).
/// Collective; the same on every rank.
AlignmentScores alignment_scores(const HumanAnswers& humans, const std::vector<SplitCell>& cells,
                                 const std::vector<Method>& methods, const audit::Settings& settings,
                                 const audit::Team& team);

struct Estimate {
  double value = 0, low = 0, high = 0;
};
Estimate score(const AlignmentScores& scores, std::size_t method, std::size_t cell, Measure measure, double confidence);
/// Method `first` minus `second`, replicate by replicate.
Estimate difference(const AlignmentScores& scores, std::size_t first, std::size_t second, std::size_t cell,
                    Measure measure, double confidence);

}  // namespace meridian::alignment
