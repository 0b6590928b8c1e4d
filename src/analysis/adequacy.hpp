#pragma once
// Does the model count as independent what comes from the same unit? An effect that varies within models (or people)
// but has no slope there gets a standard error from single rows; its true error is the spread of the effect over units.
// Barr, Levy, Scheepers & Tily (2013), J. Mem. Lang. 68(3), 255-278.
#include <cstdint>
#include <string>
#include <vector>

#include "analysis/unit_contrasts.hpp"
#include "findings/document.hpp"
#include "inference/one_sample.hpp"
#include "models/fit.hpp"
#include "models/formula.hpp"
#include "models/generalized.hpp"

namespace meridian::analysis {

/// Ratio of standard errors above which a fit is said to be too sure.
inline constexpr double kAdequateRatio = 1.5;

/// One fixed effect within the units of one factor.
struct EffectAdequacy {
  std::string term, group;
  std::vector<std::string> variables;  ///< of the effect: {"nation", "language"}
  bool slope = false;                  ///< the random part lets the effect differ between the units
  std::size_t units = 0;
  inference::OneSample by_unit;  ///< of the units' own least-squares coefficients
  double sign_flip_p = 0;        ///< NaN for people and where there are too many units
  double model_error = 0, model_p = 0;
  double ratio = 0;    ///< standard error by unit over that of the model
  std::string remedy;  ///< the random term with this effect's slope; empty if it is there
  bool doubtful() const { return ratio > kAdequateRatio; }
};

struct Adequacy {
  std::vector<EffectAdequacy> effects;
  std::vector<std::string> remedies;  ///< per factor, the random term with the slopes of all doubtful effects
};

/// Effects in the order of the design, first by llm (`llm`: its level per row of the template), then by participant.
Adequacy design_adequacy(const models::Formula& formula, const ClassData& data, const std::vector<std::int32_t>& llm,
                         const models::Fit& fit);

/// Of a long table, one class of one person: units are the levels of every grouping factor.
Adequacy design_adequacy(const models::Formula& formula, const models::Design& design, const models::Fit& fit);

/// Of a generalized mixed model: a unit's coefficients are one Newton step of its own fit from the predictions of the
/// mixed model, which is finite where all its responses are equal.
Adequacy design_adequacy(const models::Formula& formula, const models::Design& design,
                         const models::GeneralizedFit& model);

/// The table and, when an effect is doubtful, one note of caution.
void add_adequacy(const Adequacy& adequacy, const std::string& analysis, findings::Section& section);

/// Two lines for the terminal; none when no effect is doubtful. `file`: where all effects stand.
std::vector<std::string> adequacy_lines(const Adequacy& adequacy, const std::string& analysis, const std::string& file);

}  // namespace meridian::analysis
