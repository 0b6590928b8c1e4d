#include "analysis/residuals.hpp"

namespace meridian::analysis {

Eigen::VectorXd ResidualMap::residuals(const Eigen::VectorXd& cosines) const {
  if (map.size() > 0) return map * cosines - offset;
  return cosines - offset;
}

ResidualQuantiles::ResidualQuantiles(const panel::Panel& panel, const Layout& layout,
                                     std::map<PersonClass, ResidualMap> maps, double scale)
    : panel_(panel), layout_(layout), maps_(std::move(maps)), scale_(scale), quantiles_({0, 0.25, 0.5, 0.75, 1}) {}

void ResidualQuantiles::add(const similarity::Tile& tile) {
  visit_classes(panel_, layout_, tile,
                [&](const PersonClass& key, const Eigen::MatrixXd& cosines, const std::vector<std::size_t>&) {
                  const ResidualMap& residual = maps_.at(key);
                  for (Eigen::Index person = 0; person < cosines.rows(); ++person) {
                    const Eigen::VectorXd e = residual.residuals(cosines.row(person).transpose());
                    for (Eigen::Index row = 0; row < e.size(); ++row) quantiles_.add(e[row] / scale_);
                  }
                });
}

}  // namespace meridian::analysis
