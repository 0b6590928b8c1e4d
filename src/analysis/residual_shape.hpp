#pragma once
// Figures that show whether residuals behave as a linear model assumes: of any rows, however they were streamed.
#include <Eigen/Core>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "findings/figure.hpp"

namespace meridian::analysis {

/// Rows counted in cells of the plane of fitted values (steps as given) and scaled residuals (steps of 0.2 sigma).
class ResidualCells {
 public:
  explicit ResidualCells(double fitted_step) : fitted_step_(fitted_step) {}
  void add(double fitted, double residual);
  /// Tiles; `unit` is that of the response.
  findings::Figure figure(const std::string& unit) const;

 private:
  double fitted_step_;
  std::map<std::pair<int, int>, std::int64_t> counts_;
};

/// The probabilities whose quantiles normal_quantiles() draws: 1 to 99 %.
std::vector<double> percentiles();
/// Quantiles of scaled residuals at percentiles() against those of the normal distribution.
findings::Figure normal_quantiles(const std::vector<double>& observed);

/// Both figures of a long table. Up to 1000 rows are single points, more are counted in cells.
std::vector<findings::Figure> residual_figures(const Eigen::VectorXd& fitted, const Eigen::VectorXd& scaled,
                                               const std::string& unit);

/// Writes sample and alternative text of such figures.
void finish_residual_figures(std::vector<findings::Figure>& figures, std::uint64_t rows);

}  // namespace meridian::analysis
