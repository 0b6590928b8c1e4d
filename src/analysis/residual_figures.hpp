#pragma once
// Do the residuals of a mixed model behave as assumed? Against the fitted values (equal spread, no bend) and against
// the normal distribution.
#include <map>
#include <vector>

#include "analysis/residuals.hpp"
#include "analysis/streamed_quantiles.hpp"
#include "findings/figure.hpp"

namespace meridian::analysis {

/// Scaled conditional residuals counted in cells of (fitted value, residual), and their quantiles.
class ResidualFigures : public StreamedStatistic {
 public:
  /// The maps are those of ResidualQuantiles; `scale` is sigma.
  ResidualFigures(const panel::Panel& panel, const Layout& layout, std::map<PersonClass, ResidualMap> maps,
                  double scale);
  void add(const similarity::Tile& tile) override;
  bool next_pass() override;
  std::vector<findings::Figure> figures() const;

 private:
  findings::Figure against_fitted() const;
  findings::Figure against_normal() const;
  const panel::Panel& panel_;
  const Layout& layout_;
  std::map<PersonClass, ResidualMap> maps_;
  double scale_;
  StreamedQuantiles quantiles_;
  std::map<std::pair<int, int>, std::int64_t> cells_;  ///< counts by steps of 0.02 cosine and 0.2 sigma
  bool counting_ = true;                               ///< the first pass counts the cells
};

}  // namespace meridian::analysis
