#include "report/element.hpp"

#include <fmt/core.h>

#include <cctype>

namespace meridian::report {
namespace {

bool is_plain(char letter) { return std::isalnum(static_cast<unsigned char>(letter)) != 0 && (letter & 0x80) == 0; }

std::string escaped(std::string_view plain) {
  std::string markup;
  markup.reserve(plain.size());
  for (char letter : plain) {
    switch (letter) {
      case '&':
        markup += "&amp;";
        break;
      case '<':
        markup += "&lt;";
        break;
      case '>':
        markup += "&gt;";
        break;
      case '"':
        markup += "&quot;";
        break;
      case '\'':
        markup += "&#39;";
        break;
      default: {
        const auto byte = static_cast<unsigned char>(letter);
        const bool control = (byte < 0x20 && letter != '\t' && letter != '\n') || byte == 0x7f;
        markup += control ? std::string("\xEF\xBF\xBD") : std::string(1, letter);
      }
    }
  }
  return markup;
}

}  // namespace

Html& Html::operator+=(const Html& other) {
  markup += other.markup;
  return *this;
}

Html operator+(Html first, const Html& second) { return first += second; }

Html text(std::string_view plain) { return {escaped(plain)}; }

Html element(std::string_view name, const std::vector<Attribute>& attributes, const Html& content) {
  std::string markup = fmt::format("<{}", name);
  for (const Attribute& attribute : attributes)
    if (!attribute.name.empty()) markup += fmt::format(" {}=\"{}\"", attribute.name, escaped(attribute.value));
  return {markup + fmt::format(">{}</{}>", content.markup, name)};
}

Html element(std::string_view name, const Html& content) { return element(name, {}, content); }

std::string slug(std::string_view plain) {
  std::string id;
  for (char letter : plain)
    id += is_plain(letter) ? static_cast<char>(std::tolower(static_cast<unsigned char>(letter))) : '-';
  return id;
}

std::string link_path(std::string_view path) {
  std::string link;
  for (char letter : path) {
    const bool keep = is_plain(letter) || std::string_view("/._-").find(letter) != std::string_view::npos;
    link += keep ? std::string(1, letter) : fmt::format("%{:02X}", static_cast<unsigned char>(letter));
  }
  return link;
}

}  // namespace meridian::report
