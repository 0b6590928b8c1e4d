#include "analysis/streamed_statistic.hpp"

#include <algorithm>
#include <numeric>
#include <set>

#include "storage/array_file.hpp"

namespace meridian::analysis {

std::vector<std::size_t> variants_read(const std::vector<const Layout*>& layouts) {
  std::set<std::size_t> variants;
  for (const Layout* layout : layouts) variants.insert(layout->variants.begin(), layout->variants.end());
  return {variants.begin(), variants.end()};
}

similarity::Tile read_tile(const storage::UnitStore& store, std::size_t unit, const std::vector<std::size_t>& variants,
                           bool verify) {
  storage::Array array = storage::read_array(store.unit_path(unit), "similarity", variants, verify);
  similarity::Tile tile;
  tile.first = unit * store.plan().per_unit;
  tile.variants = array.axes[0].labels.size();
  tile.columns = array.axes[1].labels.size() * array.axes[2].labels.size();
  tile.people = array.axes[3].labels.size();
  tile.values = std::move(array.values);
  tile.held = variants;
  return tile;
}

std::vector<std::size_t> all_blocks(const storage::UnitStore& store) {
  std::vector<std::size_t> blocks(store.plan().units);
  std::iota(blocks.begin(), blocks.end(), std::size_t{0});
  return blocks;
}

void stream(const storage::UnitStore& store, const Selection& selection,
            const std::vector<StreamedStatistic*>& statistics, const Between& between) {
  std::vector<StreamedStatistic*> waiting = statistics;
  for (bool first = true; !waiting.empty(); first = false) {
    for (const std::size_t unit : selection.units) {
      const similarity::Tile tile = read_tile(store, unit, selection.variants, first);
      for (StreamedStatistic* statistic : waiting) statistic->add(tile);
      if (between) between();
    }
    waiting.erase(std::remove_if(waiting.begin(), waiting.end(),
                                 [](StreamedStatistic* statistic) { return !statistic->next_pass(); }),
                  waiting.end());
  }
}

}  // namespace meridian::analysis
