#pragma once
// The tags of an SVG as gnuplot writes it: no entities in attributes, no comments, no CDATA.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace meridian::report {

struct SvgTag {
  std::string name;  ///< "path"; of an end tag "/path"
  std::vector<std::pair<std::string, std::string>> attributes;
  bool closed = false;  ///< <path .../>

  /// The value of an attribute, empty where there is none.
  const std::string& value(std::string_view attribute) const;
};

/// A tag from the text between < and >.
SvgTag parse_tag(std::string_view inside);

/// Every number of coordinates with one decimal at most ("81.17,136.40" becomes "81.2,136.4"): a tenth of a pixel.
std::string rounded(std::string_view coordinates);

/// Gnuplot's "rgb( 27,  31,  36)" as "#1b1f24"; other colours as they are.
std::string hex_colour(const std::string& colour);

}  // namespace meridian::report
