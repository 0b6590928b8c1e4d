#include "audit/summary.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "findings/columns.hpp"

using namespace meridian;
using audit::LayerSummaries;

namespace {

const LayerSummaries kSummaries{
    {"dilemmas", {{"b", "agreement", 0.5, 0.4, 0.6, "Wilson", 10}, {"a", "agreement", 0.25, 0.1, 0.4, "Wilson", 10}}},
    {"steps", {{"b", "agreement", 0.75, 0.7, 0.8, "Wilson", 10}}}};

findings::Section layer_with(const std::vector<double>& p_values) {
  findings::Section layer{"dilemmas", "Dilemmas", "", {"10 rows."}, {}, {}};
  findings::Table tests{"group_tests", "", "", {findings::real_column("p_holm")}, {}};
  for (const double p : p_values) tests.add({p});
  layer.tables.push_back(tests);
  return layer;
}

}  // namespace

TEST_CASE("the overview has a row for each layer and metric, a column for each model, a gap for none") {
  const findings::Table table = audit::overview(kSummaries);
  REQUIRE(table.rows.size() == 2);
  CHECK(table.columns[2].name == "a");
  CHECK(table.rows[0] == std::vector<findings::Cell>{"dilemmas", "agreement", 0.25, 0.5});
  CHECK(table.rows[1] == std::vector<findings::Cell>{"steps", "agreement", {}, 0.75});
}

TEST_CASE("models that the registry does not know are named where groups are compared") {
  audit::ModelRegistry registry{{"a"}, {"origin"}, {{"CN"}}, {"origin"}, {}, {}};
  const auto notes = audit::registry_notes(kSummaries.front().second, registry);
  REQUIRE(notes.size() == 1);
  CHECK(notes.front().severity == findings::Severity::warning);
  CHECK_THAT(notes.front().text, Catch::Contains("'b'") && !Catch::Contains("'a'"));
  registry.groups.clear();
  CHECK(audit::registry_notes(kSummaries.front().second, registry).empty());
}

TEST_CASE("cautions of the governance summary are counted where they are looked for") {
  CHECK(audit::governance_notes(kSummaries).empty());
  LayerSummaries cautioned = kSummaries;
  cautioned.front().second.front().caution = "few rows";
  const auto notes = audit::governance_notes(cautioned);
  REQUIRE(notes.size() == 1);
  CHECK_THAT(notes.front().text, Catch::Contains("1 of its 3 figures"));
}

TEST_CASE("the summary counts the tests that hold after correction") {
  const auto sentence = [](const std::vector<double>& p_values) {
    return audit::summary_section({layer_with(p_values)}, kSummaries).paragraphs.front();
  };
  CHECK(sentence({0.04, 0.06, std::nan("")}) ==
        "Dilemmas: 10 rows. Of 3 tests between groups of models 1 holds at p < .05 after correction for all of them "
        "(Holm).");
  CHECK_THAT(sentence({0.5}), Catch::Contains("Of 1 tests between groups of models none hold"));
  CHECK(sentence({}) == "Dilemmas: 10 rows.");
}
