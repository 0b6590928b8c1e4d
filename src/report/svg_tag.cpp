#include "report/svg_tag.hpp"

#include <fmt/format.h>

#include <cctype>
#include <charconv>
#include <cstdio>

namespace meridian::report {
namespace {

bool is_name(char letter) {
  return std::isalnum(static_cast<unsigned char>(letter)) || letter == '-' || letter == '_' || letter == ':';
}

/// "12.3", "12", "0", "-4": shortest with one decimal at most.
std::string one_decimal(double value) {
  std::string text = fmt::format("{:.1f}", value);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text == "-0" ? "0" : text;
}

}  // namespace

const std::string& SvgTag::value(std::string_view attribute) const {
  static const std::string nothing;
  for (const auto& [key, text] : attributes)
    if (key == attribute) return text;
  return nothing;
}

SvgTag parse_tag(std::string_view inside) {
  SvgTag tag;
  if (!inside.empty() && inside.back() == '/') {
    tag.closed = true;
    inside.remove_suffix(1);
  }
  std::size_t at = inside.find_first_of(" \n\t");
  tag.name = std::string(inside.substr(0, at));
  while (at < inside.size()) {
    while (at < inside.size() && !is_name(inside[at])) ++at;
    const std::size_t start = at;
    while (at < inside.size() && is_name(inside[at])) ++at;
    const std::size_t open = inside.find_first_of("'\"", at);
    if (open == inside.npos) break;
    const std::size_t close = inside.find(inside[open], open + 1);
    if (close == inside.npos) break;
    tag.attributes.emplace_back(inside.substr(start, at - start), inside.substr(open + 1, close - open - 1));
    at = close + 1;
  }
  return tag;
}

std::string rounded(std::string_view coordinates) {
  std::string text;
  const char *at = coordinates.data(), *const end = at + coordinates.size();
  while (at < end) {
    double value = 0;
    const auto [rest, error] = std::from_chars(at, end, value);
    if (error != std::errc()) {
      text += *at++;
      continue;
    }
    text += one_decimal(value);
    at = rest;
  }
  return text;
}

std::string hex_colour(const std::string& colour) {
  int red = 0, green = 0, blue = 0;
  if (std::sscanf(colour.c_str(), "rgb(%d,%d,%d)", &red, &green, &blue) != 3) return colour;
  return fmt::format("#{:02x}{:02x}{:02x}", red, green, blue);
}

}  // namespace meridian::report
