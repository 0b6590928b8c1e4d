#pragma once
// A made-up panel of two nations, small enough to recompute by hand.
#include "analysis/layout.hpp"
#include "panel/panel.hpp"
#include "similarity/tile.hpp"

namespace meridian::analysis {

struct SmallStudy {
  Job job;
  panel::Panel panel;
  Layout layout;
  similarity::Tile tile;  ///< all people
};

/// Means of four models (two origins) under two languages, as of twenty trials without noise.
survey::ModelAnswers small_answers();

/// `people` people, 4 models (2 origins), 6 items in 2 dimensions, own-language pairing, each dimension left out once.
/// Person 0 answers all items of one dimension alike, so that leaving out the other leaves no cosine.
SmallStudy make_small_study(std::size_t people, const survey::ModelAnswers& answers = small_answers());

/// The tile of people [first, first + count).
similarity::Tile part_of(const similarity::Tile& tile, std::size_t first, std::size_t count);

}  // namespace meridian::analysis
