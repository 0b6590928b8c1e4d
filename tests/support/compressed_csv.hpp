#pragma once
#include <cstdio>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace meridian::tests {

/// Columns of a gzip-compressed CSV file without quoted fields, unpacked by the gzip program.
inline std::map<std::string, std::vector<std::string>> read_compressed_csv(const std::string& file) {
  FILE* const pipe = popen(("gzip -dc '" + file + "'").c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot run gzip");
  std::string text;
  char buffer[65536];
  for (std::size_t got = 0; (got = fread(buffer, 1, sizeof buffer, pipe)) > 0;) text.append(buffer, got);
  if (pclose(pipe) != 0) throw std::runtime_error("gzip -dc " + file);
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> columns;
  std::size_t column = 0, start = 0;
  bool first = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != ',' && text[i] != '\n') continue;
    std::string field = text.substr(start, i - start);
    if (first)
      header.push_back(field), columns.emplace_back();
    else
      columns.at(column).push_back(std::move(field));
    column = text[i] == '\n' ? 0 : column + 1;
    first = first && text[i] != '\n';
    start = i + 1;
  }
  std::map<std::string, std::vector<std::string>> result;
  for (std::size_t c = 0; c < header.size(); ++c) result[header[c]] = std::move(columns[c]);
  return result;
}

}  // namespace meridian::tests
