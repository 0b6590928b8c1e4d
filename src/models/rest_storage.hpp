#pragma once
// Whether what the eliminated factor leaves of the normal equations is held dense or sparse.
#include <Eigen/Core>

#include "models/sparse_cholesky.hpp"

namespace meridian::models {

enum class RestStorage { fastest, dense, sparse };

/// Columns up to which dense is taken without looking at the pattern.
inline constexpr Eigen::Index always_dense = 300;

/// True if a sparse factorisation of at least so many operations loses against a dense one.
bool dense_is_faster(Eigen::Index columns, double sparse_operations);

/// dense or sparse, whichever factorises and inverts faster by the operations of both (docs/benchmarks.md has the
/// measured speeds). `pattern`: columns that meet, the last `bordered` of which meet all. InputError when neither form
/// fits into memory.
RestStorage choose_storage(const SparseLower& pattern, Eigen::Index bordered = 0);

}  // namespace meridian::models
