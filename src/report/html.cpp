#include "report/html.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "error.hpp"
#include "report/inline_svg.hpp"
#include "report/page_style.hpp"
#include "report/provenance.hpp"
#include "report/sections.hpp"

namespace meridian::report {
namespace {

using Json = nlohmann::ordered_json;

Json parse_provenance(const std::string& provenance) {
  Json run = Json::parse(provenance, nullptr, false);
  if (!run.is_object()) throw Error(ExitCode::bug, "report: the provenance is no JSON object");
  return run;
}

/// The section of its own within which `section` is read: itself, or what `under` leads to.
const findings::Section& outermost(const findings::Document& document, const findings::Section& section) {
  const findings::Section* at = &section;
  for (std::size_t step = 0; step < document.sections.size() && !at->under.empty(); ++step) {
    const auto around = std::find_if(document.sections.begin(), document.sections.end(),
                                     [&](const findings::Section& other) { return other.id == at->under; });
    if (around == document.sections.end() || is_summary(*around)) break;
    at = &*around;
  }
  return *at;
}

std::vector<Placed> placed(const findings::Document& document, Anchors& anchors) {
  for (const char* own :
       {"summary", "contents", "contents-title", "exclusions", "exclusions-ledger", "provenance", "cite"})
    anchors.take(own);
  std::vector<Placed> sections;
  std::map<const findings::Section*, std::vector<Placed>> within;
  for (const findings::Section& section : document.sections) {
    if (is_summary(section)) continue;
    const findings::Section& around = outermost(document, section);
    (&around == &section ? sections : within[&around]).push_back({anchors.take(section.id), &section});
  }
  for (Placed& section : sections) section.within = std::move(within[section.section]);
  return sections;
}

// The empty icon keeps browsers from asking a server for one.
Html head(const findings::Document& document) {
  const std::string title = (document.synthetic ? "SYNTHETIC - " : "") + document.title;
  return element("head",
                 Html{"\n<meta charset=\"utf-8\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                      "<meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">\n"} +
                     element("title", text(title)) + Html{"\n"} + element("style", Html{page_style()}) + Html{"\n"});
}

Html body(const findings::Document& document, const Json& run, const DrawnFigures& drawn) {
  Page page{drawn};
  const std::vector<Placed> sections = placed(document, page.anchors);
  Html main = summary_html(document, sections, page) + contents_html(sections);
  if (!drawn.figures.empty()) main += Html{svg_symbols(drawn.figures.front().svg)};
  if (!drawn.problem.empty()) main += note_html({findings::Severity::caution, "figures", drawn.problem, ""});
  for (const Placed& section : sections) main += section_html(section, page);
  main += exclusions_html(document.exclusions) + provenance_html(run) + citation_html(run, document.synthetic);
  Html top = element("h1", text(document.title));
  if (document.synthetic) top = synthetic_banner() + top;
  return element("body", Html{"\n"} + element("header", top) + Html{"\n"} + element("main", main) + Html{"\n"});
}

}  // namespace

std::string html_page(const findings::Document& document, const std::string& provenance, const DrawnFigures& drawn) {
  const Json run = parse_provenance(provenance);
  const Html page =
      element("html", {{"lang", "en"}}, Html{"\n"} + head(document) + Html{"\n"} + body(document, run, drawn));
  return "<!DOCTYPE html>\n" + page.markup + "\n";
}

}  // namespace meridian::report
