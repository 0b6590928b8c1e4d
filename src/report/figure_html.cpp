#include "report/figure_html.hpp"

#include <fmt/core.h>

#include "report/inline_svg.hpp"

namespace meridian::report {
namespace {

std::string sentence(const std::string& words) { return words.empty() || words.back() == '.' ? words : words + "."; }

Html file_link(const DrawnFigure& drawn, const std::string& extension, const std::string& words) {
  return element("a", {{"href", "figures/" + link_path(drawn.stem) + extension}}, text(words));
}

Html file_links(const DrawnFigure& drawn) {
  Html links = text("Files: ") + file_link(drawn, ".csv", "numbers (CSV)") + text(", ") +
               file_link(drawn, ".gp", "script (gnuplot)");
  if (!drawn.svg.empty()) links += text(", ") + file_link(drawn, ".svg", "SVG");
  if (drawn.pdf) links += text(", ") + file_link(drawn, ".pdf", "PDF");
  if (drawn.png) links += text(", ") + file_link(drawn, ".png", "PNG");
  return element("p", {{"class", "files"}}, links);
}

}  // namespace

std::string caption_sentences(const findings::Figure& figure) {
  std::string words = sentence(figure.caption);
  for (const std::string& part : {figure.sample.empty() ? "" : "Sample: " + figure.sample,
                                  figure.interval.empty() ? "" : "Intervals: " + figure.interval})
    if (!part.empty()) words += (words.empty() ? "" : " ") + sentence(part);
  return words;
}

Html figure_html(const findings::Figure& figure, const DrawnFigure& drawn, const std::string& id, int number) {
  const Html picture = drawn.svg.empty() ? element("p", {{"class", "missing"}}, text("Not drawn. " + figure.alt))
                                         : Html{inline_svg(drawn.svg, figure.alt)};
  const Html words = element("strong", text(fmt::format("Figure {}. {}", number, sentence(figure.title)))) +
                     text(" " + caption_sentences(figure));
  return element("figure", {{"id", id}},
                 element("div",
                         {{"class", figure.kind == findings::FigureKind::heat_map ? "picture map" : "picture"},
                          {"role", "region"},
                          {"aria-label", "Figure " + std::to_string(number)},
                          {"tabindex", "0"}},
                         picture) +
                     element("figcaption", element("p", words) + file_links(drawn))) +
         Html{"\n"};
}

}  // namespace meridian::report
