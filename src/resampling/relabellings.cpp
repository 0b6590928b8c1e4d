#include "resampling/relabellings.hpp"

#include <algorithm>
#include <numeric>

#include "error.hpp"
#include "random/stream.hpp"

namespace meridian::resampling {
namespace {

std::size_t ones(const Labels& labels) {
  return static_cast<std::size_t>(std::count(labels.begin(), labels.end(), std::uint8_t{1}));
}

}  // namespace

std::uint64_t combinations(std::uint64_t n, std::uint64_t k, std::uint64_t ceiling) {
  if (k > n) throw Error(ExitCode::bug, "combinations: more members than units");
  // Each product is C(n - k + i, i) times i, hence divisible; 128 bits hold it as long as the quotient fits in 64.
  unsigned __int128 count = 1;
  for (std::uint64_t i = 1; i <= std::min(k, n - k); ++i) {
    count = count * (n - std::min(k, n - k) + i) / i;
    if (count >= ceiling) return ceiling;
  }
  return static_cast<std::uint64_t>(std::min<unsigned __int128>(count, ceiling));
}

Labels combination(std::size_t n, std::size_t k, std::uint64_t rank) {
  if (rank >= combinations(n, k, UINT64_MAX)) throw Error(ExitCode::bug, "combination: the rank is too large");
  Labels labels(n, 0);
  for (std::size_t unit = 0; unit < n && k > 0; ++unit) {
    const std::uint64_t with_unit = combinations(n - unit - 1, k - 1, UINT64_MAX);
    if (rank < with_unit) {
      labels[unit] = 1;
      --k;
    } else {
      rank -= with_unit;
    }
  }
  return labels;
}

std::vector<std::uint32_t> random_order(std::size_t n, std::uint64_t seed, std::uint64_t number) {
  std::vector<std::uint32_t> order(n);
  std::iota(order.begin(), order.end(), 0U);
  random::Stream(seed, "permutation order", number).shuffle(order);
  return order;
}

Permutations Permutations::relabellings(const Labels& observed, std::uint64_t limit, std::uint64_t seed) {
  const std::uint64_t count = combinations(observed.size(), ones(observed), limit + 1);
  return {Kind::relabel, observed, count > limit ? 0 : count, seed};
}

Permutations Permutations::signs(std::size_t n, std::uint64_t limit, std::uint64_t seed) {
  const std::uint64_t count = n < 63 ? std::uint64_t{1} << n : UINT64_MAX;
  return {Kind::flip, Labels(n, 0), count > limit ? 0 : count, seed};
}

Labels Permutations::labels(std::uint64_t number) const {
  if (enumerated() && number >= count_) throw Error(ExitCode::bug, "permutation beyond the last one");
  Labels labels = observed_;
  if (kind_ == Kind::relabel) {
    if (enumerated()) return combination(labels.size(), ones(labels), number);
    random::Stream(seed_, "permutation labels", number).shuffle(labels);
    return labels;
  }
  if (enumerated()) {
    for (std::size_t unit = 0; unit < labels.size(); ++unit) labels[unit] = (number >> unit) & 1;
    return labels;
  }
  random::Stream stream(seed_, "permutation signs", number);
  for (std::uint8_t& label : labels) label = static_cast<std::uint8_t>(stream.bits32() >> 31);
  return labels;
}

}  // namespace meridian::resampling
