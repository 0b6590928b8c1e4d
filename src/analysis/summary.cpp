#include "analysis/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace meridian::analysis {

std::string nation_sentence(const AnalysisJob& job, const Layout& layout, const models::Fit& fit) {
  const auto effect = std::find_if(fit.coefficients.begin(), fit.coefficients.end(),
                                   [](const models::Coefficient& c) { return c.term == "nation"; });
  if (effect == fit.coefficients.end()) return "";
  return fmt::format(
      "{}: the models' answers are {:.3f} {} similar to those of people of {} than to those of people of {} (cosine; "
      "standard error {:.3f}, 95 % limits {:.3f} to {:.3f}, p = {:.2g}).",
      job.title, std::abs(effect->estimate), effect->estimate < 0 ? "less" : "more", layout.nations[0],
      layout.nations[1], effect->std_error, effect->conf_low, effect->conf_high, effect->p_value);
}

}  // namespace meridian::analysis
