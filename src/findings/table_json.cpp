#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "error.hpp"
#include "findings/json_text.hpp"
#include "tables/csv.hpp"

namespace meridian::findings {
namespace {

const char* kind_name(Kind kind) { return kind == Kind::text ? "text" : kind == Kind::integer ? "integer" : "real"; }

Kind kind_from(const std::string& name) {
  for (const Kind kind : {Kind::text, Kind::integer, Kind::real})
    if (name == kind_name(kind)) return kind;
  throw InputError("the column kind '" + name + "' is none of text, integer, real");
}

std::string quoted(const std::string& text) { return nlohmann::json(text).dump(); }

/// "-0" and "1" would be read back as integers: reals carry a point or an exponent.
std::string real_text(double value) {
  if (std::isnan(value)) return "\"NaN\"";
  if (std::isinf(value)) return value > 0 ? "\"Inf\"" : "\"-Inf\"";
  const std::string digits = tables::format_number(value);
  return digits.find_first_of(".e") == std::string::npos ? digits + ".0" : digits;
}

struct AsJson {
  std::string operator()(std::monostate) const { return "null"; }
  std::string operator()(const std::string& text) const { return quoted(text); }
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(double number) const { return real_text(number); }
};

double real_from(const nlohmann::json& json) {
  if (json.is_number()) return json.get<double>();
  const auto text = json.get<std::string>();
  if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
  if (text == "Inf") return std::numeric_limits<double>::infinity();
  if (text == "-Inf") return -std::numeric_limits<double>::infinity();
  throw InputError("the number '" + text + "' is none of a JSON number, NaN, Inf, -Inf");
}

Cell cell_from(const nlohmann::json& json, Kind kind) {
  if (json.is_null()) return {};
  if (kind == Kind::text) return json.get<std::string>();
  if (kind == Kind::real) return real_from(json);
  const bool too_large = json.is_number_unsigned() && json.get<std::uint64_t>() > std::uint64_t{INT64_MAX};
  if (!json.is_number_integer() || too_large) throw InputError("the cell " + json.dump() + " is not a whole number");
  return json.get<std::int64_t>();
}

std::string columns_text(const Table& table) {
  std::string text;
  for (const Column& column : table.columns)
    text += fmt::format("{}\n    {{\"name\": {}, \"kind\": \"{}\", \"unit\": {}}}", text.empty() ? "" : ",",
                        quoted(column.name), kind_name(column.kind), quoted(column.unit));
  return text;
}

std::string row_text(const std::vector<Cell>& row) {
  std::string text;
  for (const Cell& cell : row) text += (text.empty() ? "" : ", ") + std::visit(AsJson{}, cell);
  return "[" + text + "]";
}

}  // namespace

std::string table_text(const Table& table) try {
  std::string text =
      fmt::format("{{\n  \"name\": {},\n  \"title\": {},\n  \"caption\": {},\n  \"columns\": [{}\n  ],\n",
                  quoted(table.name), quoted(table.title), quoted(table.caption), columns_text(table));
  text += "  \"rows\": [";
  for (std::size_t i = 0; i < table.rows.size(); ++i) text += (i ? ",\n    " : "\n    ") + row_text(table.rows[i]);
  return text + "\n  ]\n}\n";
} catch (const nlohmann::json::type_error& error) {
  throw Error(ExitCode::bug, "table " + table.name + ": " + error.what());
}

Table table_from(const nlohmann::json& json) {
  Table table{json.at("name"), json.at("title"), json.at("caption"), {}, {}};
  for (const nlohmann::json& column : json.at("columns"))
    table.columns.push_back({column.at("name"), kind_from(column.at("kind")), column.at("unit")});
  for (const nlohmann::json& cells : json.at("rows")) {
    if (!cells.is_array() || cells.size() != table.columns.size())
      throw InputError(fmt::format("a row of {} cells for {} columns", cells.size(), table.columns.size()));
    std::vector<Cell> row;
    for (std::size_t i = 0; i < cells.size(); ++i) row.push_back(cell_from(cells[i], table.columns[i].kind));
    table.add(std::move(row));
  }
  return table;
}

}  // namespace meridian::findings
