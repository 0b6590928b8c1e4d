// Against the matrix of the centring map, written out.
#include "panel/elicitation_noise.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "random/stream.hpp"

using namespace meridian;
using namespace meridian::panel;

namespace {

constexpr std::size_t items = 4, personas = 3;

survey::ModelAnswers answers() {
  survey::ModelAnswers made;
  made.models = {{"m", "M", "USA", ""}};
  made.languages = {"Chinese", "English"};
  made.personas = {"none", "China", "USA"};
  for (std::int32_t language = 0; language < 2; ++language)
    for (std::int32_t persona = 0; persona < 3; ++persona)
      for (std::int32_t item = 0; item < 4; ++item) {
        random::Stream stream(3, "noise", static_cast<std::uint64_t>(100 * language + 10 * persona + item));
        made.cells.push_back({0, language, persona, item, 3, 5 + item, 0, 0.2 + stream.uniform()});
      }
  return made;
}

/// N and the variance of g'u from the map of English cells (persona x item) to the centred vector.
std::pair<double, double> by_matrix(const std::vector<std::size_t>& kept, int own, const std::vector<int>& pooled,
                                    const std::vector<double>& weights) {
  const survey::ModelAnswers made = answers();
  double trace = 0, along = 0;
  for (std::size_t persona = 0; persona < personas; ++persona)
    for (const std::size_t item : kept) {
      const survey::Cell& cell = made.cells[personas * items + persona * items + item];
      const bool centring = std::count(pooled.begin(), pooled.end(), static_cast<int>(persona)) > 0;
      double effect = 0, squares = 0;
      for (std::size_t k = 0; k < kept.size(); ++k) {
        double entry = static_cast<int>(persona) == own && kept[k] == item ? 1 : 0;
        if (centring) entry -= 1.0 / static_cast<double>(kept.size() * pooled.size());
        squares += entry * entry;
        effect += entry * weights[k];
      }
      trace += squares * cell.variance / cell.valid;
      along += effect * effect * cell.variance / cell.valid;
    }
  return {trace, along};
}

}  // namespace

TEST_CASE("noise of own, pooled and foreign centring equals the trace of the map") {
  const std::vector<double> weights = {0.5, -1, 0.75};
  const std::vector<std::size_t> kept = {0, 1, 3};
  Condition condition{"models", "English", "China", Rows::persona, Center::condition, {}};
  const auto check = [&](int own, const std::vector<int>& pooled) {
    const ElicitationNoise noise(condition, answers(), items);
    const auto [trace, along] = by_matrix(kept, own, pooled, weights);
    CHECK(noise.expected("m", kept) == Approx(trace).epsilon(1e-13));
    CHECK(noise.variance_of("m", kept, weights) == Approx(along).epsilon(1e-13));
  };
  check(1, {1});
  condition.center = Center::pooled_personas;
  condition.pooled = {"China", "USA"};
  check(1, {1, 2});
  condition.persona = "none";
  check(0, {1, 2});
  condition.rows = Rows::first_row;
  check(0, {1, 2});
}

TEST_CASE("own centring gives (1 - 1/p) sum s^2 / n, and unknown variances stay unknown") {
  survey::ModelAnswers made = answers();
  const Condition condition{"models", "English", "none", Rows::persona, Center::condition, {}};
  double sum = 0;
  for (std::size_t item = 0; item < items; ++item) {
    const survey::Cell& cell = made.cells[personas * items + item];
    sum += cell.variance / cell.valid;
  }
  const std::vector<std::size_t> all = {0, 1, 2, 3};
  CHECK(ElicitationNoise(condition, made, items).expected("m", all) == Approx(0.75 * sum).epsilon(1e-13));
  made.cells[personas * items].valid = 1;
  CHECK(std::isnan(ElicitationNoise(condition, made, items).expected("m", all)));
  CHECK(std::isfinite(ElicitationNoise(condition, made, items).expected("m", {1, 2, 3})));
  CHECK(std::isnan(ElicitationNoise(condition, made, items).expected("other", all)));
}
