#pragma once
// Everything a run found, in the order a reader meets it. The report is made from this alone.
#include <string>
#include <vector>

#include "findings/figure.hpp"
#include "findings/ledger.hpp"
#include "findings/table.hpp"

namespace meridian::findings {

enum class Severity { info, caution, warning };

/// A sentence for people: what was noticed, what it means, what to do.
struct Note {
  Severity severity = Severity::info;
  std::string about;  ///< what the note is about, e.g. "participant column"
  std::string text;
  std::string remedy;  ///< may be empty
};

/// A part of the report. `id` is a stable anchor ("rq1", "integrity"); `folder` is where its tables are
/// stored below the run ("tables/rq1", "models/rq1"); its figures lie in a folder "figures" there.
struct Section {
  std::string id;
  std::string title;
  std::string folder;
  std::vector<std::string> paragraphs;  ///< method sentences
  std::vector<Note> notes;
  std::vector<Table> tables;
  std::vector<Figure> figures = {};
  /// In a part (files.hpp): the id of the section behind which this one is read; empty or unknown: at the end.
  std::string after = {};
  /// The id of the section within which this one is read; empty or unknown: a section of its own. A part's section
  /// that stands behind another is read where that one is.
  std::string under = {};
  bool aside = false;  ///< not what a reader looks for first (a twin, a check): folded on the page
};

struct Document {
  std::string title;
  bool synthetic = false;  ///< made from simulated answers: every output says so
  std::vector<Section> sections;
  Ledger exclusions;
};

}  // namespace meridian::findings
