#pragma once
// Where the cells of a heat map, or the dots of a matrix, stand: rows, columns, scale of the colours, pixels.
#include <cmath>

#include "report/figure_canvas.hpp"

namespace meridian::report {

inline constexpr double kTree = 60;  ///< pixels of a dendrogram

/// Rows from top to bottom, columns from left to right, both from 1.
struct MatrixPlaces {
  Levels rows, columns, series;
  findings::Table drawn;  ///< with row_number, column_number, style_number: 0 cells, 1 row tree, 2 column tree; of dots
                          ///< the series
  bool row_tree = false, column_tree = false;
  double low = INFINITY, high = -INFINITY;  ///< of the values

  explicit MatrixPlaces(const findings::Figure& figure);

 private:
  void place(std::vector<findings::Cell>& row, bool dots);
};

/// What the colours stand for: the ends asked for, else those of the values; the same on both sides of a 0 within.
struct ColourScale {
  double low, high;
  bool diverging;
  ColourScale(const MatrixPlaces& places, const findings::Axis& z);
};

/// The matrix in pixels with the room around it. Cells are as wide as the page allows, and low where many rows must fit
/// on a printed page.
struct MatrixLayout {
  bool aslant;    ///< the names of columns
  int font = 12;  ///< pixels
  double cell_height;
  Box box;
  double height;  ///< of the page

  /// `legend`: the room taken at the top.
  MatrixLayout(const MatrixPlaces& places, const findings::Figure& figure, double legend);
};

}  // namespace meridian::report
