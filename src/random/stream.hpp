#pragma once
// Randomness keyed by the work, never by the worker: Philox4x32-10 (Salmon et al. 2011, Random123) as one independent
// stream per (seed, purpose, index). Replicate 4711 can be drawn alone; ranks, threads and order do not matter.
#include <Random123/philox.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace meridian::random {

class Stream {
 public:
  /// `purpose` names what is drawn ("people", "permutation within item"); `index` the replicate or unit.
  Stream(std::uint64_t seed, std::string_view purpose, std::uint64_t index);

  std::uint32_t bits32();
  std::uint64_t bits64();
  /// In the open interval (0, 1), 53 bits.
  double uniform();
  /// Standard normal (Box-Muller, both halves used).
  double normal();
  /// Unbiased integer in [0, n), n >= 1 (Lemire 2019).
  std::uint32_t below(std::uint32_t n);
  /// Fisher-Yates.
  template <class T>
  void shuffle(std::vector<T>& values) {
    for (std::size_t last = values.size(); last > 1; --last)
      std::swap(values[last - 1], values[below(static_cast<std::uint32_t>(last))]);
  }

 private:
  void refill();
  r123::Philox4x32::ctr_type counter_{};
  r123::Philox4x32::key_type key_{};
  std::array<std::uint32_t, 4> buffer_{};
  unsigned used_ = 4;
  double spare_normal_ = 0;
  bool has_spare_ = false;
};

}  // namespace meridian::random
