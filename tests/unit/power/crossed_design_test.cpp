// A design of another size keeps the rows that each model and class of people have.
#include "power/crossed_design.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "error.hpp"

using namespace meridian;

namespace {

/// Two nations, the first with two classes of people (the second meets no model b); models a, b of one origin, c of the
/// other.
power::CrossedDesign small_design() {
  power::CrossedDesign crossed;
  crossed.formula = models::parse_formula("cosine ~ origin + (1 | llm) + (1 | participant)");
  crossed.frame.add_numeric("origin", {0.5, 0.5, -0.5, 0.5, -0.5, 0.5, 0.5, -0.5});
  crossed.frame.add_labels("llm", {"a", "b", "c", "a", "c", "a", "b", "c"});
  crossed.frame.add_factor("participant", {0, 0, 0, 1, 1, 2, 2, 2}, {"0", "1", "2"});
  crossed.blocks = {{0, 3}, {3, 2}, {5, 3}};
  crossed.people = {30, 10, 50};
  crossed.nations = resampling::strata_of({0, 0, 1});
  crossed.origins = resampling::strata_of({0, 0, 1});
  return crossed;
}

}  // namespace

TEST_CASE("the design's own size is the design") {
  const power::CrossedDesign same = power::grown(small_design(), {});
  CHECK(same.people == small_design().people);
  CHECK(same.frame.rows() == 8);
  CHECK(power::design_of(same).random[0].levels == std::vector<std::string>{"a", "b", "c"});
}

TEST_CASE("people are shared among the classes of a nation by the largest remainders") {
  CHECK(power::grown(small_design(), {101, 0}).people == std::vector<double>{76, 25, 101});
  const power::CrossedDesign without = power::grown(small_design(), {1, 0});  // nobody is left of the second class
  CHECK(without.people == std::vector<double>{1, 1});
  CHECK(without.frame.rows() == 6);
  CHECK(without.blocks[1].first_row == 3);
}

TEST_CASE("models of an origin are copied in turn, with the rows they have") {
  const power::CrossedDesign more = power::grown(small_design(), {0, 3});
  CHECK(more.frame.find("llm").levels == std::vector<std::string>{"a", "b", "a#2", "c", "c#2", "c#3"});
  CHECK(more.origins.members[0].size() == 3);
  CHECK(more.blocks[0].rows == 6);
  CHECK(more.blocks[1].rows == 5);  // the copy of a, but none of b
  const models::Design design = power::design_of(more);
  CHECK(design.random[0].levels.size() == 6);
  const power::CrossedDesign fewer = power::grown(small_design(), {0, 1});
  CHECK(fewer.frame.find("llm").levels == std::vector<std::string>{"a", "c"});
}
