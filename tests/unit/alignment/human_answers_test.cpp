// People's distributions and models' scores from files, with the edge cases of the public data.
#include "alignment/human_answers.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "alignment/option_scores.hpp"
#include "error.hpp"
#include "support/scratch_folder.hpp"

using namespace meridian::alignment;

namespace {

std::string record(const std::string& country, const std::string& shares) {
  return R"({"id": 7, "instruction": "How would someone from )" + country +
         R"( answer the following question:\n\n", "options": ["(A)Yes", "(B)No", "(C)Unsure"], "options_dist": {)" +
         shares + "}}";
}

HumanAnswers read(const std::string& text, meridian::audit::RowFaults& faults) {
  const meridian::tests::ScratchFolder scratch;
  HumanAnswers humans;
  read_distribution_records(scratch.write("records.json", text), humans, faults);
  return humans;
}

}  // namespace

TEST_CASE("fractions and percents are told apart by their sum and normalised") {
  meridian::audit::RowFaults faults;
  const HumanAnswers humans =
      read("[" + record("Chad", R"("B": 20, "A": 80.0)") + "," + record("Peru", R"("A": 0.072, "B": 0.5, "C": 0.5)") +
               "," + record("Mali", R"("A": 0, "B": 0.0)") + "," + record("Chad", R"("A": 1)") + "," +
               record("Togo", R"("A": -1, "B": 2)") + "," + record("Oman", R"("D": 1)") + "]",
           faults);
  REQUIRE(humans.records.size() == 2);
  CHECK(humans.records[0].shares == std::vector<double>{.8, .2, 0});
  CHECK(humans.records[1].shares[0] == Approx(.072 / 1.072));
  CHECK(humans.percents == 1);
  CHECK(humans.fractions == 1);
  CHECK(humans.off == 1);
  CHECK(humans.find("Peru", "7") == 1);
  meridian::findings::Ledger ledger;
  faults.into(ledger, "people", "records");
  CHECK(ledger.lines().size() == 3);  // sum 0, met before, bad shares (twice)
  CHECK_THROWS_AS(read("{}", faults), meridian::InputError);
}

TEST_CASE("a distribution is the softmax over the letters that are there") {
  const auto shares = distribution_of({std::log(.2), std::nan(""), std::log(.6)});
  CHECK(shares[0] == Approx(.25));
  CHECK(shares[1] == 0);
  CHECK(letter_mass({std::log(.2), std::nan(""), std::log(.6)}) == Approx(.8));
  CHECK(distribution_of({std::nan(""), std::nan("")}).empty());
  CHECK(distribution_of({1e4, 1e4})[0] == Approx(.5));
}

TEST_CASE("the control never keeps a country, uses each once, and is keyed by the seed") {
  HumanAnswers humans;
  humans.questions = {{"1", {"A", "B"}}, {"2", {"A", "B"}}};
  for (std::size_t c = 0; c < 9; ++c) {
    humans.countries.push_back(std::to_string(c));
    humans.records.push_back({c, 0, {.5, .5}});
  }
  humans.records.push_back({0, 1, {.5, .5}});
  std::vector<bool> usable(10, true);
  usable[4] = false;
  const auto others = other_countries(humans, usable, 3);
  std::set<std::size_t> used;
  for (std::size_t r = 0; r < 9; ++r) {
    if (r == 4) continue;
    CHECK(others[r] != r);
    CHECK(others[r] < 9);
    used.insert(others[r]);
  }
  CHECK(used.size() == 8);
  CHECK(others[4] == HumanAnswers::npos);
  CHECK(others[9] == HumanAnswers::npos);
  CHECK(others == other_countries(humans, usable, 3));
  CHECK(others != other_countries(humans, usable, 4));
}
