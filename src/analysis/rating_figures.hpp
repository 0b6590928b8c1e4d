#pragma once
// What people and models answered, each within their own scale: Fig. 2 of the paper.
#include <vector>

#include "analysis/layout.hpp"
#include "findings/figure.hpp"

namespace meridian::analysis {

/// Mean standardised rating by dimension (where the instrument has any) and by item: people of each nation beside
/// models of each origin. A respondent's answers are standardised over their own items (mean 0, SD 1); those who give
/// one answer to all are left out. Models answer under the conditions of the layout.
std::vector<findings::Figure> rating_figures(const panel::Panel& panel, const Layout& layout);

}  // namespace meridian::analysis
