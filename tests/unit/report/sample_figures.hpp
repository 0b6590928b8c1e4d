#pragma once
// One small figure of each kind.
#include <cmath>

#include "findings/document.hpp"

namespace meridian::tests {

using findings::Figure;
using findings::FigureKind;

inline Figure worded(Figure figure, const std::string& x, const std::string& y) {
  figure.alt = "A sample: " + figure.title;
  figure.caption = "How to read it.";
  figure.sample = "40 people";
  figure.interval = "95 % limits";
  figure.x.title = x;
  figure.y.title = y;
  return figure;
}

inline Figure points_figure() {
  Figure figure = worded(findings::make_figure(FigureKind::points_and_means, "points", "Similarity"), "", "Similarity");
  figure.y.unit = "cosine";
  for (const char* panel : {"China models", "USA models"})
    for (int model = 0; model < 10; ++model)
      for (const char* nation : {"China", "USA"}) {
        const std::string name = std::string("Model ") + static_cast<char>('A' + model) + "-4.1 <&'large'>";
        const double centre = (nation[0] == 'C' ? 0.3 : 0.5) + 0.02 * model;
        for (int i = 0; i < 40; ++i)
          figure.add({panel, name, nation, "point", centre + 0.25 * std::sin(1.7 * i) * std::cos(0.9 * i), {}, {}, {}});
        figure.add({panel, name, nation, "mean", centre, centre - 0.02, centre + 0.02, 40});
      }
  return figure;
}

inline Figure category_figure(FigureKind kind, const std::string& name) {
  Figure figure = worded(findings::make_figure(kind, name, "By category"), "Value", "Value");
  if (kind != FigureKind::forest) figure.x.title = "";
  if (kind == FigureKind::forest) figure.y.title = "";
  if (kind == FigureKind::forest) figure.x.reference = 0;
  for (const char* category : {"care", "equality", "proportionality", "loyalty"})
    for (const char* nation : {"China", "USA"})
      for (const char* shade : {"people", "models"}) {
        const double value = 0.1 * static_cast<double>(category[0] - 'e') + (shade[0] == 'p' ? 0.1 : -0.05);
        figure.add({{}, category, nation, shade, value, value - 0.08, value + 0.08, 40});
      }
  return figure;
}

inline Figure histogram_figure() {
  Figure figure =
      worded(findings::make_figure(FigureKind::histogram, "permutation", "Permutations"), "Statistic", "Count");
  for (int i = 0; i < 30; ++i)
    figure.add({{}, "bar", -0.3 + 0.02 * i, -0.28 + 0.02 * i, 900 * std::exp(-0.02 * (i - 15) * (i - 15))});
  figure.add({{}, "observed", 0.27, {}, {}});
  return figure;
}

inline Figure curves_figure() {
  Figure figure = worded(findings::make_figure(FigureKind::curves, "curves", "Curves"), "Steps", "Share");
  for (const char* series : {"GPT", "Qwen", "Llama"})
    for (int i = 0; i < 6; ++i) {
      const double value = 0.2 + 0.1 * i + 0.02 * series[0] / 10.0;
      figure.add({{}, series, 1.0 * i, value, value - 0.05, value + 0.05});
    }
  return figure;
}

inline Figure scatter_figure() {
  Figure figure = worded(findings::make_figure(FigureKind::scatter, "map", "Map"), "First axis", "Second axis");
  for (int i = 0; i < 12; ++i)
    figure.add({{},
                i % 2 ? "China" : "USA",
                std::string("Model ") + static_cast<char>('A' + i),
                std::sin(1.0 * i),
                std::cos(2.0 * i)});
  return figure;
}

inline Figure quantiles_figure() {
  Figure figure = worded(findings::make_figure(FigureKind::scatter, "quantiles", "Quantiles"), "Normal", "Residual");
  figure.y.identity = true;
  for (int i = 0; i < 60; ++i) figure.add({{}, {}, {}, -3 + 0.1 * i, -3.1 + 0.1 * i + 0.001 * i * i});
  return figure;
}

inline Figure tiles_figure() {
  Figure figure = worded(findings::make_figure(FigureKind::tiles, "tiles", "Residuals"), "Fitted", "Residual");
  figure.z.title = "Count";
  for (int i = 0; i < 30; ++i)
    for (int j = 0; j < 20; ++j)
      if (const double count = std::floor(800 * std::exp(-0.02 * (i - 15) * (i - 15) - 0.05 * (j - 10) * (j - 10)));
          count > 0)
        figure.add({{}, 0.02 * i, 0.02 * (i + 1), -2 + 0.2 * j, -1.8 + 0.2 * j, count});
  return figure;
}

inline Figure heat_figure() {
  Figure figure = worded(findings::make_figure(FigureKind::heat_map, "heat", "Agreement"), "", "");
  figure.z = {.title = "Rank correlation", .low = -1.0, .high = 1.0};
  const char* names[] = {"GPT-4", "Claude-3", "Gemini-1.5", "Qwen-2", "Ernie-4"};
  for (int i = 0; i < 5; ++i)
    for (int j = 0; j < 5; ++j)
      figure.add({"cell", names[i], names[j], i == j ? 1.0 : std::cos(0.8 * (i + j)), {}, {}, {}, {}});
  for (const char* tree : {"row_tree", "column_tree"}) {
    figure.add({tree, {}, {}, 0.2, 0.0, 1.0, 0.0, 0.0});
    figure.add({tree, {}, {}, 0.3, 3.0, 4.0, 0.0, 0.0});
    figure.add({tree, {}, {}, 0.5, 0.5, 2.0, 0.2, 0.0});
    figure.add({tree, {}, {}, 0.9, 1.25, 3.5, 0.5, 0.3});
  }
  return figure;
}

inline Figure dots_figure() {
  Figure figure = worded(findings::make_figure(FigureKind::dots, "stability", "Stability"), "Rank", "");
  figure.z.title = "Share of replicates";
  for (int i = 0; i < 6; ++i)
    for (int j = 0; j < 6; ++j)
      figure.add({std::string("Term ") + static_cast<char>('A' + i),
                  std::to_string(j + 1),
                  {},
                  std::exp(-0.8 * std::abs(i - j))});
  return figure;
}

/// All of them in one section.
inline findings::Document all_figures() {
  findings::Document document;
  document.title = "Samples";
  findings::Section section{"samples", "Samples", "tables/samples", {}, {}, {}};
  section.figures = {points_figure(),
                     category_figure(FigureKind::intervals, "intervals"),
                     category_figure(FigureKind::forest, "forest"),
                     category_figure(FigureKind::bars, "bars"),
                     histogram_figure(),
                     curves_figure(),
                     scatter_figure(),
                     quantiles_figure(),
                     tiles_figure(),
                     heat_figure(),
                     dots_figure()};
  document.sections.push_back(section);
  return document;
}

}  // namespace meridian::tests
