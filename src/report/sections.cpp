#include "report/sections.hpp"

#include <fmt/core.h>

#include <cctype>

#include "report/figure_html.hpp"
#include "report/table_html.hpp"

namespace meridian::report {
namespace {

Html paragraph(const std::string& words) { return element("p", text(words)) + Html{"\n"}; }

Html link(const std::string& id, const std::string& words) { return element("a", {{"href", "#" + id}}, text(words)); }

std::string exclusion_sentence(const findings::Ledger& exclusions) {
  std::int64_t rules = 0;
  for (const findings::Exclusion& line : exclusions.lines()) rules += line.count > 0 ? 1 : 0;
  if (rules == 0) return "Nothing was excluded. ";
  return fmt::format("{} rule{} excluded something. ", rules, rules == 1 ? "" : "s");
}

Html section_content(const std::string& id, const findings::Section& section, Page& page) {
  Html content;
  content += notes_html(section.notes);
  for (const std::string& words : section.paragraphs) content += paragraph(words);
  for (const findings::Figure& figure : section.figures)
    if (const DrawnFigure* drawn = page.drawn.find(section.id, figure.name))
      content += figure_html(figure, *drawn, page.anchors.take(id + "-figure-" + figure.name), ++page.figures);
  for (const findings::Table& table : section.tables)
    content += table_html(table, page.anchors.take(id + "-" + table.name), section.folder);
  return content;
}

/// The title without what it shares with the section around it: "RQ1: people ...: mixed model" becomes "Mixed model".
std::string heading(const Placed& inner, const Placed& around) {
  const std::string &own = inner.section->title, shared = around.section->title + ": ";
  if (own.rfind(shared, 0) != 0 || own.size() == shared.size()) return own;
  std::string rest = own.substr(shared.size());
  rest.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(rest.front())));
  return rest;
}

/// An aside opens by itself when a link leads into it: its id stands on what is folded.
Html subsection_html(const Placed& inner, const Placed& around, Page& page) {
  const Html title = element("h3", text(heading(inner, around)));
  const Html content = section_content(inner.id, *inner.section, page);
  if (!inner.section->aside) return element("section", {{"id", inner.id}}, title + content) + Html{"\n"};
  return element("details", {{"class", "aside"}},
                 element("summary", title) + element("div", {{"id", inner.id}}, content)) +
         Html{"\n"};
}

/// The study's own summary as it is; what later commands added, a sentence or two each, as one list.
Html summary_content(const findings::Document& document, Page& page) {
  Html own, added;
  for (const findings::Section& section : document.sections) {
    if (!is_summary(section)) continue;
    if (own.markup.empty())
      own = section_content("summary", section, page);
    else
      for (const std::string& words : section.paragraphs) added += element("li", text(words)) + Html{"\n"};
  }
  return added.markup.empty() ? own : own + element("ul", {{"class", "added"}}, added) + Html{"\n"};
}

}  // namespace

bool is_summary(const findings::Section& section) { return section.id == "summary"; }

std::string Anchors::take(const std::string& wanted) {
  const std::string stem = slug(wanted);
  std::string id = stem;
  for (int count = 2; !taken_.insert(id).second; ++count) id = fmt::format("{}-{}", stem, count);
  return id;
}

Html synthetic_banner() {
  return element(
      "div", {{"class", "synthetic"}, {"role", "note"}},
      element("p", element("strong", text("SYNTHETIC. ")) +
                       text("Every answer behind this page was simulated. The numbers show how the program works; they "
                            "say nothing about people or language models.")));
}

Html summary_html(const findings::Document& document, const std::vector<Placed>& sections, Page& page) {
  const Html excluded =
      element("p", text(exclusion_sentence(document.exclusions)) + link("exclusions", "All exclusions"));
  return element(
             "section", {{"id", "summary"}},
             element("h2", text("Summary")) + summary_content(document, page) + attention_list(sections) + excluded) +
         Html{"\n"};
}

Html contents_html(const std::vector<Placed>& sections) {
  Html items;
  for (const Placed& placed : sections) {
    Html within;
    for (const Placed& inner : placed.within)
      if (!inner.section->aside) within += element("li", link(inner.id, heading(inner, placed)));
    if (!within.markup.empty()) within = element("ul", within);
    items += element("li", link(placed.id, placed.section->title) + within) + Html{"\n"};
  }
  items += element("li", link("exclusions", "Exclusions")) + element("li", link("provenance", "Provenance")) +
           element("li", link("cite", "How to cite"));
  return element("nav", {{"id", "contents"}, {"aria-labelledby", "contents-title"}},
                 element("h2", {{"id", "contents-title"}}, text("Contents")) + element("ol", items)) +
         Html{"\n"};
}

Html section_html(const Placed& placed, Page& page) {
  Html content = element("h2", text(placed.section->title)) + section_content(placed.id, *placed.section, page);
  for (const Placed& inner : placed.within) content += subsection_html(inner, placed, page);
  return element("section", {{"id", placed.id}}, content) + Html{"\n"};
}

Html exclusions_html(const findings::Ledger& exclusions) {
  Html content = element("h2", text("Exclusions")) +
                 paragraph(
                     "Everything that was left out, by which rule, and how many units the rule looked at. A rule with "
                     "count 0 was applied and found nothing.");
  content += exclusions.lines().empty() ? paragraph("No rule was applied.")
                                        : table_html(exclusions.table(), "exclusions-ledger", "");
  return element("section", {{"id", "exclusions"}}, content) + Html{"\n"};
}

}  // namespace meridian::report
