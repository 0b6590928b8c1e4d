#include "analysis/table_figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

namespace meridian::analysis {
namespace {

using findings::Cell;
using findings::Figure;
using findings::FigureKind;
using findings::Table;

constexpr double kNormal95 = 1.959963984540054;
const char* const kInterval = "95 % limits, normal: mean +- 1.96 SD / sqrt(n) over people x models";

std::string text_at(const Table& table, const std::vector<Cell>& row, const char* column) {
  return findings::to_text(row[table.column(column)]);
}

/// Mean with limits and count, as the last four cells of a row of the figure.
std::vector<Cell> mean_cells(const Table& table, const std::vector<Cell>& row) {
  const double mean = std::get<double>(row[table.column("mean")]), sd = std::get<double>(row[table.column("sd")]);
  const std::int64_t n = std::get<std::int64_t>(row[table.column("n")]);
  const double half = kNormal95 * sd / std::sqrt(static_cast<double>(n));
  return {mean, mean - half, mean + half, n};
}

std::string smallest_n(const Figure& figure) {
  std::int64_t least = INT64_MAX, most = 0;
  for (const auto& row : figure.data.rows) {
    const std::int64_t n = std::get<std::int64_t>(row.back());
    least = std::min(least, n);
    most = std::max(most, n);
  }
  return least == most ? fmt::format("{} cosines per mark", least)
                       : fmt::format("{} to {} cosines per mark", least, most);
}

void add_row(Figure& figure, std::vector<Cell> keys, const std::vector<Cell>& numbers) {
  keys.insert(keys.end(), numbers.begin(), numbers.end());
  figure.add(std::move(keys));
}

/// "182 homosexuality": an item with its gloss; other parts by their name.
std::string part_words(const std::string& part, const survey::Instrument& instrument) {
  for (const survey::Item& item : instrument.items)
    if (item.id == part && !item.gloss.empty()) return part + " " + item.gloss;
  return part;
}

/// Rows of the table: items and dimensions in the order of the questionnaire, sets of items last.
std::vector<std::size_t> in_instrument_order(const Table& table, const survey::Instrument& instrument) {
  const auto place = [&](std::size_t row) {
    const std::string part = text_at(table, table.rows[row], "removed");
    return std::find_if(instrument.items.begin(), instrument.items.end(),
                        [&](const survey::Item& item) { return item.id == part || item.dimension == part; });
  };
  std::vector<std::size_t> rows(table.rows.size());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  std::stable_sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) { return place(a) < place(b); });
  return rows;
}

}  // namespace

std::optional<Figure> conditions_figure(const Table& table) {
  Figure figure =
      findings::make_figure(FigureKind::intervals, "conditions", "Similarity by language and persona of the prompt");
  std::set<std::string> conditions;
  for (const auto& row : table.rows) {
    const std::string language = text_at(table, row, "language"), persona = text_at(table, row, "persona");
    if (!text_at(table, row, "removed").empty()) return std::nullopt;
    const std::string condition = language + (language.empty() || persona.empty() ? "" : ", persona ") + persona;
    conditions.insert(condition);
    add_row(
        figure,
        {{}, condition, "People of " + text_at(table, row, "nation"), "models from " + text_at(table, row, "origin")},
        mean_cells(table, row));
  }
  if (conditions.size() < 2) return std::nullopt;
  figure.x.title = "Prompt";
  figure.y = {.title = "Similarity", .unit = "cosine"};
  figure.sample = smallest_n(figure);
  figure.interval = kInterval;
  figure.caption =
      "Hue: the people's nation; filled or open: the models' origin. The limits treat cosines as independent, the "
      "mixed model does not.";
  figure.alt =
      fmt::format("Mean cosine of people and models under {} prompts, by nation and origin.", conditions.size());
  return figure;
}

Figure removal_figure(const Table& table, const survey::Instrument& instrument) {
  Figure figure = findings::make_figure(FigureKind::forest, "change_by_removed",
                                        "Change of the similarity when a part of the questionnaire is left out");
  std::set<std::string> parts;
  for (const std::size_t at : in_instrument_order(table, instrument)) {
    const auto& row = table.rows[at];
    parts.insert(text_at(table, row, "removed"));
    add_row(figure,
            {"Models from " + text_at(table, row, "origin"),
             part_words(text_at(table, row, "removed"), instrument),
             "People of " + text_at(table, row, "nation"),
             {}},
            mean_cells(table, row));
  }
  figure.x = {.title = "Change of similarity", .unit = "cosine", .reference = 0.0};
  figure.sample = smallest_n(figure);
  figure.interval = kInterval;
  figure.caption =
      "Cosine without the part named at the left minus cosine with all items; right of the dashed line people and "
      "models are more alike without it.";
  figure.alt =
      fmt::format("Mean change of the cosine for {} parts left out, by nation and origin of the models.", parts.size());
  return figure;
}

}  // namespace meridian::analysis
