#pragma once
// The cosines of an analysis's people, computed again in doubles (stored blocks may be float32).
#include <functional>

#include "analysis/moments.hpp"
#include "analysis/study.hpp"

namespace meridian::uncertainty {

/// Tiles of the blocks that hold people of the analysis, in order. Blocks are those of the similarity units, so what is
/// gathered from them is the run's to the bit.
void each_tile(const analysis::Study& study, const analysis::Layout& layout, int threads,
               const std::function<void(const similarity::Tile&)>& visit);

/// Moments of all people, the same as the run's to the bit.
analysis::Moments analysis_moments(const analysis::Study& study, const analysis::Layout& layout, int threads);

}  // namespace meridian::uncertainty
