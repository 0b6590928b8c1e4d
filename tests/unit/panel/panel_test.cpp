#include "panel/panel.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "error.hpp"
#include "support/random_panel.hpp"

using namespace meridian;
using panel::Center;
using panel::Condition;
using panel::Rows;

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// Three items; model a is complete, b lacks item 2 without persona, c answers 4 to everything.
survey::Instrument instrument() {
  survey::Instrument small;
  small.name = "small";
  for (const char* id : {"1", "2", "3"}) {
    survey::Item item;
    item.id = id;
    small.items.push_back(item);
  }
  return small;
}

void add_vector(survey::ModelAnswers& answers, std::size_t model, std::size_t persona,
                const std::vector<double>& means) {
  for (std::size_t item = 0; item < means.size(); ++item)
    answers.cells.push_back(tests::cell_of(model, 0, persona, item, means[item]));
}

survey::ModelAnswers three_models() {
  survey::ModelAnswers answers;
  answers.models = {{"a", "A", "China", ""}, {"b", "B", "USA", ""}, {"c", "C", "USA", ""}};
  answers.languages = {"English"};
  answers.personas = {"China", "none", "USA"};
  add_vector(answers, 0, 0, {1, 2, 3});
  add_vector(answers, 0, 1, {2, 4, 1.5});
  add_vector(answers, 0, 2, {5, 5, 4});
  add_vector(answers, 1, 1, {3, nan, 2});
  add_vector(answers, 1, 0, {2, 2, 3});
  add_vector(answers, 1, 2, {1, 2, 3});
  add_vector(answers, 2, 1, {4, 4, 4});
  return answers;
}

survey::People one_person(const std::string& nation, const std::string& id) {
  survey::People people;
  people.nations = {nation};
  people.ids = {id};
  people.nation = {0};
  people.answers = {1, 2, 3};
  return people;
}

panel::Panel build(const std::vector<Condition>& conditions, findings::Ledger& ledger,
                   const std::vector<panel::Variant>& variants = {{"none", {}}}) {
  return panel::build_panel(instrument(), {{"column", one_person("USA", "1_USA")}}, {{"models", three_models()}},
                            conditions, variants, ledger);
}

const findings::Exclusion* line_with(const findings::Ledger& ledger, const std::string& words) {
  for (const findings::Exclusion& line : ledger.lines())
    if (line.rule.find(words) != std::string::npos) return &line;
  return nullptr;
}

const Condition plain{"models", "English", "none", Rows::persona, Center::condition, {}};
const Condition first_row{"models", "English", "none", Rows::first_row, Center::condition, {}};
const Condition pooled{"models", "English", "USA", Rows::persona, Center::pooled_personas, {"China", "USA"}};

}  // namespace

TEST_CASE("a persona's cells make the vector and its mean the centre") {
  findings::Ledger ledger;
  const panel::Panel made = build({plain}, ledger, {{"none", {}}, {"1", {0}}});
  CHECK(std::vector<double>(made.vector(0, 0), made.vector(0, 0) + 3) == std::vector<double>{2, 4, 1.5});
  CHECK(made.centre[0] == 2.5);
  CHECK(made.centre[3] == 2.75);  // second variant, model a: items 2 and 3 remain
}

TEST_CASE("first-row takes the file's first answer to each item, whatever its persona") {
  findings::Ledger ledger;
  const panel::Panel made = build({first_row}, ledger);
  CHECK(made.vector(0, 0)[0] == 1);  // model a: persona China comes first in the file
  CHECK(made.vector(0, 1)[0] == 3);  // model b: persona none comes first
  CHECK(made.vector(0, 1)[1] == 2);  // but has no valid answer to item 2: the next row
}

TEST_CASE("a pooled centre is the mean over the named personas and the remaining items") {
  findings::Ledger ledger;
  const panel::Panel made = build({pooled}, ledger, {{"none", {}}, {"1", {0}}});
  CHECK(made.centre[0] == Approx((1 + 2 + 3 + 5 + 5 + 4) / 6.0).epsilon(1e-15));
  CHECK(made.centre[3] == Approx((2 + 3 + 5 + 4) / 4.0).epsilon(1e-15));
}

TEST_CASE("a model without an answer has no vector and is named with the item") {
  findings::Ledger ledger;
  const panel::Panel made = build({plain}, ledger);
  for (std::size_t item = 0; item < 3; ++item) CHECK(std::isnan(made.vector(0, 1)[item]));
  CHECK(std::isnan(made.centre[1]));
  const findings::Exclusion* line = line_with(ledger, "lacks an answer");
  REQUIRE(line != nullptr);
  CHECK(line->count == 1);
  CHECK(line->examples.at(0) == "b (item 2)");
}

TEST_CASE("a pooled centre needs every pooled answer") {
  findings::Ledger ledger;
  Condition all = plain;
  all.persona = "USA";
  all.center = Center::pooled_personas;
  all.pooled = {"none", "USA"};
  const panel::Panel made = build({all}, ledger);
  CHECK(std::isnan(made.vector(0, 1)[0]));  // b lacks item 2 under none, which is pooled
  CHECK(line_with(ledger, "lacks an answer")->examples.at(0) == "b (item 2), c (every item)");
}

TEST_CASE("a model that answers alike everywhere is left out under any centring") {
  findings::Ledger ledger;
  Condition with_pool = plain;
  with_pool.center = Center::pooled_personas;
  with_pool.pooled = {"none"};
  const panel::Panel made = build({plain, with_pool}, ledger);
  CHECK(std::isnan(made.vector(0, 2)[0]));
  CHECK(std::isnan(made.vector(1, 2)[0]));
  CHECK(line_with(ledger, "equal answers to all items under English/none/condition")->examples.at(0) == "c");
  CHECK(line_with(ledger, "equal answers to all items under English/none/pooled:none")->examples.at(0) == "c");
}

TEST_CASE("equal answers to what remains leave out the model in that variant only") {
  findings::Ledger ledger;
  Condition usa = plain;
  usa.persona = "USA";
  const panel::Panel made = build({usa}, ledger, {{"none", {}}, {"3", {2}}});
  CHECK(made.centre[0] == Approx(14 / 3.0));
  CHECK(std::isnan(made.centre[3]));  // 5, 5 remain
  CHECK(made.vector(0, 0)[0] == 5);
  CHECK(line_with(ledger, "removed: 3")->examples.at(0) == "a");
}

TEST_CASE("sets of people stand one after the other with one list of nations") {
  findings::Ledger ledger;
  const panel::Panel made = panel::build_panel(
      instrument(), {{"column", one_person("USA", "1_USA")}, {"blocks:3", one_person("China", "1_China")}},
      {{"models", three_models()}}, {plain}, {{"none", {}}}, ledger);
  CHECK(made.people.nations == std::vector<std::string>{"China", "USA"});
  CHECK(made.people.nation == std::vector<std::int32_t>{1, 0});
  CHECK(made.people.ids == std::vector<std::string>{"1_USA", "1_China"});
  REQUIRE(made.people_sets.size() == 2);
  CHECK(made.people_sets[1].name == "blocks:3");
  CHECK(made.people_sets[1].first == 1);
  CHECK(made.people_sets[1].count == 1);
}

TEST_CASE("models of two sources are united in registry order") {
  survey::ModelAnswers small = three_models(), large = three_models();
  large.models = {{"z", "", "", ""}, {"a", "", "", ""}, {"b", "", "", ""}, {"k", "", "", ""}, {"c", "", "", ""}};
  for (survey::Cell& cell : large.cells) cell.model = cell.model == 2 ? 4 : cell.model + 1;
  Condition other = plain;
  other.source = "persona-models";
  findings::Ledger ledger;
  const panel::Panel made =
      panel::build_panel(instrument(), {{"column", one_person("USA", "1")}},
                         {{"models", small}, {"persona-models", large}}, {plain, other}, {{"none", {}}}, ledger);
  std::string order;
  for (const survey::Model& model : made.models) order += model.name;
  CHECK(order == "zabkc");
  CHECK(std::isnan(made.vector(0, 0)[0]));  // z is not in the first source
  CHECK(made.vector(1, 1)[1] == 4);         // a in the second source
  CHECK(line_with(ledger, "lacks an answer that English/none/condition needs")->examples.at(0) ==
        "z (not in the file), b (item 2), k (not in the file)");
  CHECK(made.conditions[1].label() == "English/none/condition (persona-models)");
}

TEST_CASE("what a condition names must be there") {
  findings::Ledger ledger;
  Condition wrong = plain;
  wrong.language = "Latin";
  CHECK_THROWS_WITH(build({wrong}, ledger), Catch::Contains("language 'Latin'") && Catch::Contains("English"));
  wrong = plain;
  wrong.persona = "France";
  CHECK_THROWS_WITH(build({wrong}, ledger), Catch::Contains("persona 'France'") && Catch::Contains("none"));
  wrong = plain;
  wrong.source = "others";
  CHECK_THROWS_WITH(build({wrong}, ledger), Catch::Contains("model source 'others'") && Catch::Contains("models"));
  wrong = pooled;
  wrong.pooled = {};
  CHECK_THROWS_AS(build({wrong}, ledger), InputError);
  CHECK_THROWS_WITH(build({plain, plain}, ledger), Catch::Contains("English/none/condition' twice"));
}

TEST_CASE("labels tell conditions apart") {
  CHECK(plain.label() == "English/none/condition");
  CHECK(first_row.label() == "English/first-row/condition");
  CHECK(pooled.label() == "English/USA/pooled:China+USA");
}
