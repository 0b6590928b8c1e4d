#pragma once
// First-token log-probabilities as a distribution over an item's options, for the audit.
#include <string>

#include "trials/trial.hpp"

namespace meridian::trials {

/// `json` is a list of {"token", "logprob"} (chat completions) or an object token: logprob (completions). The tokens
/// that are an option's number or letter, after full-width forms, quotation marks and outer spaces are removed, count
/// for it: p_v = sum exp(logprob) / mass. Other tokens are left out; no token of an option, or text that is no such
/// list, gives an empty distribution. Where an option's number begins another's ("1" and "10") the token "1" counts for
/// 1: models with digit-wise tokens are then misread, which the docs say.
OptionDistribution read_first_token(std::string json, const Scale& scale);

/// "0.1, 0.7, 0.2": the options' shares in order from the scale's lowest, scaled to sum 1. Throws nothing: an empty
/// distribution for text that is no list of as many non-negative numbers, or sums to 0.
OptionDistribution read_shares(const std::string& list, const Scale& scale);

}  // namespace meridian::trials
