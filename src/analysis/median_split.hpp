#pragma once
// The study's chi-square test per model: nation x (cosine above the model's median over all people), Yates' correction.
#include <vector>

#include "analysis/layout.hpp"
#include "analysis/streamed_quantiles.hpp"
#include "analysis/streamed_statistic.hpp"
#include "findings/table.hpp"

namespace meridian::analysis {

/// Looks at the rows of variant "none". With several conditions per person a model's median is over all of them.
class MedianSplit : public StreamedStatistic {
 public:
  MedianSplit(const panel::Panel& panel, const Layout& layout);
  void add(const similarity::Tile& tile) override;
  bool next_pass() override;
  /// chi_square: llm, llm_name, origin, median, above_1, below_1, above_2, below_2, statistic, df, p_value.
  findings::Table table() const;

 private:
  void count(std::size_t model, std::int32_t nation, double cosine);
  const panel::Panel& panel_;
  const Layout& layout_;
  std::vector<StreamedQuantiles> medians_;         ///< per model of the layout
  std::vector<std::vector<std::int64_t>> counts_;  ///< per model: above and not above, nation by nation
  bool counting_ = false;
};

}  // namespace meridian::analysis
