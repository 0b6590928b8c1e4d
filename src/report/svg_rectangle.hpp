#pragma once
// Rectangles of a picture: bars, and the tiles of a plane, of which there are thousands.
#include <optional>
#include <string>

namespace meridian::report {

/// Edges in pixels, top above bottom.
struct Rectangle {
  double left, right, top, bottom;

  /// Takes in `above` or below it `other` of the same columns that touches this one; false if it does not.
  bool join(const Rectangle& other);
  /// "M99.2,102h10.6v4.3h-10.6z"
  std::string outline() const;
};

/// Four corners "x,y x,y x,y x,y " with upright sides; nothing for another polygon.
std::optional<Rectangle> rectangle_from(const std::string& points);

}  // namespace meridian::report
