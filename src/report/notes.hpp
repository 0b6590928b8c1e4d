#pragma once
// Warnings in plain words: in full where they belong, in short at the top of the page.
#include <vector>

#include "findings/document.hpp"
#include "report/element.hpp"

namespace meridian::report {

/// A note in its box: its first sentence, the rest folded where it is long.
Html note_html(const findings::Note& note);

/// The notes of one section; those of one severity about one thing share a box, all but the first folded.
Html notes_html(const std::vector<findings::Note>& notes);

/// A section of the document, the id that links to it, and the sections read within it.
struct Placed {
  std::string id;
  const findings::Section* section;
  std::vector<Placed> within = {};
};

/// Every warning with a link to where it stands, then every caution, folded where there are more than three.
Html attention_list(const std::vector<Placed>& sections);

}  // namespace meridian::report
