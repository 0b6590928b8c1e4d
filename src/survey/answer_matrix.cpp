#include "survey/answer_matrix.hpp"

#include <algorithm>

namespace meridian::survey {

AnswerMatrix::AnswerMatrix(const People& people, std::size_t nation, const std::vector<std::size_t>& items,
                           std::size_t most_people)
    : items_(items.size()) {
  std::vector<std::size_t> members;
  for (std::size_t person = 0; person < people.size(); ++person)
    if (static_cast<std::size_t>(people.nation[person]) == nation) members.push_back(person);
  people_ = most_people > 0 ? std::min(members.size(), most_people) : members.size();
  const std::size_t width = people.size() > 0 ? people.answers.size() / people.size() : 0;
  answers_.reserve(items_ * people_);
  for (const std::size_t item : items)
    for (std::size_t i = 0; i < people_; ++i)
      answers_.push_back(people.answers[members[i * members.size() / people_] * width + item]);
}

std::vector<std::int32_t> AnswerMatrix::totals() const {
  std::vector<std::int32_t> totals(people_, 0);
  for (std::size_t item = 0; item < items_; ++item)
    for (std::size_t person = 0; person < people_; ++person) totals[person] += at(item, person);
  return totals;
}

std::vector<std::size_t> all_items(const Instrument& instrument) {
  std::vector<std::size_t> items;
  for (std::size_t item = 0; item < instrument.items.size(); ++item) items.push_back(item);
  return items;
}

std::vector<std::size_t> items_of(const Instrument& instrument, const std::string& dimension) {
  std::vector<std::size_t> items;
  for (std::size_t item = 0; item < instrument.items.size(); ++item)
    if (instrument.items[item].dimension == dimension) items.push_back(item);
  return items;
}

std::vector<std::string> dimensions_of(const Instrument& instrument) {
  std::vector<std::string> dimensions;
  for (const Item& item : instrument.items)
    if (!item.dimension.empty() && std::find(dimensions.begin(), dimensions.end(), item.dimension) == dimensions.end())
      dimensions.push_back(item.dimension);
  return dimensions;
}

}  // namespace meridian::survey
