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

/// (k + 1/2) / 2^52 for the upper 52 of 64 bits: never 0, never 1, symmetric about 1/2. With 53 bits the half would be
/// rounded away and 1 could appear, where a normal quantile is infinite.
inline double open_unit(std::uint64_t bits) { return (static_cast<double>(bits >> 12) + 0.5) * 0x1.0p-52; }

/// A stream holds 2^34 words of 32 bits; drawing more throws Error(bug), for the words would repeat.
class Stream {
 public:
  /// `purpose` names what is drawn ("people", "permutation within item"); `index` the replicate or unit.
  Stream(std::uint64_t seed, std::string_view purpose, std::uint64_t index);

  std::uint32_t bits32();
  std::uint64_t bits64();
  /// In the open interval (0, 1), see open_unit.
  double uniform();
  /// Standard normal (Box-Muller, both halves used).
  double normal();
  /// Unbiased integer in [0, n), n >= 1 (Lemire 2019).
  std::uint32_t below(std::uint32_t n);
  /// Fisher-Yates; at most 2^32 - 1 values.
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
