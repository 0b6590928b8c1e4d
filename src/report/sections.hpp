#pragma once
// The parts of the page, in the order of reading.
#include <set>
#include <string>
#include <vector>

#include "findings/document.hpp"
#include "report/element.hpp"
#include "report/figure_files.hpp"
#include "report/notes.hpp"

namespace meridian::report {

/// Gives out ids, no id twice.
class Anchors {
 public:
  std::string take(const std::string& wanted);

 private:
  std::set<std::string> taken_;
};

/// What the parts of one page share: ids, pictures, and how many figures stand above.
struct Page {
  const DrawnFigures& drawn;
  Anchors anchors = {};
  int figures = 0;
};

/// Unmissable words at the top of a page about simulated answers.
Html synthetic_banner();
/// A section with the id "summary" stands at the top, inside the page's own summary.
bool is_summary(const findings::Section& section);
/// The document's own summary if it has one, then every warning and caution of `sections` with a link to where it
/// stands, and how much was excluded.
Html summary_html(const findings::Document& document, const std::vector<Placed>& sections, Page& page);
Html contents_html(const std::vector<Placed>& sections);
/// A section and, below it, those that are read within it: asides folded.
Html section_html(const Placed& placed, Page& page);
Html exclusions_html(const findings::Ledger& exclusions);

}  // namespace meridian::report
