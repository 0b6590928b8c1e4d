#pragma once
// What is known of the models besides their answers: any columns, some to group by, some to look for trends in.
#include <filesystem>
#include <string>
#include <vector>

namespace meridian::audit {

struct ModelRegistry {
  std::vector<std::string> models;               ///< as named in the answers
  std::vector<std::string> columns;              ///< names of the other columns
  std::vector<std::vector<std::string>> values;  ///< models x columns; "" where nothing is known
  std::vector<std::string> groups;               ///< columns whose levels are compared
  std::vector<std::string> trends;               ///< columns of numbers
  std::string family;                            ///< column that pairs models; empty: none

  /// Value of a column; "" for a model that is not registered.
  const std::string& value(const std::string& model, const std::string& column) const;
  bool knows(const std::string& model) const;
};

/// CSV with column `name`, one model a line. Throws InputError for a name that is empty or comes twice.
ModelRegistry read_model_registry(const std::filesystem::path& file);

/// Throws InputError (at `where`) if a column of groups, trends or family does not exist, or a trend is no number.
void check_columns(const ModelRegistry& registry, const std::string& where);

}  // namespace meridian::audit
