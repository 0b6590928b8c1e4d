#pragma once
// Means and standard deviations (n - 1) of the cosines, read off the moments of the classes: no second pass.
#include <limits>
#include <vector>

#include "analysis/moments.hpp"
#include "findings/table.hpp"

namespace meridian::analysis {

/// Count, mean and sum of squares about it; merged by Chan, Golub & LeVeque (1979).
struct Summary {
  double count = 0, mean = 0, squares = 0;
  void merge(const Summary& other);
  double variance() const { return count > 1 ? squares / (count - 1) : std::numeric_limits<double>::quiet_NaN(); }
};

/// Cosines of one row of a nation, over the people who have it.
Summary summarise_row(const Layout& layout, const Moments& moments, std::int32_t nation, std::size_t row);

/// by_llm: llm, llm_name, origin, nation, language, persona, removed, mean, sd, n. Cells that do not vary are empty.
findings::Table by_llm_table(const panel::Panel& panel, const Layout& layout, const AnalysisJob& job,
                             const Moments& moments);
/// by_origin: the same columns, pooled over the models of an origin (llm and llm_name empty).
findings::Table by_origin_table(const panel::Panel& panel, const Layout& layout, const AnalysisJob& job,
                                const Moments& moments);
/// change_by_removed: origin, nation, removed, mean, sd, n of the cosine with the part removed minus the cosine
/// without.
findings::Table change_by_removed_table(const panel::Panel& panel, const Layout& layout, const Moments& moments);

}  // namespace meridian::analysis
