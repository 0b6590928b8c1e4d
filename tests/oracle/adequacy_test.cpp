// Design adequacy of the published MFQ-2 fits, from the answers of the first study to the figures known of them.
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <stdexcept>

#include "analysis/fits.hpp"
#include "analysis/study.hpp"

using namespace meridian;
using namespace meridian::analysis;

namespace {

const std::filesystem::path data = "../shared/data/china_us_llm_alignment";

/// Adequacy of analyses of jobs/mfq2.ini, computed once.
const Adequacy& adequacy_of(const std::string& name) {
  static std::map<std::string, Adequacy> known;
  const auto found = known.find(name);
  if (found != known.end()) return found->second;
  static const Study study = load_study(read_job("jobs/mfq2.ini", data, ".", {}));
  static const similarity::Kernel kernel(study.panel);
  for (std::size_t a = 0; a < study.layouts.size(); ++a) {
    if (study.layouts[a].analysis != name) continue;
    const Layout& layout = study.layouts[a];
    similarity::Tile tile;
    kernel.compute(layout.people.first, layout.people.count, 1, tile);
    const Moments moments = gather_block(study.panel, layout, tile);
    return known[name] = *fit_analysis(study.panel, layout, study.job.analyses[a], moments).adequacy;
  }
  throw std::runtime_error("no analysis " + name);
}

const EffectAdequacy& by_llm(const std::string& analysis, const std::string& term) {
  for (const EffectAdequacy& effect : adequacy_of(analysis).effects)
    if (effect.term == term && effect.group == "llm") return effect;
  throw std::runtime_error("no row for " + term);
}

/// The figure rounds to the one given with `digits` decimals.
void rounds_to(double value, double figure, int digits) {
  CAPTURE(value, figure);
  CHECK(std::abs(value - figure) <= 0.5 * std::pow(10.0, -digits));
}

}  // namespace

TEST_CASE("RQ2: prompt effects by model", "[shared]") {
  const EffectAdequacy& language = by_llm("rq2", "language");
  CHECK(language.units == 20);
  rounds_to(language.by_unit.statistic, -2.09, 2);
  rounds_to(language.sign_flip_p, .051, 3);
  CHECK(language.model_p < 2e-16);
  CHECK(language.doubtful());
  CHECK_FALSE(language.slope);

  const EffectAdequacy& persona = by_llm("rq2", "persona");
  rounds_to(persona.by_unit.statistic, -.45, 2);
  rounds_to(persona.sign_flip_p, .68, 2);
  rounds_to(persona.model_p, .001, 3);

  const EffectAdequacy& nation_language = by_llm("rq2", "nation:language");
  rounds_to(nation_language.by_unit.statistic, 4.8, 1);
  rounds_to(nation_language.sign_flip_p, 7e-5, 5);
  rounds_to(nation_language.by_unit.estimate / nation_language.model_error, 24.2, 1);
  CHECK(nation_language.remedy == "(1 + nation*language | llm)");

  const EffectAdequacy& nation_persona = by_llm("rq2", "nation:persona");
  rounds_to(nation_persona.by_unit.statistic, 7.5, 1);
  rounds_to(nation_persona.by_unit.estimate / nation_persona.model_error, 20.1, 1);
}

TEST_CASE("RQ3: removals by model", "[shared]") {
  const EffectAdequacy& purity = by_llm("rq3", "nation:removedPurity");
  rounds_to(purity.by_unit.statistic, 1.85, 2);
  rounds_to(purity.model_p, .001, 3);
  const EffectAdequacy& equality = by_llm("rq3", "nation:removedEquality");
  rounds_to(equality.model_error, .0023, 4);
  rounds_to(equality.by_unit.std_error, .0090, 4);
}

TEST_CASE("maximal fits agree with the unit-level tests", "[shared]") {
  for (const char* term : {"language", "persona", "nation:language", "nation:persona"}) {
    const EffectAdequacy& effect = by_llm("rq2-maximal", term);
    CAPTURE(term);
    CHECK(effect.slope);
    CHECK_FALSE(effect.doubtful());
    CHECK(effect.ratio == Approx(1).margin(0.1));
  }
}
