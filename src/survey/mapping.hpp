#pragma once
// The mapping file of "any other survey": a CSV with columns key, value (docs/formats.md).
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace meridian::survey {

enum class Shape { wide, long_form };

struct Mapping {
  Shape shape = Shape::wide;
  std::string id;                                           ///< column; wide: may be empty (people are numbered by row)
  std::string group;                                        ///< column of the country or group
  std::string item, response;                               ///< long: columns
  std::string participant_id = "column";                    ///< long: column | blocks:N
  std::optional<int> lowest, highest;                       ///< scale of every item; absent: the dictionary's
  std::vector<std::string> missing;                         ///< texts that mean "no answer"
  std::vector<std::pair<std::string, std::string>> groups;  ///< text in the file -> label; empty: as they are
  std::map<std::string, std::string> item_columns;          ///< wide: item -> column; absent: the item's name
};

/// Throws InputError for an unknown or doubled key, a value out of place, a key that the shape needs and that is
/// absent.
Mapping read_mapping(const std::filesystem::path& file);

}  // namespace meridian::survey
