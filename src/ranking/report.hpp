#pragma once
// The study's findings in the order of a report.
#include <filesystem>

#include "findings/document.hpp"
#include "ranking/tables.hpp"

namespace meridian::ranking {

/// What needs no replicates.
Results deterministic_results(const Study& study);

/// `published` may be empty: then printed numbers are not checked.
findings::Document document_of(const Study& study, const Results& results, const std::filesystem::path& published);

}  // namespace meridian::ranking
