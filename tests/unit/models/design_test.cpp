// What no table of R's shows: multiplicities, aliasing at the tolerance, missing responses, errors.
#include "models/design.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "error.hpp"
#include "models/rank.hpp"

using namespace meridian::models;
using meridian::InputError;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

Frame small_frame() {
  Frame frame;
  frame.add_numeric("y", {1, 2, 3, 4, 5, 6});
  frame.add_numeric("x", {1, 4, 2, 8, 5, 7});
  frame.add_factor("nation", {0, 1, 0, 1, 0, 0}, {"CN", "US"});
  frame.add_factor("kind", {0, 1, 2, 0, 1, 2}, {"p", "q", "r"});
  frame.add_factor("only", {0, 0, 0, 0, 0, 0}, {"same", "unused"});
  frame.add_numeric("person", {3, 1, 3, 1, 20, 20});
  return frame;
}

DesignOptions with_contrast(const std::string& variable, const std::string& choice) {
  DesignOptions options;
  options.contrasts[variable] = parse_contrast(choice);
  return options;
}

Frame repeated(const Frame& frame, const std::vector<double>& times) {
  Frame longer = frame;
  for (Variable& variable : longer.variables) {
    variable.numeric.clear();
    variable.codes.clear();
  }
  for (std::size_t row = 0; row < frame.rows(); ++row)
    for (int copy = 0; copy < static_cast<int>(times[row]); ++copy)
      for (std::size_t v = 0; v < frame.variables.size(); ++v) {
        const Variable& from = frame.variables[v];
        if (from.is_factor)
          longer.variables[v].codes.push_back(from.codes[row]);
        else
          longer.variables[v].numeric.push_back(from.numeric[row]);
      }
  return longer;
}

}  // namespace

TEST_CASE("a template with multiplicities is coded like the table it stands for") {
  const std::vector<double> times = {3, 1, 2, 5, 1, 4};
  DesignOptions options = with_contrast("nation", "centred");
  const Formula formula = parse_formula("~ nation * scale(x) + kind");
  options.response_required = false;
  const Frame frame = small_frame();
  const Design full = build_design(formula, repeated(frame, times), options);
  options.multiplicity = times;
  const Design brief = build_design(formula, frame, options);
  REQUIRE(brief.names ==
          std::vector<std::string>{"(Intercept)", "nation", "scale(x)", "kindq", "kindr", "nation:scale(x)"});
  REQUIRE(full.names == brief.names);
  Eigen::Index row = 0;
  for (Eigen::Index source = 0; source < brief.x.rows(); ++source)
    for (int copy = 0; copy < static_cast<int>(times[static_cast<std::size_t>(source)]); ++copy, ++row)
      CHECK((full.x.row(row) - brief.x.row(source)).norm() < 1e-14);
  CHECK(std::abs(full.x.col(1).mean()) < 1e-15);
}

TEST_CASE("rows that count zero times do not save a column from being aliased") {
  DesignOptions options;
  options.multiplicity = {1, 0, 1, 0, 1, 1};
  CHECK(build_design(parse_formula("y ~ nation"), small_frame(), options).aliased ==
        std::vector<std::string>{"nationUS"});
  options.multiplicity = {1, 1};
  CHECK_THROWS_AS(build_design(parse_formula("y ~ nation"), small_frame(), options), InputError);
}

TEST_CASE("centred codes: the reference is -0.5, whichever it is") {
  const Frame frame = small_frame();
  const Design first = build_design(parse_formula("y ~ nation"), frame, with_contrast("nation", "centred"));
  const Design second = build_design(parse_formula("y ~ nation"), frame, with_contrast("nation", "centred:US"));
  CHECK(first.x(1, 1) == Approx(2.0 / 3));
  CHECK(first.x(0, 1) == Approx(-1.0 / 3));
  CHECK((first.x.col(1) + second.x.col(1)).norm() < 1e-15);
}

TEST_CASE("the response may be absent, on request only") {
  Frame frame = small_frame();
  frame.variables.erase(frame.variables.begin());
  DesignOptions options;
  CHECK_THROWS_WITH(build_design(parse_formula("y ~ x"), frame, options), Catch::Contains("no variable 'y'"));
  CHECK_THROWS_WITH(build_design(parse_formula("~ x"), frame, options), Catch::Contains("name the response"));
  options.response_required = false;
  CHECK(build_design(parse_formula("y ~ x"), frame, options).response.size() == 0);
  CHECK(build_design(parse_formula("y ~ x"), small_frame(), options).response.size() == 6);
}

TEST_CASE("missing values in any used variable drop the row, in unused ones not") {
  Frame frame = small_frame();
  frame.add_numeric("hole", {missing, 1, 1, 1, 1, 1});
  frame.add_factor("group", {0, 0, -1, 1, 1, 1}, {"g1", "g2"});
  frame.add_numeric("w", {1, 2, 3, missing, 4, 5});
  DesignOptions options;
  options.weights = "w";
  const Design design = build_design(parse_formula("y ~ x + (1 | group)"), frame, options);
  CHECK(design.kept_rows == std::vector<std::size_t>{0, 1, 4, 5});
  CHECK(design.dropped_missing == 2);
  CHECK(design.weights == Eigen::Vector4d(1, 2, 4, 5));
  CHECK(design.response == Eigen::Vector4d(1, 2, 5, 6));
  CHECK(design.random[0].level == std::vector<std::int32_t>{0, 0, 1, 1});
  CHECK(build_design(parse_formula("y ~ x + hole:x"), frame).dropped_missing == 1);
}

TEST_CASE("a numeric grouping column has its levels in numeric order") {
  const Design design = build_design(parse_formula("y ~ x + (1 | person) + (1 | kind:person)"), small_frame());
  CHECK(design.random[0].levels == std::vector<std::string>{"1", "3", "20"});
  CHECK(design.random[0].level == std::vector<std::int32_t>{1, 0, 1, 0, 2, 2});
  CHECK(design.random[1].levels == std::vector<std::string>{"p:1", "p:3", "q:1", "q:20", "r:3", "r:20"});
}

TEST_CASE("columns are aliased when less than 1e-7 of their norm is left") {
  std::mt19937_64 generator(5);
  std::normal_distribution<double> normal;
  Eigen::MatrixXd x = Eigen::MatrixXd::NullaryExpr(200, 4, [&] { return normal(generator); });
  x.col(3) = x.col(0) - 2 * x.col(1) + 1e-6 * x.col(3);
  CHECK(independent_columns(x, {}).size() == 4);
  x.col(3) = x.col(0) - 2 * x.col(1) + 1e-8 * x.col(3);
  CHECK(independent_columns(x, {}) == std::vector<Eigen::Index>{0, 1, 2});
  x.col(1).setZero();
  x.col(3) = 3 * x.col(0);
  CHECK(independent_columns(x, {}) == std::vector<Eigen::Index>{0, 2});
  CHECK(independent_columns(1e-200 * x, {}) == std::vector<Eigen::Index>{0, 2});
  CHECK(independent_columns(Eigen::MatrixXd(5, 0), {}).empty());
}

TEST_CASE("what has no meaning is an input error") {
  Frame frame = small_frame();
  frame.add_numeric("negative", {-1, 1, 1, 1, 1, 1});
  const auto message = [&](const std::string& formula, const DesignOptions& options = {}) {
    try {
      build_design(parse_formula(formula), frame, options);
    } catch (const InputError& error) {
      return std::string(error.what());
    }
    return std::string("no error");
  };
  CHECK_THAT(message("y ~ natoin"), Catch::Contains("nearest is 'nation'"));
  CHECK_THAT(message("y ~ only"), Catch::Contains("contrasts need two levels") && Catch::Contains("same"));
  CHECK_THAT(message("y ~ I(nation + 1)"), Catch::Contains("'nation' is a factor"));
  CHECK_THAT(message("nation ~ 1"), Catch::Contains("a factor of 2 levels") && Catch::Contains("Recode"));
  CHECK_THAT(message("y ~ log(negative)"), Catch::Contains("row 1") && Catch::Contains("negative = -1"));
  CHECK_THAT(message("y ~ I(x/(negative - 1))"), Catch::Contains("row 2") && Catch::Contains("Inf"));
  CHECK_THAT(message("kind ~ x"), Catch::Contains("response 'kind'"));
  CHECK_THAT(message("y ~ kind", with_contrast("kind", "centred")), Catch::Contains("3 levels (p, q, r)"));
  CHECK_THAT(message("y ~ kind", with_contrast("kind", "treatment:z")), Catch::Contains("p, q, r"));
  CHECK_THAT(message("y ~ x", with_contrast("x", "sum")), Catch::Contains("factor(x)"));
  CHECK_THAT(message("y ~ x", with_contrast("knid", "sum")), Catch::Contains("nearest is 'kind'"));
  CHECK_THROWS_AS(parse_contrast("helmert"), InputError);
  CHECK_THROWS_AS(parse_contrast("sum:a"), InputError);
  DesignOptions options;
  options.weights = "negative";
  CHECK_THAT(message("y ~ x", options), Catch::Contains("row 1"));
  frame.add_numeric("empty", std::vector<double>(6, missing));
  CHECK_THAT(message("y ~ empty"), Catch::Contains("none of the 6 rows"));
}
