#include "uncertainty/tiles.hpp"

#include <algorithm>

namespace meridian::uncertainty {

void each_tile(const analysis::Study& study, const analysis::Layout& layout, int threads,
               const std::function<void(const similarity::Tile&)>& visit) {
  const similarity::Kernel kernel(study.panel);
  const std::size_t people = study.panel.people.size(), block = study.job.block;
  similarity::Tile tile;
  for (std::size_t first = 0; first < people; first += block) {
    const std::size_t count = std::min(block, people - first);
    if (!layout.meets(first, count)) continue;
    kernel.compute(first, count, threads, tile);
    visit(tile);
  }
}

analysis::Moments analysis_moments(const analysis::Study& study, const analysis::Layout& layout, int threads) {
  analysis::Moments moments;
  each_tile(study, layout, threads, [&](const similarity::Tile& tile) {
    analysis::merge(moments, analysis::gather_block(study.panel, layout, tile));
  });
  return moments;
}

}  // namespace meridian::uncertainty
