#pragma once
// Is the mean of a few independent units zero? Exact answer from all patterns of their signs: Fisher (1935), "The
// Design of Experiments", section 21.
#include <cstddef>
#include <vector>

namespace meridian::inference {

/// Units up to which every pattern of signs is counted.
inline constexpr std::size_t kSignFlipLimit = 30;

/// Two-sided p: the share of the 2^n patterns of signs whose |mean| reaches the observed one; sums equal up to a
/// relative 1e-12 count as reaching it. Assumes units independent and symmetric about zero, nothing else. NaN without
/// units, with more than kSignFlipLimit, or when a value is not finite. Time and memory grow with 2^(n/2).
double sign_flip_p(const std::vector<double>& values);

}  // namespace meridian::inference
