#pragma once
// Permutations by number, so that any range of them can be computed alone: all ways to give k of n units the first
// label, or all patterns of signs, in a fixed order while there are few enough; drawn at random otherwise.
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace meridian::resampling {

/// One entry per unit: 1 for the first group (or a flipped sign), 0 otherwise.
using Labels = std::vector<std::uint8_t>;

/// C(n, k), or `ceiling` if that is less. Throws Error(bug) for k > n.
std::uint64_t combinations(std::uint64_t n, std::uint64_t k, std::uint64_t ceiling);

/// The subset of size k with the given rank in lexicographic order of (sorted) members; rank < C(n, k).
Labels combination(std::size_t n, std::size_t k, std::uint64_t rank);

/// A random order of n units, a function of seed and number alone: place i holds the unit order[i].
std::vector<std::uint32_t> random_order(std::size_t n, std::uint64_t seed, std::uint64_t number);

/// What permutations there are and the one with a given number.
class Permutations {
 public:
  /// Relabellings that keep the sizes of the two groups of `observed`; all of them if there are at most `limit`.
  static Permutations relabellings(const Labels& observed, std::uint64_t limit, std::uint64_t seed);
  /// Sign patterns of n units; all 2^n if that is at most `limit`.
  static Permutations signs(std::size_t n, std::uint64_t limit, std::uint64_t seed);

  bool enumerated() const { return count_ > 0; }
  /// How many there are, the observed one among them; 0: any number, drawn at random.
  std::uint64_t count() const { return count_; }
  /// A function of seed and number alone; number < count() when enumerated.
  Labels labels(std::uint64_t number) const;

 private:
  enum class Kind { relabel, flip };
  Permutations(Kind kind, Labels observed, std::uint64_t count, std::uint64_t seed)
      : kind_(kind), observed_(std::move(observed)), count_(count), seed_(seed) {}
  Kind kind_;
  Labels observed_;
  std::uint64_t count_, seed_;
};

}  // namespace meridian::resampling
