#pragma once
// A figure as gnuplot draws it: the numbers with their places, and the script. No figure needs more than these two
// files, so that anyone can draw it again: gnuplot NAME.gp, or gnuplot -e 'format="pdf"' NAME.gp.
#include <string>

#include "findings/figure.hpp"

namespace meridian::report {

struct Drawing {
  findings::Table drawn;  ///< the figure's rows with panel_number, style_number and places; written as STEM.csv
  std::string script;     ///< STEM.gp: reads STEM.csv, writes STEM.svg, .pdf or .png
};

/// Depends on nothing but its arguments.
Drawing draw(const findings::Figure& figure, const std::string& stem);

}  // namespace meridian::report
