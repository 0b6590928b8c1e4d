#pragma once
// A block of people against every condition x model, for every removal variant.
#include <algorithm>
#include <cstddef>
#include <memory>
#include <vector>

#include "panel/panel.hpp"

namespace meridian::similarity {

/// values[((variant * conditions + condition) * models + model) * people + person], cosine in [-1, 1].
/// NaN: no cosine (constant answers over the remaining items, or the model is absent from the condition).
struct Tile {
  std::size_t first = 0;  ///< person index of the block's first person
  std::size_t people = 0;
  std::size_t columns = 0;   ///< conditions x models
  std::size_t variants = 0;  ///< of `values`
  std::vector<double> values;
  std::vector<std::size_t> held;  ///< of a tile read from a file: the variants that `values` has, ascending; empty: all

  const double* row(std::size_t variant, std::size_t column) const {
    return values.data() + (place_of(variant) * columns + column) * people;
  }
  std::size_t place_of(std::size_t variant) const {
    if (held.empty()) return variant;
    return static_cast<std::size_t>(std::lower_bound(held.begin(), held.end(), variant) - held.begin());
  }
};

/// What every block shares: model vectors, their sums and norms per variant. Built once, then const.
class Kernel {
 public:
  /// The panel must outlive the kernel. Throws InputError if it holds no model, no condition or no item.
  explicit Kernel(const panel::Panel& panel);
  ~Kernel();
  Kernel(Kernel&&) noexcept;
  /// Cosines of people [first, first + count), on `threads` OpenMP threads. The bits do not depend on threads, nor on
  /// the block a person stands in. A tile that is used again keeps its memory. Throws Error(bug) outside the panel.
  void compute(std::size_t first, std::size_t count, int threads, Tile& tile) const;

 private:
  struct Shared;
  const panel::Panel* panel_;
  std::unique_ptr<Shared> shared_;
};

/// The slow, obvious twin: both vectors recomputed for each pair and variant.
double plain_cosine(const panel::Panel& panel, std::size_t person, std::size_t condition, std::size_t model,
                    std::size_t variant);

}  // namespace meridian::similarity
