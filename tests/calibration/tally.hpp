#pragma once
// How often limits covered and tests rejected over many simulated data sets, and whether that breaks a promise.
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>

namespace calibration {

/// One line of the result.
struct Key {
  std::string scheme, method, term;
  auto operator<=>(const Key&) const = default;
};
struct Tally {
  std::int64_t hits = 0, trials = 0;
  double width = 0;  ///< of limits, summed
};
using Tallies = std::map<Key, Tally>;

void add(Tallies& tallies, const Key& key, bool hit, double width = 0);

/// All data sets 0 .. count - 1, merged in order, so that threads do not matter.
Tallies tally(std::size_t count, int threads, const std::function<Tallies(std::size_t)>& one_data_set);

/// What must hold of the share of hits.
struct Promise {
  double least = 0, most = 1;
};

void print_header();
/// Prints one CSV line per key, with Clopper-Pearson limits of the share; returns how many promises are broken beyond
/// what chance allows, naming them on stderr.
int report(const std::string& design, const Tallies& tallies, const std::function<Promise(const Key&)>& promise_of);

}  // namespace calibration
