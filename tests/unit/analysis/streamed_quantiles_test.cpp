#include "analysis/streamed_quantiles.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "random/stream.hpp"

using meridian::analysis::StreamedQuantiles;

namespace {

std::vector<double> streamed(const std::vector<double>& values, const std::vector<double>& probabilities) {
  StreamedQuantiles quantiles(probabilities);
  do
    for (const double value : values) quantiles.add(value);
  while (quantiles.next_pass());
  return quantiles.quantiles();
}

/// Type 7 by sorting.
double sorted_quantile(std::vector<double> values, double probability) {
  std::sort(values.begin(), values.end());
  const double position = probability * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(position);
  const double fraction = position - std::floor(position);
  return fraction == 0 ? values[below] : values[below] + fraction * (values[below + 1] - values[below]);
}

}  // namespace

TEST_CASE("streamed quantiles equal those of the sorted values, to the bit") {
  const std::vector<double> probabilities = {0, 0.1, 0.25, 0.5, 0.75, 0.9, 1};
  for (const std::size_t count : {1u, 2u, 3u, 10u, 1001u}) {
    meridian::random::Stream stream(3, "quantiles", count);
    std::vector<double> values;
    for (std::size_t i = 0; i < count; ++i) values.push_back(stream.normal() * (i % 7 == 0 ? 1e-8 : 3));
    const std::vector<double> found = streamed(values, probabilities);
    for (std::size_t p = 0; p < probabilities.size(); ++p) CHECK(found[p] == sorted_quantile(values, probabilities[p]));
  }
}

TEST_CASE("ties, negative numbers and zero are ordered as doubles are") {
  CHECK(streamed({-1, -1, 0, 5, -1e300}, {0, 0.5, 1}) == std::vector<double>{-1e300, -1, 5});
  CHECK(streamed({2, 2, 2, 2}, {0.25}) == std::vector<double>{2});
}

TEST_CASE("without values there is no quantile") { CHECK(std::isnan(streamed({}, {0.5}).front())); }
