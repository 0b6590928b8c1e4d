#pragma once
// The answers of some people to some items, with exact whole-number sums.
#include <cstdint>
#include <vector>

#include "survey/survey.hpp"

namespace meridian::survey {

/// Answers of n people to k items, item by item: at(item, person).
class AnswerMatrix {
 public:
  /// People of one nation (index into people.nations), the items listed. Of more than `most_people`, as many evenly
  /// spaced ones are taken; 0: all.
  AnswerMatrix(const People& people, std::size_t nation, const std::vector<std::size_t>& items,
               std::size_t most_people = 0);

  std::size_t people() const { return people_; }
  std::size_t items() const { return items_; }
  std::int16_t at(std::size_t item, std::size_t person) const { return answers_[item * people_ + person]; }
  const std::vector<std::int16_t>& by_item() const { return answers_; }
  /// Sum over the items, per person.
  std::vector<std::int32_t> totals() const;

 private:
  std::size_t people_ = 0, items_ = 0;
  std::vector<std::int16_t> answers_;
};

/// n sum x^2 - (sum x)^2 = n (n - 1) times the sample variance, in whole numbers. Deviations from the rounded mean are
/// summed, so that it is exact while n^2 times the variance stays below 9e18 (10^6 people: standard deviation 3000).
template <class Value>
std::int64_t scatter(const Value* values, std::size_t count) {
  const auto n = static_cast<std::int64_t>(count);
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum += values[i];
  const std::int64_t middle = n > 0 ? sum / n : 0;
  std::int64_t deviations = 0, squares = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::int64_t deviation = values[i] - middle;
    deviations += deviation;
    squares += deviation * deviation;
  }
  return n * squares - deviations * deviations;
}

/// All items of a survey; the items of a dimension.
std::vector<std::size_t> all_items(const Instrument& instrument);
std::vector<std::size_t> items_of(const Instrument& instrument, const std::string& dimension);
/// Dimensions in the order of first naming; empty if the dictionary has none.
std::vector<std::string> dimensions_of(const Instrument& instrument);

}  // namespace meridian::survey
