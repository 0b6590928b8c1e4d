#pragma once
// Ranks with ties: every member of a tied group gets the mean of the places the group takes.
#include <vector>

namespace meridian::inference {

/// Midranks from 1, in the order given; a NaN anywhere makes all of them NaN.
std::vector<double> midranks(const std::vector<double>& values);

/// Sum of t^3 - t over the groups of equal values, the correction of every rank statistic for ties.
double tie_sum(const std::vector<double>& values);

}  // namespace meridian::inference
