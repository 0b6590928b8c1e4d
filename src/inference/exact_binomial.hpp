#pragma once
// Exact tests of shares: binomial (R's binom.test) and McNemar's on discordant pairs.
#include <cstdint>

namespace meridian::inference {

/// Two-sided p of `hits` in `trials` under `probability`: the sum of the probabilities of all outcomes that are not
/// more probable than the observed one, up to a relative 1e-7 (R's rule); at least the smallest normal number,
/// 2.3e-308. NaN for no trial.
double exact_binomial_p(std::int64_t hits, std::int64_t trials, double probability = 0.5);

/// McNemar (1947, Psychometrika 12), exact: are pairs that changed one way as frequent as those that changed the other
/// way? NaN if none changed.
double exact_mcnemar_p(std::int64_t only_first, std::int64_t only_second);

}  // namespace meridian::inference
