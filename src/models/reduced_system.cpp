#include "models/reduced_system.hpp"

#include "models/dense_system.hpp"
#include "models/sparse_system.hpp"

namespace meridian::models {

std::unique_ptr<ReducedSystem> make_reduced_system(const Problem& problem) {
  if (problem.pattern) return std::make_unique<SparseSystem>(problem);
  return std::make_unique<DenseSystem>(problem);
}

}  // namespace meridian::models
