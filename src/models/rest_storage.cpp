#include "models/rest_storage.hpp"

#include <fmt/format.h>

#include <cmath>

#include "error.hpp"

namespace meridian::models {

namespace {

constexpr double dense_advantage = 12;  ///< operations per second, dense over sparse, of factor and inverse
constexpr double most_dense = 12000;    ///< columns whose matrix takes 1.2 GB, of which four are held
constexpr double most_sparse = 1.5e8;   ///< entries of a factor of 1.8 GB, held with its inverse

double dense_operations(Eigen::Index columns) { return std::pow(static_cast<double>(columns), 3) / 3; }

}  // namespace

bool dense_is_faster(Eigen::Index columns, double sparse_operations) {
  return static_cast<double>(columns) <= most_dense && sparse_operations * dense_advantage > dense_operations(columns);
}

RestStorage choose_storage(const SparseLower& pattern, Eigen::Index bordered) {
  const Eigen::Index columns = pattern.cols();
  if (columns <= always_dense) return RestStorage::dense;
  const FactorSize sparse = factor_size(pattern, bordered, dense_operations(columns));
  if (dense_is_faster(columns, sparse.operations)) return RestStorage::dense;
  if (sparse.operations < dense_operations(columns) && sparse.entries < most_sparse) return RestStorage::sparse;
  throw InputError("random effects", fmt::format("{} besides those of the largest factor", columns),
                   fmt::format("at most {:.0f} that meet each other", most_dense),
                   "Drop a term, or fit a sample of the rows");
}

}  // namespace meridian::models
