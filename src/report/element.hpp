#pragma once
// HTML as a type of its own: text becomes markup only through text(), so nothing is written unescaped.
#include <string>
#include <string_view>
#include <vector>

namespace meridian::report {

/// Finished markup.
struct Html {
  std::string markup;

  Html& operator+=(const Html& other);
};
Html operator+(Html first, const Html& second);

/// The characters & < > " ' as references; control characters other than tab and line break as U+FFFD.
Html text(std::string_view plain);

struct Attribute {
  std::string name, value;
};

/// <name a="value">content</name>; attribute values are escaped, those with an empty name are left out.
Html element(std::string_view name, const std::vector<Attribute>& attributes, const Html& content);
Html element(std::string_view name, const Html& content);

/// Lower-case letters, digits and hyphens only: a part of an id.
std::string slug(std::string_view plain);

/// A path as a relative link: everything but letters, digits and / . _ - percent-encoded.
std::string link_path(std::string_view path);

}  // namespace meridian::report
