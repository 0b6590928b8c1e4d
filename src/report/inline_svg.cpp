#include <regex>

#include "report/element.hpp"
#include "report/figure_files.hpp"

namespace meridian::report {
namespace {

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

/// Everything from `begin` to the end of `end` goes.
void cut(std::string& text, const std::string& begin, const std::string& end) {
  const std::size_t from = text.find(begin);
  const std::size_t to = from == std::string::npos ? from : text.find(end, from);
  if (to != std::string::npos) text.erase(from, to + end.size() - from);
}

}  // namespace

std::string inline_svg(const std::string& svg, const std::string& prefix, const std::string& alt) {
  const std::size_t start = svg.find("<svg"), tag_end = svg.find('>', start);
  if (start == std::string::npos || tag_end == std::string::npos) return "";
  // The page decides how wide it is shown, and its parts need no namespace.
  const std::string tag = std::regex_replace(svg.substr(start + 4, tag_end - start - 4),
                                             std::regex(R"(\s+(width|height|xmlns(:xlink)?)="[^"]*")"), "");
  std::string text = tag + svg.substr(tag_end);
  cut(text, "<title>", "</title>");
  cut(text, "<desc>", "</desc>");
  cut(text, "<filter id='textbox'", "</filter>");
  cut(text, "<filter id='greybox'", "</filter>");
  replace_all(text, "xlink:href='#", "href='#");
  for (const char* id : {"gpDot", "gpPt", "gnuplot_canvas", "gnuplot_plot_"}) replace_all(text, id, prefix + "-" + id);
  text = std::regex_replace(text, std::regex(R"(rgb\( *27, *31, *36\))"), "var(--ink)");
  text = std::regex_replace(text, std::regex(R"(rgb\(213, *218, *224\))"), "var(--line)");
  replace_all(text, " color=\"black\"", "");
  replace_all(text, " color=\"white\"", "");
  return "<svg role=\"img\" aria-label=\"" + report::text(alt).markup + "\"" + text;
}

}  // namespace meridian::report
