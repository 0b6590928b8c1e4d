#pragma once
// The similarity of each model with each nation as single people and their mean: Figs. 1 and 3 of the paper.
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "analysis/moments.hpp"
#include "analysis/streamed_statistic.hpp"
#include "findings/figure.hpp"

namespace meridian::analysis {

/// Takes every k-th person of each nation (60 at most), for all models, all items answered.
class SimilarityPoints : public StreamedStatistic {
 public:
  SimilarityPoints(const panel::Panel& panel, const Layout& layout);
  void add(const similarity::Tile& tile) override;
  bool next_pass() override { return false; }
  /// True if each person meets each model under one condition: else a model has several means.
  static bool applies(const Layout& layout) { return layout.rows_per_variant() == layout.models.size(); }
  /// Panels by origin; the means are over all people, from the moments.
  findings::Figure figure(const Moments& moments) const;

 private:
  const panel::Panel& panel_;
  const Layout& layout_;
  std::vector<std::size_t> every_;                       ///< per nation: one person in so many
  std::map<std::size_t, std::size_t> place_;             ///< person to their place among those of the nation
  std::vector<std::vector<std::vector<double>>> taken_;  ///< [nation][model of the layout]
};

}  // namespace meridian::analysis
