#include "tally.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <vector>

#include "inference/proportion.hpp"

namespace calibration {

using meridian::inference::clopper_pearson_interval;

namespace {

/// A promise is broken when limits of Clopper and Pearson at this confidence exclude it.
constexpr double kAlarm = 0.9999;

bool broken(const Promise& promise, const Tally& tally) {
  const auto limits = clopper_pearson_interval(tally.hits, tally.trials, kAlarm);
  return limits.high < promise.least || limits.low > promise.most;
}

}  // namespace

void add(Tallies& tallies, const Key& key, bool hit, double width) {
  Tally& tally = tallies[key];
  tally.hits += hit ? 1 : 0;
  ++tally.trials;
  tally.width += width;
}

Tallies tally(std::size_t count, int threads, const std::function<Tallies(std::size_t)>& one_data_set) {
  std::vector<Tallies> each(count);
#pragma omp parallel for schedule(dynamic) num_threads(threads)
  for (std::size_t d = 0; d < count; ++d) each[d] = one_data_set(d);
  Tallies all;
  for (const Tallies& one : each)
    for (const auto& [key, part] : one) {
      all[key].hits += part.hits;
      all[key].trials += part.trials;
      all[key].width += part.width;
    }
  return all;
}

void print_header() { fmt::print("design,scheme,method,term,share,low,high,width,datasets\n"); }

int report(const std::string& design, const Tallies& tallies, const std::function<Promise(const Key&)>& promise_of) {
  int failures = 0;
  for (const auto& [key, tally] : tallies) {
    const auto limits = clopper_pearson_interval(tally.hits, tally.trials, 0.95);
    const auto n = static_cast<double>(tally.trials);
    fmt::print("{},{},{},{},{:.4f},{:.4f},{:.4f},{:.5f},{}\n", design, key.scheme, key.method, key.term,
               static_cast<double>(tally.hits) / n, limits.low, limits.high, tally.width / n, tally.trials);
    if (!broken(promise_of(key), tally)) continue;
    ++failures;
    fmt::print(stderr, "FAILED  {}: {}, {}, {}: {} of {}\n", design, key.scheme, key.method, key.term, tally.hits,
               tally.trials);
  }
  std::fflush(stdout);
  return failures;
}

}  // namespace calibration
