#pragma once
// The answer options of an item as a model may name them: by number, by letter, by label.
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "survey/survey.hpp"

namespace meridian::trials {

struct Option {
  int value = 0;
  std::string letter;  ///< "A" or empty
  std::string label;   ///< "strongly agree" or empty; plain_text() form
};

/// The closed range of whole answers, and names for some of them.
struct Scale {
  int lowest = 1, highest = 5;
  std::vector<Option> options;  ///< may be empty
};

/// Names of options by (item, language); item "*" stands for every item.
using OptionNames = std::map<std::pair<std::string, std::string>, std::vector<Option>>;

/// A CSV with columns item, language, value and at least one of letter, label. Throws InputError for a value that comes
/// twice, a letter that is not one letter from A to Z, a doubled letter or label, a row that names nothing.
OptionNames read_option_names(const std::filesystem::path& file);

/// The item's range with its names in that language: its own, else those of "*".
Scale scale_of(const survey::Item& item, const std::string& language, const OptionNames& names);

}  // namespace meridian::trials
