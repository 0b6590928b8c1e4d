#include <catch2/catch.hpp>

#include "error.hpp"
#include "uncertainty/bootstrap.hpp"
#include "uncertainty/model_statistics.hpp"

using namespace meridian;
using uncertainty::parse_contrast;

TEST_CASE("a contrast is a sum of terms") {
  const std::vector<std::string> terms = {"(Intercept)", "nation", "origin", "nation:origin"};
  const auto contrast = parse_contrast("at home = nation + 0.5*nation:origin - (Intercept) + 2 * nation", terms);
  CHECK(contrast.name == "at home");
  CHECK(contrast.row == Eigen::RowVector4d(-1, 3, 0, 0.5));
  CHECK(parse_contrast("x = -nation", terms).row == Eigen::RowVector4d(0, -1, 0, 0));
}

TEST_CASE("a contrast that cannot be read names what is wrong") {
  const std::vector<std::string> terms = {"(Intercept)", "nation"};
  for (const char* text : {"nation", "= nation", "x = natoin", "x = two*nation", "x = ", "x = nation + ", "x = 2*"})
    CHECK_THROWS_AS(parse_contrast(text, terms), InputError);
  CHECK_THROWS_WITH(parse_contrast("x = natoin", terms), Catch::Contains("natoin") && Catch::Contains("(Intercept)"));
}

TEST_CASE("schemes have names") {
  for (const char* name : {"people", "models", "two-way", "product", "parametric", "items"})
    CHECK(uncertainty::scheme_name(uncertainty::parse_scheme(name)) == name);
  CHECK_THROWS_AS(uncertainty::parse_scheme("poeple"), InputError);
}
