#pragma once
// Statistics that need the single cosines again (medians, residual quantiles): each block is read once per pass and
// shown to every statistic that wants one more pass. Memory does not grow with people.
#include <memory>
#include <vector>

#include "similarity/tile.hpp"
#include "storage/units.hpp"

namespace meridian::analysis {

class StreamedStatistic {
 public:
  virtual ~StreamedStatistic() = default;
  virtual void add(const similarity::Tile& tile) = 0;
  /// Ends a pass; true if the blocks must be shown once more.
  virtual bool next_pass() = 0;
};

/// Reads the cosines of a block; the checksum is verified on request.
similarity::Tile read_tile(const storage::UnitStore& store, std::size_t unit, bool verify);

/// Streams all blocks, in order, until no statistic wants another pass.
void stream(const storage::UnitStore& store, const std::vector<StreamedStatistic*>& statistics);

}  // namespace meridian::analysis
