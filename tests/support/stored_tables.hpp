#pragma once
// Tables that the R scripts in tests/oracle stored, as text columns and as frames.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "models/text_column.hpp"
#include "tables/csv.hpp"

namespace meridian::tests {

using TextColumn = std::pair<std::string, std::vector<std::string>>;

inline std::vector<TextColumn> read_columns(const std::string& file) {
  tables::CsvReader reader(file, {',', std::size_t{1} << 22});
  std::vector<TextColumn> columns;
  for (const std::string& name : reader.header()) columns.push_back({name, {}});
  while (reader.next())
    for (std::size_t c = 0; c < columns.size(); ++c) columns[c].second.emplace_back(reader.text(c));
  return columns;
}

/// Types as R's read.csv gives them; columns named in `factors` are factors whatever they look like.
inline models::Frame frame_of(const std::vector<TextColumn>& columns, const std::vector<std::string>& factors = {}) {
  models::Frame frame;
  for (const auto& [name, texts] : columns) {
    models::ColumnKind kind;
    for (const std::string& text : texts) kind.see(text);
    const bool forced = std::find(factors.begin(), factors.end(), name) != factors.end();
    models::ColumnBuilder builder(name, forced ? models::ColumnKind::Kind::label : kind.kind());
    for (const std::string& text : texts) builder.add(text);
    frame.add(builder.finish());
  }
  return frame;
}

inline models::Frame read_frame(const std::string& file, const std::vector<std::string>& factors = {}) {
  return frame_of(read_columns(file), factors);
}

}  // namespace meridian::tests
