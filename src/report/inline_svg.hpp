#pragma once
// Gnuplot's pictures as parts of a page: about a tenth of the bytes, nothing that a reader would see is lost.
#include <string>

namespace meridian::report {

/// The picture as an <svg> that carries `alt`. Coordinates are rounded to a tenth of a pixel, runs of dots, lines and
/// rectangles of one look become one path, groups without effect go. Markers refer to the page's svg_symbols; fonts and
/// the ink of text are the page's style (page_style.hpp). Empty for text that is no SVG.
std::string inline_svg(const std::string& svg, const std::string& alt);

/// The markers of every picture, once for a page, from any of its SVGs; empty for text without them.
std::string svg_symbols(const std::string& svg);

}  // namespace meridian::report
