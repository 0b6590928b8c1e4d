#include "report/figure_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <numeric>
#include <set>
#include <sstream>
#include <thread>

#include "findings/files.hpp"
#include "report/element.hpp"
#include "report/external_program.hpp"
#include "report/figure_script.hpp"
#include "tables/csv.hpp"

namespace meridian::report {
namespace {

namespace fs = std::filesystem;

/// Columns of numbers, then those of texts.
std::vector<std::size_t> order_of(const findings::Table& table) {
  std::vector<std::size_t> order(table.columns.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_partition(order.begin(), order.end(),
                        [&](std::size_t at) { return table.columns[at].kind != findings::Kind::text; });
  return order;
}

/// Gnuplot reads numbers alone, by its own rules of quotes, comments and line breaks: texts stand behind them, each in
/// one line.
std::string csv_text(const findings::Table& table) {
  const std::vector<std::size_t> order = order_of(table);
  std::vector<std::string> fields;
  for (const std::size_t at : order) fields.push_back(table.columns[at].name);
  std::string text = tables::csv_line(fields);
  for (const auto& row : table.rows) {
    fields.clear();
    for (const std::size_t at : order) {
      fields.push_back(findings::to_text(row[at]));
      std::replace_if(
          fields.back().begin(), fields.back().end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
    }
    text += tables::csv_line(fields);
  }
  return text;
}

std::string read_text(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

/// Gnuplot takes many scripts at once: starting it costs more than a figure. Every `step`th figure from `first`.
std::vector<std::string> command_line(const std::string& format, const std::vector<DrawnFigure>& figures,
                                      std::size_t first, std::size_t step) {
  std::vector<std::string> line = {"gnuplot", "-e", "format=\"" + format + "\""};
  for (std::size_t i = first; i < figures.size(); i += step) line.push_back(figures[i].stem + ".gp");
  return line;
}

std::string render(const std::vector<DrawnFigure>& figures, const fs::path& folder, const PictureFormats& formats) {
  if (!installed("gnuplot"))
    return "The figures were not drawn because gnuplot is not installed (Debian: apt-get install gnuplot-nox). Their "
           "numbers and scripts are in the folder figures: install it and make the report again.";
  std::vector<std::vector<std::string>> lines = {command_line("svg", figures, 0, 1)};
  if (formats.pdf) lines.push_back(command_line("pdf", figures, 0, 1));
  // most of the time goes into the compression of the PNG files
  const std::size_t processors = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 8);
  const std::size_t parts = formats.png ? std::min(processors, figures.size()) : 0;
  for (std::size_t part = 0; part < parts; ++part) lines.push_back(command_line("png", figures, part, parts));
  for (const Ended& ended : run_all(lines, folder))
    if (ended.code != 0)
      return fmt::format("gnuplot could not draw every figure (exit code {}): {}", ended.code, ended.messages);
  return "";
}

void discard(const fs::path& folder) {
  if (!fs::is_directory(folder)) return;
  const std::set<std::string> ours = {".csv", ".gp", ".svg", ".pdf", ".png"};
  for (const auto& entry : fs::directory_iterator(folder))
    if (ours.count(entry.path().extension().string())) fs::remove(entry.path());
}

}  // namespace

const DrawnFigure* DrawnFigures::find(const std::string& section, const std::string& name) const {
  for (const DrawnFigure& figure : figures)
    if (figure.section == section && figure.name == name) return &figure;
  return nullptr;
}

DrawnFigures write_figures(const findings::Document& document, const fs::path& folder, const PictureFormats& formats) {
  DrawnFigures drawn;
  discard(folder);
  std::set<std::string> taken;
  for (const findings::Section& section : document.sections)
    for (const findings::Figure& figure : section.figures) {
      const std::string wanted = slug(section.id + "-" + figure.name);
      std::string stem = wanted;
      for (int count = 2; !taken.insert(stem).second; ++count) stem = fmt::format("{}-{}", wanted, count);
      const Drawing drawing = draw(figure, stem);
      findings::write_text(folder / (stem + ".csv"), csv_text(drawing.drawn));
      findings::write_text(folder / (stem + ".gp"), drawing.script);
      drawn.figures.push_back({section.id, figure.name, stem});
    }
  if (drawn.figures.empty()) return drawn;
  drawn.problem = render(drawn.figures, folder, formats);
  for (DrawnFigure& figure : drawn.figures) {
    figure.svg = read_text(folder / (figure.stem + ".svg"));
    figure.pdf = fs::exists(folder / (figure.stem + ".pdf"));
    figure.png = fs::exists(folder / (figure.stem + ".png"));
  }
  return drawn;
}

}  // namespace meridian::report
