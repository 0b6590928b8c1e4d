#pragma once
// Which cells of the similarity array make the rows of an analysis: for every person the same list of
// (variant, condition, model), except that people may meet models in their own language only.
#include <cstdint>
#include <string>
#include <vector>

#include "analysis/job.hpp"
#include "findings/ledger.hpp"
#include "panel/panel.hpp"

namespace meridian::analysis {

/// One row of a person: indices into the panel's axes.
struct Cell {
  std::size_t variant = 0, condition = 0, model = 0;
};

struct Layout {
  std::string analysis;
  panel::PeopleSet people;
  std::vector<std::string> nations;
  std::vector<std::size_t> variants;     ///< panel indices, "none" first, then in code-point order of their names
  std::vector<std::size_t> models;       ///< panel indices of the models present
  std::vector<std::vector<Cell>> cells;  ///< [nation][row]; variant-major, then condition, then model; equal lengths

  std::size_t rows() const { return cells.empty() ? 0 : cells.front().size(); }
  /// True if some of the people [first, first + count) are among those of the analysis.
  bool meets(std::size_t first, std::size_t count) const {
    return first < people.first + people.count && people.first < first + count;
  }
  std::size_t rows_per_variant() const { return rows() / variants.size(); }
};

/// Models that lack an item under any of the analysis's conditions are left out, named in the ledger with the
/// condition. Throws InputError if a persona, a language, a nation's language or the people set is not in the data, or
/// fewer than two models remain.
Layout make_layout(const panel::Panel& panel, const Job& job, const AnalysisJob& analysis, findings::Ledger& ledger);

/// Ledger lines for the people who have no cosine because their answers to the items that remain are all equal (exact
/// integer test), one rule per variant.
void count_constant_people(const panel::Panel& panel, const Layout& layout, findings::Ledger& ledger);

/// The removal variants that the analyses of a job need, "none" first.
std::vector<panel::Variant> variants_of(const Job& job, const survey::Instrument& instrument);

/// "none/Chinese/none/gpt-4" ("own" for the language that depends on the nation): the label of a row in stored moments.
std::string cell_label(const panel::Panel& panel, const Cell& cell, bool own_language);

}  // namespace meridian::analysis
