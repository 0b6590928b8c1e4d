#include "analysis/residual_figures.hpp"

#include <fmt/format.h>

#include <boost/math/distributions/normal.hpp>
#include <cmath>

namespace meridian::analysis {
namespace {

constexpr double kFittedStep = 0.02, kResidualStep = 0.2;
constexpr int kQuantiles = 99;

std::vector<double> probabilities() {
  std::vector<double> values;
  for (int i = 1; i <= kQuantiles; ++i) values.push_back(i / (kQuantiles + 1.0));
  return values;
}

}  // namespace

ResidualFigures::ResidualFigures(const panel::Panel& panel, const Layout& layout,
                                 std::map<PersonClass, ResidualMap> maps, double scale)
    : panel_(panel), layout_(layout), maps_(std::move(maps)), scale_(scale), quantiles_(probabilities()) {}

void ResidualFigures::add(const similarity::Tile& tile) {
  visit_classes(panel_, layout_, tile,
                [&](const PersonClass& key, const Eigen::MatrixXd& cosines, const std::vector<std::size_t>&) {
                  const ResidualMap& residual = maps_.at(key);
                  for (Eigen::Index person = 0; person < cosines.rows(); ++person) {
                    const Eigen::VectorXd y = cosines.row(person).transpose();
                    const Eigen::VectorXd e = residual.map * y - residual.offset;
                    for (Eigen::Index row = 0; row < e.size(); ++row) {
                      quantiles_.add(e[row] / scale_);
                      if (counting_)
                        ++cells_[{static_cast<int>(std::floor((y[row] - e[row]) / kFittedStep)),
                                  static_cast<int>(std::floor(e[row] / scale_ / kResidualStep))}];
                    }
                  }
                });
}

bool ResidualFigures::next_pass() {
  counting_ = false;
  return quantiles_.next_pass();
}

findings::Figure ResidualFigures::against_fitted() const {
  findings::Figure figure =
      findings::make_figure(findings::FigureKind::tiles, "residuals_fitted", "Residuals against fitted values");
  for (const auto& [cell, count] : cells_)
    figure.add({{},
                cell.first * kFittedStep,
                (cell.first + 1) * kFittedStep,
                cell.second * kResidualStep,
                (cell.second + 1) * kResidualStep,
                static_cast<double>(count)});
  figure.x = {.title = "Fitted value", .unit = "cosine"};
  figure.y = {.title = "Residual", .unit = "sigma", .reference = 0.0};
  figure.z.title = "Rows";
  figure.caption = "Conditional residuals, scaled by sigma. The model assumes the same spread everywhere and no bend.";
  return figure;
}

findings::Figure ResidualFigures::against_normal() const {
  findings::Figure figure =
      findings::make_figure(findings::FigureKind::scatter, "residuals_normal", "Quantiles of the residuals");
  const std::vector<double> levels = probabilities(), observed = quantiles_.quantiles();
  for (std::size_t i = 0; i < levels.size(); ++i)
    figure.add({{}, {}, {}, boost::math::quantile(boost::math::normal(), levels[i]), observed[i]});
  figure.x = {.title = "Quantile of the normal distribution"};
  figure.y = {.title = "Quantile of the residuals", .unit = "sigma", .identity = true};
  figure.caption = "Percentiles 1 to 99 of the scaled conditional residuals; normal ones lie on the dashed line.";
  return figure;
}

std::vector<findings::Figure> ResidualFigures::figures() const {
  std::vector<findings::Figure> both = {against_fitted(), against_normal()};
  for (findings::Figure& figure : both) {
    figure.sample = fmt::format("{} rows", quantiles_.count());
    figure.alt = figure.title + ": " + figure.caption;
  }
  return both;
}

}  // namespace meridian::analysis
