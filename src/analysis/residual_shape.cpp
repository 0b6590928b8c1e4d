#include "analysis/residual_shape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "analysis/streamed_quantiles.hpp"

namespace meridian::analysis {
namespace {

constexpr double kResidualStep = 0.2;
constexpr int kQuantiles = 99;
constexpr Eigen::Index kMostPoints = 1000;
constexpr double kCells = 50;  ///< about so many steps over the range of the fitted values

void name_axes(const std::string& unit, findings::Figure& figure) {
  figure.x = {.title = "Fitted value", .unit = unit};
  figure.y = {.title = "Residual", .unit = "sigma", .reference = 0.0};
  figure.caption = "Conditional residuals, scaled by sigma. The model assumes the same spread everywhere and no bend.";
}

/// 1, 2 or 5 times a power of ten.
double round_step(double step) {
  if (!(step > 0)) return 1;
  const double power = std::pow(10, std::floor(std::log10(step)));
  for (const double digit : {1.0, 2.0, 5.0})
    if (digit * power >= step) return digit * power;
  return 10 * power;
}

findings::Figure points(const Eigen::VectorXd& fitted, const Eigen::VectorXd& scaled) {
  findings::Figure figure =
      findings::make_figure(findings::FigureKind::scatter, "residuals_fitted", "Residuals against fitted values");
  for (Eigen::Index row = 0; row < fitted.size(); ++row) figure.add({{}, {}, {}, fitted[row], scaled[row]});
  return figure;
}

std::vector<double> quantiles_of(const Eigen::VectorXd& values) {
  StreamedQuantiles quantiles(percentiles());
  do
    for (const double value : values) quantiles.add(value);
  while (quantiles.next_pass());
  return quantiles.quantiles();
}

}  // namespace

void ResidualCells::add(double fitted, double residual) {
  ++counts_[{static_cast<int>(std::floor(fitted / fitted_step_)),
             static_cast<int>(std::floor(residual / kResidualStep))}];
}

findings::Figure ResidualCells::figure(const std::string& unit) const {
  findings::Figure figure =
      findings::make_figure(findings::FigureKind::tiles, "residuals_fitted", "Residuals against fitted values");
  for (const auto& [cell, count] : counts_)
    figure.add({{},
                cell.first * fitted_step_,
                (cell.first + 1) * fitted_step_,
                cell.second * kResidualStep,
                (cell.second + 1) * kResidualStep,
                static_cast<double>(count)});
  name_axes(unit, figure);
  figure.z.title = "Rows";
  return figure;
}

std::vector<double> percentiles() {
  std::vector<double> values;
  for (int i = 1; i <= kQuantiles; ++i) values.push_back(i / (kQuantiles + 1.0));
  return values;
}

findings::Figure normal_quantiles(const std::vector<double>& observed) {
  findings::Figure figure =
      findings::make_figure(findings::FigureKind::scatter, "residuals_normal", "Quantiles of the residuals");
  const std::vector<double> levels = percentiles();
  for (std::size_t i = 0; i < levels.size(); ++i)
    figure.add({{}, {}, {}, boost::math::quantile(boost::math::normal(), levels[i]), observed[i]});
  figure.x = {.title = "Quantile of the normal distribution"};
  figure.y = {.title = "Quantile of the residuals", .unit = "sigma", .identity = true};
  figure.caption = "Percentiles 1 to 99 of the scaled conditional residuals; normal ones lie on the dashed line.";
  return figure;
}

void finish_residual_figures(std::vector<findings::Figure>& figures, std::uint64_t rows) {
  for (findings::Figure& figure : figures) {
    figure.sample = fmt::format("{} rows", rows);
    figure.alt = figure.title + ": " + figure.caption;
  }
}

std::vector<findings::Figure> residual_figures(const Eigen::VectorXd& fitted, const Eigen::VectorXd& scaled,
                                               const std::string& unit) {
  std::vector<findings::Figure> figures;
  if (fitted.size() <= kMostPoints) {
    figures.push_back(points(fitted, scaled));
    name_axes(unit, figures.back());
  } else {
    ResidualCells cells(round_step((fitted.maxCoeff() - fitted.minCoeff()) / kCells));
    for (Eigen::Index row = 0; row < fitted.size(); ++row) cells.add(fitted[row], scaled[row]);
    figures.push_back(cells.figure(unit));
  }
  figures.push_back(normal_quantiles(quantiles_of(scaled)));
  finish_residual_figures(figures, static_cast<std::uint64_t>(fitted.size()));
  return figures;
}

}  // namespace meridian::analysis
