#pragma once
// Do the residuals of a model behave as assumed? Over the blocks of a run, where rows are never in memory together.
#include <map>
#include <vector>

#include "analysis/residual_shape.hpp"
#include "analysis/residuals.hpp"
#include "analysis/streamed_quantiles.hpp"

namespace meridian::analysis {

/// Scaled residuals (of a mixed model the conditional ones) counted in cells of (fitted value, residual), and their
/// quantiles.
class ResidualFigures : public StreamedStatistic {
 public:
  /// The maps are those of ResidualQuantiles; `scale` is sigma.
  ResidualFigures(const panel::Panel& panel, const Layout& layout, std::map<PersonClass, ResidualMap> maps,
                  double scale);
  void add(const similarity::Tile& tile) override;
  bool next_pass() override;
  std::vector<findings::Figure> figures() const;

 private:
  const panel::Panel& panel_;
  const Layout& layout_;
  std::map<PersonClass, ResidualMap> maps_;
  double scale_;
  StreamedQuantiles quantiles_;
  ResidualCells cells_;
  bool counting_ = true;  ///< the first pass counts the cells
};

}  // namespace meridian::analysis
