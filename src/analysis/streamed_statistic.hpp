#pragma once
// Statistics that need the single cosines again (medians, residual quantiles): each block is read once per pass and
// shown to every statistic that wants one more pass. Memory is that of one block's variants, whatever the people.
#include <functional>
#include <memory>
#include <vector>

#include "analysis/layout.hpp"
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

/// The removal variants that some of these analyses read, ascending.
std::vector<std::size_t> variants_read(const std::vector<const Layout*>& layouts);

/// Reads a block's cosines of these variants; the checksum of all of them is verified on request.
similarity::Tile read_tile(const storage::UnitStore& store, std::size_t unit, const std::vector<std::size_t>& variants,
                           bool verify);

/// Numbers of a store's blocks, ascending.
std::vector<std::size_t> all_blocks(const storage::UnitStore& store);

/// Which cosines are read: some blocks, and of these some removal variants.
struct Selection {
  std::vector<std::size_t> units, variants;
};

/// Called between steps of long work (a model fitted, a block read), where it may throw to end it.
using Between = std::function<void()>;

/// Streams the selection, block by block in order, until no statistic wants another pass.
void stream(const storage::UnitStore& store, const Selection& selection,
            const std::vector<StreamedStatistic*>& statistics, const Between& between = {});

}  // namespace meridian::analysis
