#include "report/sections.hpp"

#include <fmt/core.h>

#include "report/figure_html.hpp"
#include "report/table_html.hpp"

namespace meridian::report {
namespace {

using findings::Note;
using findings::Severity;

const char* word(Severity severity) {
  switch (severity) {
    case Severity::info:
      return "Note";
    case Severity::caution:
      return "Caution";
    case Severity::warning:
      return "Warning";
  }
  return "";
}

const char* style_class(Severity severity) {
  switch (severity) {
    case Severity::info:
      return "note info";
    case Severity::caution:
      return "note caution";
    case Severity::warning:
      return "note warning";
  }
  return "";
}

Html paragraph(const std::string& words) { return element("p", text(words)) + Html{"\n"}; }

Html link(const std::string& id, const std::string& words) { return element("a", {{"href", "#" + id}}, text(words)); }

Html attention_item(const Note& note, const Placed& placed) {
  return element("li", element("strong", text(fmt::format("{}: {}. ", word(note.severity), note.about))) +
                           text(note.text + " ") + link(placed.id, "See " + placed.section->title));
}

// Warnings before cautions, each in the order of the page.
Html attention_list(const std::vector<Placed>& sections) {
  Html items;
  for (const Severity severity : {Severity::warning, Severity::caution})
    for (const Placed& placed : sections)
      for (const Note& note : placed.section->notes)
        if (note.severity == severity) items += attention_item(note, placed);
  if (items.markup.empty()) return paragraph("No check of this run raised a warning or a caution.");
  return paragraph("What a reader must know first:") + element("ul", {{"class", "attention"}}, items);
}

std::string exclusion_sentence(const findings::Ledger& exclusions) {
  std::int64_t rules = 0;
  for (const findings::Exclusion& line : exclusions.lines()) rules += line.count > 0 ? 1 : 0;
  if (rules == 0) return "Nothing was excluded. ";
  return fmt::format("{} rule{} excluded something. ", rules, rules == 1 ? "" : "s");
}

Html section_content(const std::string& id, const findings::Section& section, Page& page) {
  Html content;
  for (const Note& note : section.notes) content += note_html(note);
  for (const std::string& words : section.paragraphs) content += paragraph(words);
  for (const findings::Figure& figure : section.figures)
    if (const DrawnFigure* drawn = page.drawn.find(section.id, figure.name))
      content += figure_html(figure, *drawn, page.anchors.take(id + "-figure-" + figure.name), ++page.figures);
  for (const findings::Table& table : section.tables)
    content += table_html(table, page.anchors.take(id + "-" + table.name), section.folder);
  return content;
}

}  // namespace

bool is_summary(const findings::Section& section) { return section.id == "summary"; }

std::string Anchors::take(const std::string& wanted) {
  const std::string stem = slug(wanted);
  std::string id = stem;
  for (int count = 2; !taken_.insert(id).second; ++count) id = fmt::format("{}-{}", stem, count);
  return id;
}

Html note_html(const Note& note) {
  Html content =
      element("p", element("strong", text(fmt::format("{}: {}. ", word(note.severity), note.about))) + text(note.text));
  if (!note.remedy.empty()) content += element("p", element("strong", text("What to do: ")) + text(note.remedy));
  return element("div", {{"class", style_class(note.severity)}, {"role", "note"}}, content) + Html{"\n"};
}

Html synthetic_banner() {
  return element(
      "div", {{"class", "synthetic"}, {"role", "note"}},
      element("p", element("strong", text("SYNTHETIC. ")) +
                       text("Every answer behind this page was simulated. The numbers show how the program works; they "
                            "say nothing about people or language models.")));
}

Html summary_html(const findings::Document& document, const std::vector<Placed>& sections, Page& page) {
  Html own;
  for (const findings::Section& section : document.sections)
    if (is_summary(section)) own += section_content("summary", section, page);
  const Html excluded =
      element("p", text(exclusion_sentence(document.exclusions)) + link("exclusions", "All exclusions"));
  return element("section", {{"id", "summary"}},
                 element("h2", text("Summary")) + own + attention_list(sections) + excluded) +
         Html{"\n"};
}

Html contents_html(const std::vector<Placed>& sections) {
  Html items;
  for (const Placed& placed : sections) items += element("li", link(placed.id, placed.section->title));
  items += element("li", link("exclusions", "Exclusions")) + element("li", link("provenance", "Provenance")) +
           element("li", link("cite", "How to cite"));
  return element("nav", {{"id", "contents"}, {"aria-labelledby", "contents-title"}},
                 element("h2", {{"id", "contents-title"}}, text("Contents")) + element("ol", items)) +
         Html{"\n"};
}

Html section_html(const Placed& placed, Page& page) {
  const Html content = element("h2", text(placed.section->title)) + section_content(placed.id, *placed.section, page);
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
