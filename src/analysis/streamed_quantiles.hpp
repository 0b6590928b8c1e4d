#pragma once
// Exact quantiles of values that are never in memory together: two passes over the stream fix 16 and 12 leading bits of
// the order statistics wanted, the third counts the values that begin so, about one in 10^4 of all and ties together.
// Counting is exact and commutative, so the order of the values does not matter.
#include <cstdint>
#include <map>
#include <vector>

namespace meridian::analysis {

/// Quantiles of type 7 (R's default, Hyndman & Fan 1996). Use: do { add every value } while (next_pass()); quantiles().
class StreamedQuantiles {
 public:
  explicit StreamedQuantiles(std::vector<double> probabilities);
  void add(double value);
  /// Ends a pass; true if the values must be streamed once more.
  bool next_pass();
  /// One value per probability; NaN if nothing was added.
  std::vector<double> quantiles() const;
  std::uint64_t count() const { return count_; }

 private:
  struct Target {
    std::uint64_t rank = 0;    ///< among the values that share the prefix
    std::uint64_t prefix = 0;  ///< leading bits found so far
  };
  void set_targets();
  /// Finds every target's bin in the histogram of its prefix.
  void narrow(int bits);
  /// Finds every target among the values that share its prefix; the prefix becomes the value.
  void find_keys();
  std::vector<double> probabilities_;
  std::vector<Target> targets_;  ///< two per probability: the order statistics below and above
  std::map<std::uint64_t, std::vector<std::uint64_t>> histograms_;        ///< by prefix: counts of the next bits
  std::map<std::uint64_t, std::map<std::uint64_t, std::uint64_t>> keys_;  ///< by prefix: counts of whole values
  std::uint64_t count_ = 0;
  int pass_ = 0;
};

}  // namespace meridian::analysis
