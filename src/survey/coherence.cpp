#include "survey/coherence.hpp"

#include <array>
#include <cmath>
#include <limits>

#include "random/stream.hpp"

namespace meridian::survey {
namespace {

/// Sum of squared totals after one round of shuffles. The sum of totals never changes, so this orders the variances,
/// in whole numbers.
std::int64_t shuffled_squares(const AnswerMatrix& answers, random::Stream& stream) {
  std::vector<std::int32_t> totals(answers.people(), 0);
  std::vector<std::int16_t> item(answers.people());
  for (std::size_t i = 0; i < answers.items(); ++i) {
    const auto begin = answers.by_item().begin() + static_cast<std::ptrdiff_t>(i * answers.people());
    item.assign(begin, begin + static_cast<std::ptrdiff_t>(answers.people()));
    if (i > 0) stream.shuffle(item);  // the first item may stay: only the pairing matters
    for (std::size_t person = 0; person < item.size(); ++person) totals[person] += item[person];
  }
  std::int64_t squares = 0;
  for (const std::int32_t total : totals) squares += std::int64_t{total} * total;
  return squares;
}

}  // namespace

Coherence test_coherence(const AnswerMatrix& answers, int permutations, std::uint64_t seed,
                         const std::string& purpose) {
  Coherence result;
  result.people = answers.people();
  result.permutations = permutations;
  const std::vector<std::int32_t> totals = answers.totals();
  const auto n = static_cast<double>(answers.people());
  std::int64_t of_items = 0, squares = 0;
  for (std::size_t item = 0; item < answers.items(); ++item)
    of_items += scatter(answers.by_item().data() + item * answers.people(), answers.people());
  for (const std::int32_t total : totals) squares += std::int64_t{total} * total;
  result.variance = static_cast<double>(scatter(totals.data(), totals.size())) / (n * (n - 1));
  result.expected = static_cast<double>(of_items) / (n * (n - 1));
  result.ratio = result.variance / result.expected;
  int as_large = 0;
  for (int replicate = 0; replicate < permutations; ++replicate) {
    random::Stream stream(seed, purpose, static_cast<std::uint64_t>(replicate));
    as_large += shuffled_squares(answers, stream) >= squares;
  }
  result.p_value = (as_large + 1.0) / (permutations + 1.0);
  return result;
}

Drift test_drift(const AnswerMatrix& answers) {
  const std::vector<std::int32_t> totals = answers.totals();
  const auto n = static_cast<double>(totals.size()), k = static_cast<double>(answers.items());
  std::array<double, 3> sum{}, count{};
  for (std::size_t person = 0; person < totals.size(); ++person) {
    const std::size_t third = person * 3 / totals.size();
    sum[third] += totals[person];
    ++count[third];
  }
  const double mean = (sum[0] + sum[1] + sum[2]) / n;
  const double variance = static_cast<double>(scatter(totals.data(), totals.size())) / (n * (n - 1));
  double between = 0;
  for (std::size_t third = 0; third < 3; ++third)
    between += count[third] * (sum[third] / count[third] - mean) * (sum[third] / count[third] - mean);
  // The upper tail of a chi-square with 2 degrees of freedom is exp(-x/2).
  const double p = totals.size() < 3 || variance == 0 ? 1 : std::exp(-between / variance / 2);
  return {sum[0] / count[0] / k, sum[1] / count[1] / k, sum[2] / count[2] / k, p};
}

}  // namespace meridian::survey
