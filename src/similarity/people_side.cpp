#include "similarity/people_side.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "error.hpp"
#include "similarity/model_side.hpp"

namespace meridian::similarity {
namespace {

/// Whole number nearest to the mean of a person's answers.
int shift_of(const std::int16_t* answers, std::size_t items) {
  int sum = 0;
  for (std::size_t item = 0; item < items; ++item) sum += answers[item];
  return static_cast<int>(std::lround(sum / static_cast<double>(items)));
}

}  // namespace

PeopleSide::PeopleSide(const panel::Panel& panel)
    : panel_(&panel),
      answers_(panel.items()),
      mean_(panel.variants.size()),
      inverse_norm_(panel.variants.size()),
      recompute_(panel.variants.size()) {
  constexpr double largest = 9e7;  // its square is below 2^53
  const double range = panel.instrument.highest - panel.instrument.lowest;
  if (range * static_cast<double>(panel.items()) > largest)
    throw InputError("instrument " + panel.instrument.name,
                     fmt::format("{} items on a scale of {} steps", panel.items(), range),
                     fmt::format("a product of at most {}", largest), "Mend the valid range in the mapping file.");
}

void PeopleSide::load(std::size_t first, std::size_t count) {
  load_answers(first, count);
  sum_ = {};
  square_ = {};
  for (const Lanes& item : answers_)
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      sum_.value[lane] += item.value[lane];
      square_.value[lane] += item.value[lane] * item.value[lane];
    }
  for (std::size_t variant = 0; variant < recompute_.size(); ++variant) sum_up(variant, count);
}

void PeopleSide::load_answers(std::size_t first, std::size_t count) {
  const std::size_t items = answers_.size();
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    const std::int16_t* person = panel_->people.answers.data() + (first + lane) * items;
    const int shift = lane < count ? shift_of(person, items) : 0;
    for (std::size_t item = 0; item < items; ++item)
      answers_[item].value[lane] = lane < count ? person[item] - shift : 0;
  }
}

void PeopleSide::sum_up(std::size_t variant, std::size_t count) {
  const std::vector<int>& removed = panel_->variants[variant].removed;
  const auto remaining = static_cast<double>(answers_.size() - removed.size());
  Lanes sum = sum_, square = square_;
  for (const int item : removed)
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      const double answer = answers_[static_cast<std::size_t>(item)].value[lane];
      sum.value[lane] -= answer;
      square.value[lane] -= answer * answer;
    }
  Lanes spread;  // n times the squared norm: whole numbers, so equal answers give exactly 0
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    spread.value[lane] = remaining * square.value[lane] - sum.value[lane] * sum.value[lane];
    mean_[variant].value[lane] = sum.value[lane] / remaining;
    const double inverse = std::sqrt(remaining / spread.value[lane]);
    inverse_norm_[variant].value[lane] = spread.value[lane] > 0 ? inverse : std::numeric_limits<double>::quiet_NaN();
  }
  constexpr double shortest_square = shortest_downdated * shortest_downdated;
  recompute_[variant].clear();
  for (std::size_t lane = 0; lane < count; ++lane)
    if (spread.value[lane] < shortest_square * remaining * square_.value[lane]) recompute_[variant].push_back(lane);
}

}  // namespace meridian::similarity
