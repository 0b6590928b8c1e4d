#include "verification/terms.hpp"

#include <catch2/catch.hpp>

#include "error.hpp"
#include "support/scratch_folder.hpp"

using meridian::verification::canonical_term;
using meridian::verification::Terms;

TEST_CASE("every word of the published models has our name", "[verification]") {
  const Terms terms("data/published/terms.csv");
  CHECK(terms.ours("Chinese_ppt") == "nation");
  CHECK(terms.ours("China_origin") == "origin");
  CHECK(terms.ours("Chinese_origin") == "origin");
  CHECK(terms.ours("Chinese_ppt:Chinese_origin:Chinese_lang:Chinese_persona") == "nation:origin:language:persona");
  CHECK(terms.ours("China_origin:dimensionCare") == "origin:removedCare");
  CHECK(terms.ours("Chinese_ppt:item178") == "nation:removed178");
  CHECK(terms.ours("LLM") == "llm");
  CHECK(terms.ours("(Intercept)") == "(Intercept)");
  CHECK(terms.ours("participant") == "participant");
  CHECK(terms.ours("") == "");
}

TEST_CASE("an interaction is one term in any order", "[verification]") {
  CHECK(canonical_term("b:a") == canonical_term("a:b"));
  CHECK(canonical_term("c:a:b") == "a:b:c");
  CHECK(canonical_term("nation") == "nation");
}

TEST_CASE("a word that is listed twice is refused", "[verification]") {
  const meridian::tests::ScratchFolder folder;
  const auto file = folder.write("terms.csv", "printed,ours,meaning\na,b,x\na,c,y\n");
  CHECK_THROWS_AS(Terms(file), meridian::InputError);
}
