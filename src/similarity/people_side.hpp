#pragma once
// What a tile of people contributes to every cosine: fixed shape, zero-padded, one thread per tile.
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "panel/panel.hpp"

namespace meridian::similarity {

/// People per tile. Fixed at compile time: the same operations for a person wherever they stand. 512 lanes of 19 items
/// and 20 variants need 240 KB, which stays in a second-level cache, and give rows of 4 KB to write.
inline constexpr std::size_t lanes = 512;

/// One number per person of the tile, ready for aligned loads.
struct alignas(64) Lanes {
  std::array<double, lanes> value;
};

/// Scratch of one thread. Answers are shifted by a whole number near the person's mean, so sums and sums of squares
/// are exact and equal answers leave exactly nothing.
class PeopleSide {
 public:
  /// Throws InputError if items x range of answers is so large that its square is not exact in a double.
  explicit PeopleSide(const panel::Panel& panel);
  /// Takes people [first, first + count), count <= lanes; the other lanes are zero.
  void load(std::size_t first, std::size_t count);

  const Lanes& answers(std::size_t item) const { return answers_[item]; }
  /// Mean of the shifted answers over the variant's remaining items.
  const Lanes& mean(std::size_t variant) const { return mean_[variant]; }
  /// 1 / |h - mean| over the remaining items; NaN if these answers are all equal.
  const Lanes& inverse_norm(std::size_t variant) const { return inverse_norm_[variant]; }
  /// Lanes of whom too little remains to downdate.
  const std::vector<std::size_t>& recompute(std::size_t variant) const { return recompute_[variant]; }

 private:
  void load_answers(std::size_t first, std::size_t count);
  void sum_up(std::size_t variant, std::size_t count);

  const panel::Panel* panel_;
  std::vector<Lanes> answers_, mean_, inverse_norm_;
  Lanes sum_, square_;  ///< over all items
  std::vector<std::vector<std::size_t>> recompute_;
};

}  // namespace meridian::similarity
