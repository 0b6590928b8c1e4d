#include <fmt/format.h>

#include "error.hpp"
#include "findings/json_text.hpp"

namespace meridian::findings {
namespace {

using Json = nlohmann::ordered_json;

Json axis_json(const Axis& axis) {
  Json json{{"title", axis.title}, {"unit", axis.unit}};
  if (axis.low) json["low"] = *axis.low;
  if (axis.high) json["high"] = *axis.high;
  if (axis.reference) json["reference"] = *axis.reference;
  if (axis.identity) json["identity"] = true;
  if (axis.panel_ends) json["panel_ends"] = true;
  return json;
}

std::optional<double> number_at(const nlohmann::json& json, const char* name) {
  return json.contains(name) ? std::optional<double>(json.at(name).get<double>()) : std::nullopt;
}

Axis axis_from(const nlohmann::json& json) {
  return {json.at("title"),
          json.at("unit"),
          number_at(json, "low"),
          number_at(json, "high"),
          number_at(json, "reference"),
          json.value("identity", false),
          json.value("panel_ends", false)};
}

}  // namespace

std::string figure_text(const Figure& figure) try {
  const Json words{{"kind", figure_kind_name(figure.kind)},
                   {"name", figure.name},
                   {"title", figure.title},
                   {"caption", figure.caption},
                   {"alt", figure.alt},
                   {"sample", figure.sample},
                   {"interval", figure.interval},
                   {"x", axis_json(figure.x)},
                   {"y", axis_json(figure.y)},
                   {"z", axis_json(figure.z)}};
  std::string text = words.dump(1);
  text.erase(text.rfind("\n}"));  // the data follow in the form of a table, one row per line
  return text + ",\n \"data\": " + table_text(figure.data) + "}\n";
} catch (const nlohmann::json::type_error& error) {
  throw Error(ExitCode::bug, "figure " + figure.name + ": " + error.what());
}

Figure figure_from(const nlohmann::json& json) {
  Figure figure{figure_kind_from(json.at("kind")),
                json.at("name"),
                json.at("title"),
                json.at("caption"),
                json.at("alt"),
                json.at("sample"),
                json.at("interval"),
                axis_from(json.at("x")),
                axis_from(json.at("y")),
                axis_from(json.at("z")),
                table_from(json.at("data"))};
  check_figure(figure);
  return figure;
}

}  // namespace meridian::findings
