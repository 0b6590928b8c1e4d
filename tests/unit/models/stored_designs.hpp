#pragma once
// Reads what the R scripts in tests/oracle stored about designs.
#include <sstream>
#include <string>
#include <vector>

#include "models/design.hpp"
#include "support/stored_tables.hpp"

namespace stored_designs {

using namespace meridian::models;
using meridian::tests::read_columns;
using meridian::tests::read_frame;
using meridian::tests::TextColumn;

inline std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  std::stringstream stream(text);
  for (std::string part; std::getline(stream, part, ';');) parts.push_back(part);
  return parts;
}

inline Frame example_frame() { return read_frame("tests/oracle/data/design/frame.csv"); }

inline DesignOptions options_for(const std::string& contrasts) {
  DesignOptions options;
  for (const std::string& choice : split(contrasts)) {
    const std::size_t equals = choice.find('=');
    options.contrasts[choice.substr(0, equals)] = parse_contrast(choice.substr(equals + 1));
  }
  return options;
}

inline std::vector<std::string> names_after(const std::vector<TextColumn>& columns, std::size_t first) {
  std::vector<std::string> names;
  for (std::size_t c = first; c < columns.size(); ++c) names.push_back(columns[c].first);
  return names;
}

}  // namespace stored_designs
