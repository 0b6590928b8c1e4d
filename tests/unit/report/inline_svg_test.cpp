#include "report/inline_svg.hpp"

#include <catch2/catch.hpp>

#include "report/external_program.hpp"
#include "report/figure_files.hpp"
#include "report/svg_rectangle.hpp"
#include "report/svg_tag.hpp"
#include "sample_figures.hpp"
#include "support/scratch_folder.hpp"

using Catch::Contains;
using namespace meridian;
using report::inline_svg;

namespace {

const std::string head =
    "<?xml version=\"1.0\"?>\n<svg \n width=\"680\" height=\"300\"\n viewBox=\"0 0 680 "
    "300\"\n>\n<title>Gnuplot</title>\n"
    "<defs><circle id='gpDot' r='0.5'/><use xlink:href='#gpPt5' id='gpPt6'/><filter id='textbox'></filter></defs>\n";

/// The picture's content, without its <svg>.
std::string inner(const std::string& drawn) {
  const std::string all = inline_svg(head + drawn + "</svg>", "words");
  const std::string start = "<svg role=\"img\" aria-label=\"words\" viewBox=\"0 0 680 300\">";
  REQUIRE(all.substr(0, start.size()) == start);
  return all.substr(start.size(), all.size() - start.size() - 6);
}

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

}  // namespace

TEST_CASE("runs of dots of one look become one path, other markers stay") {
  CHECK(inner("<use xlink:href='#gpPt6' transform='translate(81.17,136.44) scale(0.90)' color='rgb(240, 185, 143)'/>\n"
              "<use xlink:href='#gpPt6' transform='translate(79.34,-0.02) scale(0.90)' color='rgb(240, 185, 143)'/>\n"
              "<use xlink:href='#gpPt12' transform='translate(1.25,2.00) scale(4.06)' color='rgb(  0, 114, 178)'/>") ==
        "<path stroke='#f0b98f' stroke-linecap='round' stroke-width='1.8' d='M81.2,136.4h0M79.3,0h0'/>"
        "<use href='#gpPt12' transform='translate(1.2,2) scale(4.1)' color='#0072b2'/>");
}

TEST_CASE("rectangles are gathered by colour, touching ones of a column joined") {
  const auto tile = [](const char* colour, const char* points) {
    return std::string("<polygon fill = '") + colour + "' points = '" + points + "'/>\n";
  };
  CHECK(inner(tile("rgb(1, 2, 3)", "10.00,30.00 20.00,30.00 20.00,26.00 10.00,26.00 ") +
              tile("rgb(9, 9, 9)", "10.00,26.01 20.00,26.01 20.00,22.00 10.00,22.00 ") +
              tile("rgb(1, 2, 3)", "20.00,30.00 30.00,30.00 30.00,26.00 20.00,26.00 ") +
              tile("rgb(1, 2, 3)", "20.00,26.01 30.00,26.01 30.00,22.00 20.00,22.00 ")) ==
        "<path stroke='none' fill='#010203' d='M10,26h10v4h-10zM20,22h10v8h-10z'/>"
        "<path stroke='none' fill='#090909' d='M10,22h10v4h-10z'/>");
  CHECK_FALSE(report::rectangle_from("0,0 1,0 1,1 0,2 ").has_value());
  CHECK_FALSE(report::rectangle_from("0,0 1,0 1,1 0,1 3,3 ").has_value());
  CHECK(inner(tile("rgb(1, 2, 3)", "0,0 1,0 2,2 ")) == "<path stroke='none' fill='#010203' d='M0,0 1,0 2,2z'/>");
}

TEST_CASE("text keeps its place, turn and words; groups without effect go") {
  CHECK(inner("<g fill=\"none\" color=\"black\" stroke=\"currentColor\" stroke-width=\"1.00\">\n"
              "<g transform=\"translate(57.10,252.69) rotate(-45)\" font-size=\"12.00\"  text-anchor=\"end\">\n"
              "<text>a &amp; b</text>\n</g>\n</g><g id=\"gnuplot_plot_1\" ><title>gnuplot_plot_1</title></g>") ==
        "<text transform='translate(57.1,252.7) rotate(-45)' text-anchor='end'>a &amp; b</text>");
  CHECK(inner("<g stroke=\"currentColor\" stroke-width=\"0.60\"><path stroke='rgb(213, 218, 224)' d='M1.00,2.00 "
              "L3.04,2.00  '/>"
              "<path d='M1.00,2.00  '/></g>") == "<g stroke-width='0.6'><path stroke='#d5dae0' d='M1,2 L3,2'/></g>");
}

TEST_CASE("what is no picture gives nothing; the alternative text is escaped") {
  CHECK(inline_svg("", "a").empty());
  CHECK(report::svg_symbols("").empty());
  CHECK_THAT(inline_svg(head + "</svg>", "<\"more\">"), Contains("aria-label=\"&lt;&quot;more&quot;&gt;\""));
  CHECK_THAT(report::svg_symbols(head), Contains("<use href='#gpPt5' id='gpPt6'/>") && !Contains("filter"));
}

TEST_CASE("every mark and word that gnuplot drew is in the page's picture, in a part of the bytes") {
  if (!report::installed("gnuplot")) {
    WARN("skipped: gnuplot is not installed");
    return;
  }
  const tests::ScratchFolder folder;
  const report::DrawnFigures drawn = report::write_figures(tests::all_figures(), folder.path(), {false, false});
  for (const report::DrawnFigure& figure : drawn.figures) {
    CAPTURE(figure.name);
    const std::string picture = inline_svg(figure.svg, "words");
    CHECK(picture.size() < figure.svg.size() / 2);
    CHECK(count_of(picture, "<text") == count_of(figure.svg, "<text>"));
    CHECK(count_of(picture, "<use") + count_of(picture, "h0M") + count_of(picture, "h0'") ==
          count_of(figure.svg, "\t<use xlink:href='#gpPt") - 7);  // 7 define markers
    CHECK(count_of(picture, "<g") == count_of(picture, "</g>"));
  }
}
