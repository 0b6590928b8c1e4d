#include "dilemmas/consequences.hpp"

#include "inference/exact_binomial.hpp"
#include "inference/paired_shares.hpp"
#include "inference/proportion.hpp"

namespace meridian::dilemmas {
namespace {

bool comparable(const Choices& choices, std::size_t model, std::size_t dilemma) {
  return valid(choices.base(model, dilemma)) && valid(choices.after(model, dilemma));
}

bool flipped(const Choices& choices, std::size_t model, std::size_t dilemma) {
  return choices.base(model, dilemma) != choices.after(model, dilemma);
}

FlipTest flip_test(const Choices& choices, std::size_t first, std::size_t second, double confidence) {
  FlipTest test{first, second};
  for (std::size_t d = 0; d < choices.dilemmas; ++d) {
    if (!comparable(choices, first, d) || !comparable(choices, second, d)) continue;
    const bool one = flipped(choices, first, d), two = flipped(choices, second, d);
    ++test.dilemmas;
    test.only_first += one && !two ? 1 : 0;
    test.only_second += two && !one ? 1 : 0;
  }
  test.difference = static_cast<double>(test.only_first - test.only_second) / static_cast<double>(test.dilemmas);
  const inference::Interval limits =
      inference::paired_difference_interval(test.only_first, test.only_second, test.dilemmas, confidence);
  test.low = limits.low;
  test.high = limits.high;
  test.p_value = inference::exact_mcnemar_p(test.only_first, test.only_second);
  return test;
}

}  // namespace

std::vector<Flips> consequence_flips(const Choices& choices, const Corpus& corpus, double confidence) {
  std::vector<Flips> all;
  for (std::size_t model = 0; model < choices.models.size(); ++model)
    for (std::size_t scope = 0; scope < scope_count(corpus); ++scope) {
      Flips found{model, scope};
      for (std::size_t d = 0; d < choices.dilemmas; ++d) {
        if (!in_scope(corpus, d, scope) || !comparable(choices, model, d)) continue;
        ++found.dilemmas;
        found.flips += flipped(choices, model, d) ? 1 : 0;
      }
      found.rate = static_cast<double>(found.flips) / static_cast<double>(found.dilemmas);
      const inference::Interval limits = inference::wilson_interval(found.flips, found.dilemmas, confidence);
      found.low = limits.low;
      found.high = limits.high;
      all.push_back(found);
    }
  return all;
}

std::vector<FlipTest> flip_tests(const Choices& choices, double confidence) {
  std::vector<FlipTest> all;
  for (std::size_t first = 0; first < choices.models.size(); ++first)
    for (std::size_t second = first + 1; second < choices.models.size(); ++second)
      if (const FlipTest test = flip_test(choices, first, second, confidence); test.dilemmas > 0) all.push_back(test);
  return all;
}

}  // namespace meridian::dilemmas
