#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/category_places.hpp"
#include "report/draw_kinds.hpp"

namespace meridian::report {
namespace {

using findings::Figure;
using findings::FigureKind;
using Lines = std::vector<std::string>;

/// Room below and left of the panels. Names stand upright, in several lines if need be, and aslant only where a single
/// word would touch its neighbour.
struct Below {
  bool aslant = false;
  double room, left, cell;
  Below(const CategoryPlaces& places, std::size_t columns, const std::string& label) {
    cell = (kFigureWidth / static_cast<double>(columns) - 72) / static_cast<double>(places.most_categories()) - 6;
    std::size_t most_lines = 1;
    for (const Levels& categories : places.categories)
      for (const std::string& name : categories.names()) {
        const std::vector<std::string> lines = wrapped(name, cell);
        most_lines = std::max(most_lines, lines.size());
        for (const std::string& line : lines) aslant = aslant || text_width(line) > cell;
      }
    aslant = aslant || most_lines > 3;
    const double names = aslant ? 0.72 * places.longest_label() + 14 : 12 + 15 * static_cast<double>(most_lines);
    room = names + (label.empty() ? 6 : 22);
    const double first = 0.72 * text_width(places.categories.front().names().front());
    left = aslant ? std::max(62.0, first + 12 - cell / 2) : 62;
  }
};

/// As many panels in a row as have room for their marks; fewer where that lets the names stand upright.
std::size_t columns_of(const CategoryPlaces& places, const std::string& label) {
  const std::size_t marks = std::max<std::size_t>(places.most_categories() * places.side_by_side(), 1);
  const std::size_t fit = std::max<std::size_t>(80 / marks, 1), panels = places.panels.size();
  const std::size_t most = std::min({fit, panels, panels == 4 ? std::size_t{2} : std::size_t{3}});
  for (std::size_t columns = most; columns > 0; --columns)
    if (!Below(places, columns, label).aslant) return columns;
  return most;
}

/// Panels are lower where their rows would not fit on a printed page.
PanelRoom room_of_panels(const CategoryPlaces& places, std::size_t columns, double legend, const Below& below) {
  constexpr double kHigh = 210, kLow = 110;
  const double width = kFigureWidth / static_cast<double>(columns) - below.left - kRightOfPanel;
  PanelRoom room{title_room(places.panels, width), below.left, below.room, kHigh};
  const auto rows = static_cast<double>((places.panels.size() + columns - 1) / columns);
  room.height = std::clamp((kPageHeight - legend) / rows - room.title - room.below, kLow, kHigh);
  return room;
}

/// A mark with its whisker; the whisker lies below so that the marker stays whole.
void add_marks(const std::string& stem, std::size_t panel, int style, bool lying, const SeriesStyle& look, bool second,
               double size, std::vector<std::string>& layers) {
  const std::string place = col("position"), low = col("low"), span = col("high") + "-" + col("low");
  const std::vector<std::string> whisker =
      lying ? std::vector<std::string>{low, place, span, "0"} : std::vector<std::string>{place, low, "0", span};
  const std::vector<std::string> mark =
      lying ? std::vector<std::string>{col("value"), place} : std::vector<std::string>{place, col("value")};
  layers.push_back(layer(stem, panel, style, whisker) +
                   fmt::format(" with vectors nohead lw 1.4 lc rgb '{}'", look.colour));
  layers.push_back(layer(stem, panel, style, mark) + fmt::format(" with points pt {} ps {:.2f} lw 1.3 lc rgb '{}'",
                                                                 second ? look.open : look.filled, size, look.colour));
}

void add_bars(const std::string& stem, std::size_t panel, int style, double width, const BarLook& look,
              std::vector<std::string>& layers) {
  layers.push_back(layer(stem, panel, style, {col("position"), col("value"), fmt::format("{:.4f}", width)}) +
                   fmt::format(" with boxes fill solid 1 border rgb '{}' lc rgb '{}'", look.edge, look.fill));
  layers.push_back(layer(stem, panel, style, {col("position"), col("low"), "0", col("high") + "-" + col("low")}) +
                   fmt::format(" with vectors nohead lw 1 lc rgb '{}'", kInk));
}

}  // namespace

std::vector<std::string> category_layers(const Figure& figure, const CategoryPlaces& places, std::size_t panel,
                                         const std::string& stem, bool lying) {
  std::vector<std::string> layers;
  const std::vector<SeriesStyle> styles = series_styles(places.series.names());
  const double lanes = static_cast<double>(places.side_by_side());
  const double crowd = static_cast<double>(places.most_categories()) * lanes;
  const double size = lying ? 0.8 : std::clamp(40 / crowd, 0.45, 0.9);
  for (std::size_t one = 0; one < places.series.size(); ++one)
    for (std::size_t shade = 0; shade < places.shades.size(); ++shade) {
      const int style = static_cast<int>(one) + static_cast<int>(shade) * kShade;
      if (!places.has(panel, style)) continue;
      if (figure.kind == FigureKind::points_and_means)
        layers.push_back(layer(stem, panel, style + kPoint, {col("position"), col("value")}) +
                         fmt::format(" with points pt 7 ps 0.2 lc rgb '{}'", styles[one].tint));
      if (figure.kind == FigureKind::bars)
        add_bars(stem, panel, style, 0.72 / lanes, bar_look(styles[one], shade, places.shades.size()), layers);
      else
        add_marks(stem, panel, style, lying, styles[one], shade > 0, size, layers);
    }
  return layers;
}

Drawing draw_categories(const Figure& figure, const std::string& stem) {
  const CategoryPlaces places(figure);
  const bool bars = figure.kind == FigureKind::bars;
  const std::vector<Key> keys = places.keys(bars);
  const std::size_t columns = columns_of(places, figure.x.title);
  const Below below(places, columns, figure.x.title);
  const std::vector<Box> boxes =
      grid(places.panels.size(), columns, key_height(keys), room_of_panels(places, columns, key_height(keys), below));
  const double height = std::ceil(grid_bottom(boxes, below.room));
  std::string script = script_head(stem, height, keys);
  const findings::Axis value = padded(figure, figure.y, bars);
  for (std::size_t panel = 0; panel < places.panels.size(); ++panel) {
    const std::vector<std::string>& categories = places.categories[panel].names();
    script += panel_box(boxes[panel], height, places.panels.names()[panel]) + numeric_axis('y', value) +
              fmt::format("set xrange [0.4:{}.6]\n", categories.size()) +
              title_below(figure.x.title.empty() ? Lines{} : Lines{axis_label(figure.x)},
                          boxes[panel].bottom + below.room - 10, height) +
              // panels share an axis: its title stands at the first of a row
              (panel % columns == 0 ? title_beside(value, boxes[panel].left - 50) : "") +
              (below.aslant ? named_tics('x', "rotate by 45 right", categories)
                            : named_tics('x', "norotate center", categories, below.cell)) +
              plot(category_layers(figure, places, panel, stem, false));
  }
  return {places.drawn, script + script_end()};
}

}  // namespace meridian::report
