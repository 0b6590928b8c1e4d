#pragma once
// What can be asked of a fit beyond its summary.
#include <string>
#include <vector>

#include "models/formula.hpp"

namespace meridian::analysis {

enum class IntervalKind { none, wald, profile };

/// "none", "wald" or "profile". InputError naming `where` otherwise.
IntervalKind parse_intervals(const std::string& text, const std::string& where);

/// Cells over all levels of `variables` (the first varies fastest); each element of `compared` lists variables whose
/// cells are compared within the levels of the others.
struct MeansRequest {
  std::vector<std::string> variables;
  std::vector<std::vector<std::string>> compared;
};

/// "nation, origin | language": cells of the three, comparisons of the first two within each language. InputError.
MeansRequest parse_means(const std::string& text);

/// One request per fixed term of plain variables that no other one contains: its cells, each of its variables compared
/// within the others.
std::vector<MeansRequest> means_of_terms(const models::TermSet& fixed);

/// Weights over the cells in their order.
struct CellContrast {
  std::string name;
  std::vector<double> weights;
};

/// "NAME=1,-1,0". InputError.
CellContrast parse_cell_contrast(const std::string& text);

struct FitQuestions {
  IntervalKind intervals = IntervalKind::none;
  double level = 0.95;        ///< of intervals, cell means and contrasts
  bool random_tests = false;  ///< of linear mixed models
  std::vector<MeansRequest> means;
  bool means_of_terms = false;               ///< the cells of every term that no other one contains
  std::vector<CellContrast> cell_contrasts;  ///< over the cells of the only element of `means`
};

}  // namespace meridian::analysis
