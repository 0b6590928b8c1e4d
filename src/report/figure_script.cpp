#include "report/figure_script.hpp"

#include "report/draw_kinds.hpp"

namespace meridian::report {

Drawing draw(const findings::Figure& figure, const std::string& stem) {
  switch (figure.kind) {
    case findings::FigureKind::points_and_means:
    case findings::FigureKind::intervals:
    case findings::FigureKind::bars:
      return draw_categories(figure, stem);
    case findings::FigureKind::forest:
      return draw_forest(figure, stem);
    case findings::FigureKind::heat_map:
    case findings::FigureKind::dots:
      return draw_matrix(figure, stem);
    default:
      return draw_plane(figure, stem);
  }
}

}  // namespace meridian::report
