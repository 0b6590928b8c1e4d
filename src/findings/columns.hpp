#pragma once
// Columns by their kind, so that the head of a table reads as a list of names and units.
#include <string>

#include "findings/table.hpp"

namespace meridian::findings {

inline Column text_column(const std::string& name) { return {name, Kind::text, ""}; }
inline Column integer_column(const std::string& name, const std::string& unit = "") {
  return {name, Kind::integer, unit};
}
inline Column real_column(const std::string& name, const std::string& unit = "") { return {name, Kind::real, unit}; }

}  // namespace meridian::findings
