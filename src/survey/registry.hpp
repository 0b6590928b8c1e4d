#pragma once
// The small tables that a survey is read with: items, models, countries. They ship in data/ and users add to them.
#include <filesystem>
#include <string>
#include <vector>

#include "survey/survey.hpp"

namespace meridian::survey {

/// An item dictionary: item, dimension, gloss, lowest, highest (docs/formats.md). `name` is the survey's.
/// Throws InputError for a duplicate item, an empty range, or a file without items.
Instrument read_instrument(const std::filesystem::path& file, const std::string& name);

/// A model registry: name, display_name, origin, company; or the authors' llm_info.csv (llm_nation, llm_name, LLM,
/// group), of which the rows of group LLM are models. Throws InputError for a duplicate or empty name.
std::vector<Model> read_registry(const std::filesystem::path& file);

/// A country of the World Values Survey that takes part in the study.
struct Country {
  std::string code;    ///< B_COUNTRY_ALPHA, e.g. "CHN"
  std::string nation;  ///< label used everywhere else, e.g. "China"
};
/// Columns code, nation. Throws InputError for a duplicate code or an empty label.
std::vector<Country> read_countries(const std::filesystem::path& file);

}  // namespace meridian::survey
