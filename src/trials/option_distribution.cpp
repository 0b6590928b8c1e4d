#include "trials/option_distribution.hpp"

#include <cmath>
#include <map>

#include "survey/answer_numbers.hpp"
#include "tables/csv.hpp"
#include "tables/json_document.hpp"

namespace meridian::trials {
namespace {

using Tokens = std::vector<std::pair<std::string, std::string>>;  // token, logprob as text

Tokens tokens_in(std::string& json) {
  tables::JsonDocument document;
  Tokens tokens;
  if (!document.parse(json).empty()) return tokens;
  std::vector<std::string> names, numbers;
  document.find({"*", "token"}, names);
  document.find({"*", "logprob"}, numbers);
  if (names.size() == numbers.size() && !names.empty())
    for (std::size_t i = 0; i < names.size(); ++i) tokens.emplace_back(names[i], numbers[i]);
  else
    document.entries({}, tokens);
  return tokens;
}

/// The option that a token names; false if it names none.
bool option_of(const std::string& token, const Scale& scale, int& value) {
  const std::string plain = survey::plain_text(token);
  std::int64_t number = 0;
  if (tables::parse_integer(plain, number)) {
    value = static_cast<int>(number);
    return number >= scale.lowest && number <= scale.highest;
  }
  for (const Option& option : scale.options)
    if (!option.letter.empty() && plain == survey::plain_text(option.letter)) {
      value = option.value;
      return true;
    }
  return false;
}

OptionDistribution scaled(const std::map<int, double>& weights) {
  OptionDistribution distribution;
  for (const auto& weight : weights) distribution.mass += weight.second;
  if (!(distribution.mass > 0) || !std::isfinite(distribution.mass)) return {};
  for (const auto& [value, weight] : weights) distribution.options.push_back({value, weight / distribution.mass});
  return distribution;
}

}  // namespace

OptionDistribution read_first_token(std::string json, const Scale& scale) {
  std::map<int, double> weights;
  for (const auto& [token, text] : tokens_in(json)) {
    int value = 0;
    double logarithm = 0;
    if (!option_of(token, scale, value) || !tables::parse_number(text, logarithm)) continue;
    weights[value] += std::exp(logarithm);
  }
  return scaled(weights);
}

OptionDistribution read_shares(const std::string& list, const Scale& scale) {
  std::map<int, double> weights;
  int value = scale.lowest;
  for (std::size_t start = 0; start <= list.size(); ++value) {
    const std::size_t comma = std::min(list.find(',', start), list.size());
    std::string text = list.substr(start, comma - start);
    text.erase(0, text.find_first_not_of(' '));
    double share = 0;
    if (!tables::parse_number(text, share) || share < 0) return {};
    weights[value] = share;
    start = comma + 1;
  }
  return value == scale.highest + 1 ? scaled(weights) : OptionDistribution{};
}

}  // namespace meridian::trials
