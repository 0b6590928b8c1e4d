#pragma once
// The section of an analysis that holds no model: descriptives, tests, and the figures drawn from them.
#include "analysis/analysed.hpp"
#include "analysis/study.hpp"
#include "findings/document.hpp"

namespace meridian::analysis {

/// The tables that the job asks for, with their figures; the method in one sentence above them.
findings::Section tables_section(const Study& study, const Analysed& analysis);

}  // namespace meridian::analysis
