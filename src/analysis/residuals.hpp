#pragma once
// Five-number summaries of residuals over the blocks: scaled conditional residuals of a mixed model, plain ones of a
// least-squares fit. A person's residuals are a linear map of their cosines (docs/statistics.md).
#include <functional>

#include "analysis/moments.hpp"
#include "analysis/streamed_quantiles.hpp"
#include "analysis/streamed_statistic.hpp"

namespace meridian::analysis {

/// residuals of a person of a class = map * cosines - offset.
struct ResidualMap {
  Eigen::MatrixXd map;  ///< rows x rows; empty: the identity
  Eigen::VectorXd offset;

  Eigen::VectorXd residuals(const Eigen::VectorXd& cosines) const;
};

class ResidualQuantiles : public StreamedStatistic {
 public:
  ResidualQuantiles(const panel::Panel& panel, const Layout& layout, std::map<PersonClass, ResidualMap> maps,
                    double scale);
  void add(const similarity::Tile& tile) override;
  bool next_pass() override { return quantiles_.next_pass(); }
  /// min, q1, median, q3, max.
  std::vector<double> five_numbers() const { return quantiles_.quantiles(); }

 private:
  const panel::Panel& panel_;
  const Layout& layout_;
  std::map<PersonClass, ResidualMap> maps_;
  double scale_;
  StreamedQuantiles quantiles_;
};

}  // namespace meridian::analysis
