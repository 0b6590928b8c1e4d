#pragma once
// What is asked of whom how often, with which sampling settings.
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace meridian::collection {

enum class Kind {
  items,  ///< every item by itself
  list,   ///< all items in one prompt, as the value-ranking study asks
  pairs,  ///< every ordered pair of items
  steps,  ///< items are steps of sequences; a step is asked with the earlier ones and their answers before it
};

struct Design {
  Kind kind = Kind::items;
  std::vector<std::string> models, languages, personas;
  std::map<std::string, std::string> served;  ///< our name of a model -> the service's
  int iterations = 1;                         ///< numbered from 1
  int lowest = 1, highest = 5;                ///< scale of items that bring none of their own
  std::string endpoint = "/v1/chat/completions";
  std::optional<std::int64_t> seed;  ///< request seeds are seed + iteration
  /// Further fields of the request's body as (key, JSON text): temperature, top_p, max_tokens, ...
  std::vector<std::pair<std::string, std::string>> body;
};

/// A CSV with columns key, value: kind; model, language, persona (repeated); served.MODEL; iterations; lowest, highest;
/// endpoint; seed; logprobs (how many of the likeliest first tokens to ask for); temperature, top_p, max_tokens and any
/// body.KEY, whose values are JSON. Throws InputError for an unknown or doubled key, a bad value, or a design without
/// model or language.
Design read_design(const std::filesystem::path& file);

}  // namespace meridian::collection
