#include "report/inline_svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "report/element.hpp"
#include "report/figure_style.hpp"
#include "report/svg_rectangle.hpp"
#include "report/svg_tag.hpp"

namespace meridian::report {
namespace {

constexpr double kRadius = 1;  ///< of gnuplot's marker gpPt6, a filled circle, before it is scaled

std::string attribute(const char* name, const std::string& value) {
  return value.empty() ? "" : fmt::format(" {}='{}'", name, value);
}

/// Shapes of one look that follow each other: their outlines are collected in one path.
class Runs {
 public:
  explicit Runs(std::string& out) : out_(out) {}
  void add(const std::string& look, const std::string& outline) {
    if (look != look_) flush();
    look_ = look;
    outlines_ += outline;
  }
  void flush() {
    if (!outlines_.empty()) out_ += "<path" + look_ + " d='" + outlines_ + "'/>";
    outlines_.clear();
    look_.clear();
  }

 private:
  std::string& out_;
  std::string look_, outlines_;
};

/// Rectangles that follow each other, by look. They do not overlap in a figure, so that their order is free.
class Rectangles {
 public:
  explicit Rectangles(std::string& out) : out_(out) {}
  void add(const std::string& look, const Rectangle& box) {
    auto known = std::find_if(looks_.begin(), looks_.end(), [&](const Look& one) { return one.attributes == look; });
    if (known == looks_.end()) known = looks_.insert(looks_.end(), {look, {}});
    if (!known->boxes.empty() && known->boxes.back().join(box)) return;
    known->boxes.push_back(box);
  }
  void flush() {
    for (const Look& look : looks_) {
      out_ += "<path" + look.attributes + " d='";
      for (const Rectangle& box : look.boxes) out_ += box.outline();
      out_ += "'/>";
    }
    looks_.clear();
  }

 private:
  struct Look {
    std::string attributes;
    std::vector<Rectangle> boxes;
  };
  std::string& out_;
  std::vector<Look> looks_;
};

std::string trimmed(std::string text) {
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

/// "translate(81.17,136.40) scale(0.90)" as its three numbers; false for another transformation.
bool placed_marker(const std::string& transform, double& x, double& y, double& scale) {
  return std::sscanf(transform.c_str(), "translate(%lf,%lf) scale(%lf)", &x, &y, &scale) == 3;
}

class Writer {
 public:
  std::string picture(std::string_view svg) {
    for (std::size_t at = svg.find('<'); at != svg.npos;) {
      const std::size_t close = svg.find('>', at);
      if (close == svg.npos) break;
      const std::size_t next = svg.find('<', close);
      take(parse_tag(svg.substr(at + 1, close - at - 1)), svg.substr(close + 1, next - close - 1));
      at = next;
    }
    flush_all();
    return out_;
  }

 private:
  /// A group without effect, or one whose attributes the text within it takes over, is not written.
  struct Group {
    std::string tag;
    bool written = false;
  };

  void take(const SvgTag& tag, std::string_view after) {
    if (tag.name == "defs" || tag.name == "/defs") skipping_ = tag.name == "defs";
    if (skipping_ || tag.name == "/defs") return;
    if (tag.name == "g") return open_group(tag);
    if (tag.name == "/g") return close_group();
    if (tag.name == "text") return text_element(after);
    if (tag.name == "use") return marker(tag);
    if (tag.name == "path") return line(tag);
    if (tag.name == "polygon") return area(tag);
  }

  void open_group(const SvgTag& tag) {
    Group group;
    if (!tag.value("transform").empty()) {
      const std::string size = tag.value("font-size"), colour = hex_colour(tag.value("fill"));
      text_look_ = attribute("transform", rounded(tag.value("transform"))) +
                   attribute("text-anchor", tag.value("text-anchor")) +
                   attribute("font-size", size == "12.00" ? "" : rounded(size)) +
                   attribute("fill", colour == kInk ? "" : colour);
    } else if (tag.value("id").empty()) {
      const std::string stroke = hex_colour(tag.value("stroke")), width = rounded(tag.value("stroke-width"));
      group.tag = attribute("stroke", stroke == "currentColor" ? "" : stroke) +
                  attribute("stroke-width", width == "1" ? "" : width);
    }
    groups_.push_back(group);
  }

  void close_group() {
    if (groups_.empty()) return;
    if (groups_.back().written) {
      flush_all();
      out_ += "</g>";
    }
    groups_.pop_back();
  }

  /// Groups are opened when something stands in them.
  void need_groups() {
    boxes_.flush();
    for (Group& group : groups_)
      if (!group.tag.empty() && !group.written) {
        runs_.flush();
        out_ += "<g" + group.tag + ">";
        group.written = true;
      }
  }

  void text_element(std::string_view words) {
    flush_all();
    out_ += fmt::format("<text{}>{}</text>", text_look_, words);
  }

  void marker(const SvgTag& tag) {
    double x = 0, y = 0, scale = 0;
    const std::string symbol = tag.value("xlink:href"), colour = hex_colour(tag.value("color"));
    need_groups();
    if (symbol == "#gpPt6" && placed_marker(tag.value("transform"), x, y, scale))
      return runs_.add(attribute("stroke", colour) + fmt::format(" stroke-linecap='round' stroke-width='{}'",
                                                                 rounded(fmt::format("{}", 2 * kRadius * scale))),
                       rounded(fmt::format("M{},{}h0", x, y)));
    runs_.flush();
    out_ += "<use" + attribute("href", symbol) + attribute("transform", rounded(tag.value("transform"))) +
            attribute("color", colour) + "/>";
  }

  void line(const SvgTag& tag) {
    const std::string outline = trimmed(rounded(tag.value("d")));
    if (outline.find('L') == outline.npos) return;  // a tic of length 0
    need_groups();
    std::string look;
    for (const char* name : {"stroke", "stroke-dasharray", "stroke-width", "fill", "fill-opacity"})
      look += attribute(name, std::string_view(name) == "stroke" || std::string_view(name) == "fill"
                                  ? hex_colour(tag.value(name))
                                  : rounded(tag.value(name)));
    runs_.add(look, outline);
  }

  void area(const SvgTag& tag) {
    const std::string look = " stroke='none'" + attribute("fill", hex_colour(tag.value("fill"))) +
                             attribute("fill-opacity", tag.value("fill-opacity"));
    if (const std::optional<Rectangle> box = rectangle_from(tag.value("points"))) {
      runs_.flush();
      return boxes_.add(look, *box);
    }
    need_groups();
    runs_.add(look, "M" + trimmed(rounded(tag.value("points"))) + "z");
  }

  void flush_all() {
    boxes_.flush();
    runs_.flush();
  }

  std::string out_, text_look_;
  Runs runs_{out_};
  Rectangles boxes_{out_};
  std::vector<Group> groups_;
  bool skipping_ = false;
};

}  // namespace

std::string inline_svg(const std::string& svg, const std::string& alt) {
  const std::size_t start = svg.find("<svg"), tag_end = svg.find('>', start);
  if (start == std::string::npos || tag_end == std::string::npos) return "";
  const std::string view = parse_tag(std::string_view(svg).substr(start + 1, tag_end - start - 1)).value("viewBox");
  return "<svg role=\"img\" aria-label=\"" + report::text(alt).markup + "\" viewBox=\"" + view + "\">" +
         Writer().picture(std::string_view(svg).substr(tag_end + 1)) + "</svg>";
}

std::string svg_symbols(const std::string& svg) {
  const std::size_t start = svg.find("<defs>"), first = svg.find("<circle id='gpDot'", start);
  const std::size_t last = std::min(svg.find("<filter", first), svg.find("</defs>", first));
  if (first == std::string::npos || last == std::string::npos) return "";
  std::string symbols = svg.substr(first, last - first);
  for (std::size_t at = symbols.find("xlink:href"); at != std::string::npos; at = symbols.find("xlink:href", at))
    symbols.erase(at, 6);
  return "<svg width=\"0\" height=\"0\" style=\"position:absolute\" aria-hidden=\"true\"><defs>" + symbols +
         "</defs></svg>\n";
}

}  // namespace meridian::report
