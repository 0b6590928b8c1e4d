#pragma once
// One visual language for all figures: nation by hue and marker, the second grouping (origin) by filled and open.
// Hues after Okabe & Ito (2008): told apart with every common colour blindness; markers tell them apart in grey.
#include <cstddef>
#include <string>
#include <vector>

namespace meridian::report {

inline constexpr const char* kInk = "#1b1f24";   ///< text and axes
inline constexpr const char* kLine = "#d5dae0";  ///< grid and reference lines

struct SeriesStyle {
  const char* colour;
  const char* tint;  ///< the same hue lighter: bands, points of single people, the second shade of bars
  int filled;        ///< gnuplot's point types
  int open;
  int dash;
  bool light;  ///< its bars are light, so that neighbours can be told apart in grey
};

/// Fill and edge of a bar.
struct BarLook {
  const char *fill, *edge;
};
/// Of several shades the first is dark and the others light; a series without shades is what its style says.
BarLook bar_look(const SeriesStyle& style, std::size_t shade, std::size_t shades);

/// The style of each series: China and the USA keep theirs in every figure, others take what is free, in order.
std::vector<SeriesStyle> series_styles(const std::vector<std::string>& names);

/// Gnuplot's text of a palette from light to dark, or from blue over white to orange if values lie on both sides of 0.
std::string palette(bool diverging);

/// Width in pixels of text at the figures' font size (Arial, 12 pixels), a little more than less.
double text_width(const std::string& text);
/// Text in lines of at most `width` pixels, broken between words only: a longer word has a line of its own.
std::vector<std::string> wrapped(const std::string& text, double width);

}  // namespace meridian::report
