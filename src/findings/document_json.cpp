#include "error.hpp"
#include "findings/json_text.hpp"

namespace meridian::findings {
namespace {

using Json = nlohmann::ordered_json;  // keys in the order of reading

const char* severity_name(Severity severity) {
  return severity == Severity::info ? "info" : severity == Severity::caution ? "caution" : "warning";
}

Severity severity_from(const std::string& name) {
  for (const Severity severity : {Severity::info, Severity::caution, Severity::warning})
    if (name == severity_name(severity)) return severity;
  throw InputError("the severity '" + name + "' is none of info, caution, warning");
}

Json section_json(const Section& section) {
  Json json{{"id", section.id}, {"title", section.title}, {"folder", section.folder}};
  json["paragraphs"] = section.paragraphs;
  json["notes"] = Json::array();
  for (const Note& note : section.notes)
    json["notes"].push_back({{"severity", severity_name(note.severity)},
                             {"about", note.about},
                             {"text", note.text},
                             {"remedy", note.remedy}});
  json["tables"] = Json::array();
  for (const Table& table : section.tables) json["tables"].push_back(table.name);
  json["figures"] = Json::array();
  for (const Figure& figure : section.figures) json["figures"].push_back(figure.name);
  if (!section.after.empty()) json["after"] = section.after;
  if (!section.under.empty()) json["under"] = section.under;
  if (section.aside) json["aside"] = true;
  return json;
}

Json ledger_json(const Ledger& ledger) {
  Json json = Json::array();
  for (const Exclusion& line : ledger.lines())
    json.push_back({{"source", line.source},
                    {"unit", line.unit},
                    {"rule", line.rule},
                    {"count", line.count},
                    {"of", line.of},
                    {"examples", line.examples}});
  return json;
}

Section section_from(const nlohmann::json& json) {
  Section section{json.at("id"), json.at("title"), json.at("folder"), json.at("paragraphs"), {}, {}};
  for (const nlohmann::json& note : json.at("notes"))
    section.notes.push_back({severity_from(note.at("severity")), note.at("about"), note.at("text"), note.at("remedy")});
  for (const nlohmann::json& name : json.at("tables")) section.tables.push_back({name, "", "", {}, {}});
  for (const nlohmann::json& name : json.at("figures")) section.figures.emplace_back().name = name;
  section.after = json.value("after", "");
  section.under = json.value("under", "");
  section.aside = json.value("aside", false);
  return section;
}

Ledger ledger_from(const nlohmann::json& json) {
  Ledger ledger;
  for (const nlohmann::json& line : json)
    ledger.restore(
        {line.at("source"), line.at("unit"), line.at("rule"), line.at("count"), line.at("of"), line.at("examples")});
  return ledger;
}

}  // namespace

std::string document_text(const Document& document) try {
  Json json{{"title", document.title}, {"synthetic", document.synthetic}};
  json["sections"] = Json::array();
  for (const Section& section : document.sections) json["sections"].push_back(section_json(section));
  json["exclusions"] = ledger_json(document.exclusions);
  return json.dump(1) + "\n";
} catch (const nlohmann::json::type_error& error) {
  throw Error(ExitCode::bug, std::string("findings: ") + error.what());
}

Document document_from(const nlohmann::json& json) {
  Document document{json.at("title"), json.at("synthetic"), {}, ledger_from(json.at("exclusions"))};
  for (const nlohmann::json& section : json.at("sections")) document.sections.push_back(section_from(section));
  return document;
}

}  // namespace meridian::findings
