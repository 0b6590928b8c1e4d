#include "analysis/residual_figures.hpp"

namespace meridian::analysis {

constexpr double kCosineStep = 0.02;

ResidualFigures::ResidualFigures(const panel::Panel& panel, const Layout& layout,
                                 std::map<PersonClass, ResidualMap> maps, double scale)
    : panel_(panel),
      layout_(layout),
      maps_(std::move(maps)),
      scale_(scale),
      quantiles_(percentiles()),
      cells_(kCosineStep) {}

void ResidualFigures::add(const similarity::Tile& tile) {
  visit_classes(panel_, layout_, tile,
                [&](const PersonClass& key, const Eigen::MatrixXd& cosines, const std::vector<std::size_t>&) {
                  const ResidualMap& residual = maps_.at(key);
                  for (Eigen::Index person = 0; person < cosines.rows(); ++person) {
                    const Eigen::VectorXd y = cosines.row(person).transpose();
                    const Eigen::VectorXd e = residual.residuals(y);
                    for (Eigen::Index row = 0; row < e.size(); ++row) {
                      quantiles_.add(e[row] / scale_);
                      if (counting_) cells_.add(y[row] - e[row], e[row] / scale_);
                    }
                  }
                });
}

bool ResidualFigures::next_pass() {
  counting_ = false;
  return quantiles_.next_pass();
}

std::vector<findings::Figure> ResidualFigures::figures() const {
  std::vector<findings::Figure> both = {cells_.figure("cosine"), normal_quantiles(quantiles_.quantiles())};
  finish_residual_figures(both, quantiles_.count());
  return both;
}

}  // namespace meridian::analysis
