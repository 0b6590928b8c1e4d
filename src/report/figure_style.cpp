#include "report/figure_style.hpp"

#include <algorithm>
#include <array>
#include <sstream>
#include <string_view>

namespace meridian::report {
namespace {

using Styles = std::array<SeriesStyle, 16>;

const Styles kStyles = {{{"#d55e00", "#f0b98f", 13, 12, 1, true},
                         {"#0072b2", "#8fc1e3", 7, 6, 2, false},
                         {"#009e73", "#8fd6c1", 5, 4, 4, false},
                         {"#cc79a7", "#e9c6da", 9, 8, 5, true},
                         {"#56b4e9", "#b9def5", 11, 10, 3, true},
                         {"#e69f00", "#f5d793", 15, 14, 1, false},
                         {"#6b7280", "#c3c8d0", 7, 6, 2, false},
                         {"#000000", "#999999", 5, 4, 4, false},
                         // beyond eight: darker, with open markers
                         {"#7f3800", "#d5a888", 12, 13, 3, true},
                         {"#00446b", "#88a9bd", 6, 7, 4, false},
                         {"#005f45", "#88b5a8", 4, 5, 5, false},
                         {"#7a4864", "#c2a8b7", 8, 9, 2, true},
                         {"#2b6f95", "#9dbccd", 10, 11, 5, true},
                         {"#8a6000", "#c9b588", 14, 15, 4, false},
                         {"#3c4452", "#a4a9b1", 6, 7, 5, false},
                         {"#4d4d4d", "#b3b3b3", 4, 5, 2, true}}};

constexpr double kRoom = 1.05;  ///< fonts that stand in for Arial differ a little

/// Advance width in pixels of Arial (as Helvetica and Liberation Sans) at 12 pixels, by class of characters.
double character_width(char first_byte) {
  const auto is_in = [first_byte](std::string_view letters) { return letters.find(first_byte) != letters.npos; };
  if (static_cast<unsigned char>(first_byte) >= 0xE0) return 12.0;  // characters of Asia are square
  if (is_in("ijl'|")) return 2.7;
  if (is_in(".,:;! ft/\\I[]")) return 3.35;
  if (is_in("r()-`\"*")) return 4.1;
  if (is_in("mwMW%@")) return 10.0;
  if ((first_byte >= 'A' && first_byte <= 'Z') || first_byte == '&') return 8.3;
  return 6.7;
}

constexpr std::size_t kNobody = static_cast<std::size_t>(-1);

std::size_t own_style(const std::string& name) {
  const auto has = [&name](const char* part) { return name.find(part) != std::string::npos; };
  if (has("China") || has("Chinese") || name == "CN" || name == "CHN") return 0;
  if (has("USA") || has("America") || name.starts_with("US ") || name == "US") return 1;
  return kNobody;
}

}  // namespace

std::vector<SeriesStyle> series_styles(const std::vector<std::string>& names) {
  std::array<bool, kStyles.size()> taken{};
  std::vector<std::size_t> chosen(names.size(), kNobody);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::size_t own = own_style(names[i]);
    if (own == kNobody || taken[own]) continue;
    chosen[i] = own;
    taken[own] = true;
  }
  // A lone series is blue; the nations' hues go to others only when nothing else is left.
  std::vector<std::size_t> order = names.size() == 1 ? std::vector<std::size_t>{1} : std::vector<std::size_t>{};
  for (const std::size_t style : {1, 0, 2, 3, 5, 4, 6, 7, 9, 8, 10, 11, 13, 12, 14, 15}) order.push_back(style);
  const bool nations = taken[0] || taken[1];
  if (nations) std::rotate(order.begin(), order.begin() + 2, order.end());
  std::size_t next = 0;
  for (std::size_t& style : chosen) {
    while (style == kNobody && next < order.size() && taken[order[next]]) ++next;
    if (style != kNobody) continue;
    style = next < order.size() ? order[next] : (&style - chosen.data()) % kStyles.size();
    taken[style] = true;
  }
  std::vector<SeriesStyle> styles;
  for (const std::size_t style : chosen) styles.push_back(kStyles[style]);
  return styles;
}

BarLook bar_look(const SeriesStyle& style, std::size_t shade, std::size_t shades) {
  return {(shades > 1 ? shade > 0 : style.light) ? style.tint : style.colour, style.colour};
}

std::string palette(bool diverging) {
  return diverging ? "set palette defined (-1 '#4f9fd1', -0.5 '#a9d0ea', 0 '#f7f7f7', 0.5 '#f5c9a6', 1 '#e8843f')\n"
                   : "set palette defined (0 '#e3edf7', 0.35 '#9cc7e6', 0.7 '#2a7fb8', 1 '#083a66')\n";
}

double text_width(const std::string& text) {
  double width = 0;
  for (const char byte : text)
    if ((static_cast<unsigned char>(byte) & 0xC0) != 0x80) width += character_width(byte);
  return kRoom * width;
}

std::vector<std::string> wrapped(const std::string& text, double width) {
  std::vector<std::string> lines(1);
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    const std::string longer = lines.back().empty() ? word : lines.back() + " " + word;
    if (lines.back().empty() || text_width(longer) <= width)
      lines.back() = longer;
    else
      lines.push_back(word);
  }
  return lines;
}

}  // namespace meridian::report
