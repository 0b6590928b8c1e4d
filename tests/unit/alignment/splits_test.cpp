// Splits as a table, and means over their cells.
#include "alignment/splits.hpp"

#include <catch2/catch.hpp>

#include "alignment/alignment_scores.hpp"
#include "audit/divergences.hpp"
#include "error.hpp"
#include "support/scratch_folder.hpp"

using namespace meridian::alignment;

namespace {

HumanAnswers four_countries() {
  HumanAnswers humans;
  humans.countries = {"Egypt", "Peru", "China", "Northern Ireland"};
  humans.questions = {{"5", {"A", "B"}}, {"170", {"A", "B"}}};
  for (std::size_t c = 0; c < 4; ++c)
    for (std::size_t q = 0; q < 2; ++q)
      humans.records.push_back({c, q, {.25 * static_cast<double>(c) + .1, .9 - .25 * static_cast<double>(c)}});
  return humans;
}

std::vector<SplitCell> read(const std::string& rows) {
  const meridian::tests::ScratchFolder scratch;
  return read_splits(scratch.write("splits.csv", "group,part,member\n" + rows), four_countries());
}

}  // namespace

TEST_CASE("cells are countries by questions; '*' is everybody else, '-' nobody") {
  const auto cells = read(
      "C1,country,*\nC2,country,Egypt\nC3,country,Egypt\nC3,country,Peru\n-,country,Northern "
      "Ireland\nQ1,question,1-163\nQ2,question,170\nC1-Q1,cell,train\nC2-Q2,cell,test\nC3-Q2,cell,test\n");
  REQUIRE(cells.size() == 3);
  CHECK(cells[0].records == std::vector<std::size_t>{4});
  CHECK(cells[1].records == std::vector<std::size_t>{1});
  CHECK(cells[2].records == std::vector<std::size_t>{1, 3});
  CHECK(records_of(cells, "test") == std::vector<std::size_t>{1, 3});
  CHECK_THROWS_AS(read("C1,country,*\n"), meridian::InputError);
  CHECK_THROWS_AS(read("C1,continent,*\n"), meridian::InputError);
  CHECK_THROWS_AS(read("C1-Q9,cell,test\nC1,country,*\n"), meridian::InputError);
  CHECK_THROWS_AS(read("C1,country,*\nQ1,question,5\nC1-Q1,cell,tests\n"), meridian::InputError);
}

TEST_CASE("ranges of questions run upwards and are of a sensible length") {
  CHECK_THROWS_AS(read("Q1,question,1-9999999999\n"), meridian::InputError);
  CHECK_THROWS_AS(read("Q1,question,163-1\n"), meridian::InputError);
}

TEST_CASE("countries that only the splits know are named") {
  const meridian::tests::ScratchFolder scratch;
  const auto file = scratch.write(
      "splits.csv",
      "group,part,member\nC1,country,*\nC2,country,Egipt\nC3,country,Peru\n-,country,Atlantis\nQ1,question,1-9\n");
  CHECK(unknown_countries(file, four_countries()) == std::vector<std::string>{"Egipt"});
}

TEST_CASE("a method's control is the same model's") {
  const std::vector<Method> methods{
      {"a", "zero-shot", {}}, {"b", "zero-shot [ctrl]", {}}, {"a", "zero-shot [ctrl]", {}}, {"", "uniform", {}}};
  CHECK(control_of(methods, 0) == 2);
  CHECK(control_of(methods, 1) == methods.size());
  CHECK(control_of(methods, 3) == methods.size());
  CHECK(is_control(methods[2]));
  CHECK_FALSE(is_control(methods[3]));
}

TEST_CASE("scores are means over records; the last cell is the plain mean of the test cells") {
  const HumanAnswers humans = four_countries();
  const std::vector<SplitCell> cells{{"a", "train", {0, 1}}, {"b", "test", {2}}, {"c", "test", {4, 5, 6}}};
  Method flat{"", "uniform", std::vector<std::vector<double>>(8, {.5, .5})};
  flat.predictions[5].clear();
  meridian::audit::Settings settings;
  settings.replicates = 50;
  const auto scores = alignment_scores(humans, cells, {flat}, settings, meridian::audit::Team());
  const auto one = [&](std::size_t r) { return meridian::audit::divergences(humans.records[r].shares, {.5, .5}); };
  const double b = one(2).sim_js, c = (one(4).sim_js + one(6).sim_js) / 2;
  CHECK(scores.values[scores.column(0, 1, Measure::sim_js)] == Approx(b));
  CHECK(scores.values[scores.column(0, 2, Measure::sim_js)] == Approx(c));
  CHECK(scores.values[scores.column(0, 3, Measure::sim_js)] == Approx((b + c) / 2));
  CHECK(scores.values[scores.column(0, 1, Measure::kl_per_option)] == Approx(one(2).kl / 2));
  CHECK(scores.records == std::vector<std::int64_t>{2, 1, 2, 3});
  const Estimate none = difference(scores, 0, 0, 3, Measure::sim_js, .95);
  CHECK(none.value == 0);
  CHECK(none.high == 0);
}
