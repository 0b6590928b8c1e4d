#pragma once
// Does a model change its choice when consequences speak against it? Few changes: by duty; many: by consequences.
#include <vector>

#include "dilemmas/choices.hpp"
#include "dilemmas/scope.hpp"

namespace meridian::dilemmas {

struct Flips {
  std::size_t model = 0, scope = 0;
  std::int64_t flips = 0, dilemmas = 0;  ///< of those with a valid answer under the first template before and after
  double rate = 0, low = 0, high = 0;    ///< Wilson; NaN without dilemmas
};
/// By model and scope.
std::vector<Flips> consequence_flips(const Choices& choices, const Corpus& corpus, double confidence);

/// Two models on the dilemmas in which both have two valid answers.
struct FlipTest {
  std::size_t first = 0, second = 0;
  std::int64_t dilemmas = 0, only_first = 0, only_second = 0;  ///< in which only one of them changed its choice
  double difference = 0;                                       ///< of the rates, first minus second
  double low = 0, high = 0;                                    ///< of the difference (Bonett & Price 2012)
  double p_value = 0;                                          ///< McNemar, exact; NaN if nobody changed alone
};
/// Every pair of models that have such dilemmas.
std::vector<FlipTest> flip_tests(const Choices& choices, double confidence);

}  // namespace meridian::dilemmas
