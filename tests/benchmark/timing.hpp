#pragma once
// Two ways of doing a thing, measured in turn, so that a busy machine disturbs both alike.
#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <vector>

namespace meridian::benchmark {

inline double seconds(const std::function<void()>& action) {
  const auto start = std::chrono::steady_clock::now();
  action();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

inline double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
  return values[values.size() / 2];
}

/// Median seconds of both, over `runs` alternating runs after one run each that does not count.
inline std::array<double, 2> alternate(const std::function<void()>& ours, const std::function<void()>& plain,
                                       int runs = 5) {
  ours();
  plain();
  std::vector<double> first, second;
  for (int run = 0; run < runs; ++run) {
    first.push_back(seconds(ours));
    second.push_back(seconds(plain));
  }
  return {median(first), median(second)};
}

}  // namespace meridian::benchmark
