#pragma once
// The study's findings in the order of a report.
#include <filesystem>

#include "findings/document.hpp"
#include "ranking/tables.hpp"

namespace meridian::ranking {

/// What needs no replicates.
Results deterministic_results(const Study& study);

/// Files with printed numbers; empty: none.
struct Printed {
  std::filesystem::path published;  ///< numbers to hold against each other
  std::filesystem::path targets;    ///< figures that synthetic rankings are calibrated to
};

findings::Document document_of(const Study& study, const Results& results, const Printed& printed);

}  // namespace meridian::ranking
