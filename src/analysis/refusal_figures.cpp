#include "analysis/refusal_figures.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace meridian::analysis {
namespace {

using findings::Figure;
using findings::FigureKind;
using findings::Table;

std::string text_at(const Table& table, std::size_t row, const char* column) {
  return findings::to_text(table.rows[row][table.column(column)]);
}

double rate_at(const Table& table, std::size_t row, const char* column) {
  const auto* rate = std::get_if<double>(&table.rows[row][table.column(column)]);
  return rate ? 100 * *rate : 0;
}

/// "Chinese, persona USA"; of other tables their first column.
std::string category_of(const Table& table, std::size_t row) {
  if (table.name != "by_condition") return findings::to_text(table.rows[row].front());
  return fmt::format("{}, persona {}", text_at(table, row, "language"), text_at(table, row, "persona"));
}

void add_rates(const Table& table, Figure& figure) {
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const std::string origin = text_at(table, row, "origin");
    if (origin.empty()) continue;  // both origins together
    const double rate = rate_at(table, row, "rate");
    const bool bounds = !text_at(table, row, "rate_most").empty();
    figure.add({{},
                category_of(table, row),
                "Models from " + origin,
                {},
                rate,
                bounds ? findings::Cell{rate} : findings::Cell{},
                bounds ? findings::Cell{rate_at(table, row, "rate_most")} : findings::Cell{},
                table.rows[row][table.column("trials")]});
  }
}

std::string sample_of(const Figure& figure) {
  std::int64_t trials = 0;
  for (const auto& row : figure.data.rows) trials += std::get<std::int64_t>(row.back());
  return fmt::format("{} trials", trials);
}

Figure rates_figure(const Table& table, const std::string& by) {
  Figure figure = findings::make_figure(FigureKind::bars, "refusals_" + table.name, "Refusals by " + by);
  add_rates(table, figure);
  const bool bounds = std::any_of(figure.data.rows.begin(), figure.data.rows.end(),
                                  [&](const auto& row) { return !findings::to_text(row[6]).empty(); });
  figure.y = {.title = "Trials without a valid answer", .unit = "%"};
  figure.sample = sample_of(figure);
  if (bounds) figure.interval = "from the fewest to the most refusals that the file of means allows";
  figure.caption =
      bounds ? "Bars: the fewest refusals that the file of means allows." : "Shares of all trials, counted.";
  figure.alt =
      fmt::format("Rates of refusal by {} and origin of the models; the table of rates holds the numbers.", by);
  return figure;
}

bool anything_refused(const Figure& figure) {
  return std::any_of(figure.data.rows.begin(), figure.data.rows.end(), [](const auto& row) {
    return std::get<double>(row[4]) > 0 || !findings::to_text(row[6]).empty();
  });
}

}  // namespace

std::vector<Figure> refusal_figures(const std::vector<Table>& tables) {
  const bool dimensions =
      std::any_of(tables.begin(), tables.end(), [](const Table& table) { return table.name == "by_dimension"; });
  std::vector<Figure> figures;
  for (const Table& table : tables) {
    if (table.name == (dimensions ? "by_dimension" : "by_item"))
      figures.push_back(rates_figure(table, dimensions ? "dimension" : "item"));
    if (table.name == "by_condition") figures.push_back(rates_figure(table, "language and persona of the prompt"));
  }
  if (std::none_of(figures.begin(), figures.end(), anything_refused)) figures.clear();
  return figures;
}

}  // namespace meridian::analysis
