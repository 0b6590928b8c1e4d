#pragma once
// The sections of an analysis that hold models: mixed, least squares, and a family of twins side by side.
#include <vector>

#include "analysis/analysed.hpp"
#include "findings/document.hpp"

namespace meridian::analysis {

/// Coefficients, random effects, adequacy and residuals of the mixed model; `analysis` must have one.
findings::Section mixed_section(const Analysed& analysis);

/// The same formula without random effects; `analysis` must be fitted.
findings::Section linear_section(const Analysed& analysis);

/// An analysis and those of `all` that name it as their twin, side by side; appended behind the others only where there
/// are two mixed models or more.
void add_family(const std::vector<Analysed>& all, const Analysed& head, std::vector<findings::Section>& sections);

}  // namespace meridian::analysis
