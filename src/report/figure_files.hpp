#pragma once
// Figures as files: for each STEM.csv and STEM.gp, and what gnuplot makes of them.
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "findings/document.hpp"

namespace meridian::report {

/// Which pictures are made beside the SVG that the page shows.
struct PictureFormats {
  bool pdf = true, png = true;
};

/// One figure of the document and its picture.
struct DrawnFigure {
  std::string section;  ///< id
  std::string name;
  std::string stem;               ///< of its files
  std::string svg = {};           ///< empty where it was not drawn
  bool pdf = false, png = false;  ///< further pictures made
};

struct DrawnFigures {
  std::vector<DrawnFigure> figures;
  std::string problem;  ///< why figures are missing and what to do; empty: none is
  const DrawnFigure* find(const std::string& section, const std::string& name) const;
};

/// Writes all figures of the document into `folder`, replacing what an earlier report left there. Without gnuplot the
/// numbers and scripts are written and `problem` says what to install.
DrawnFigures write_figures(const findings::Document& document, const std::filesystem::path& folder,
                           const PictureFormats& formats);

}  // namespace meridian::report
