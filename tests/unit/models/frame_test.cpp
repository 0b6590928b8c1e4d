#include "models/frame.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "error.hpp"
#include "models/evaluation.hpp"
#include "support/stored_tables.hpp"

using meridian::InputError;
using meridian::models::Frame;
using meridian::models::number_text;
using meridian::models::sorted_levels;
using meridian::models::Variable;
using meridian::tests::frame_of;

using Labels = std::vector<std::string>;

TEST_CASE("column types are those of R's read.csv") {
  const Frame frame = frame_of({{"number", {"1", " -2.5e1 ", "NA", "+3"}},
                                {"mixed", {"1", "b", "", "a"}},
                                {"truth", {"T", "FALSE", "true", "NA"}},
                                {"absent", {"NA", "", "NA", "NA"}},
                                {"words", {"b", "B", "a", "10"}}});
  const Variable& number = frame.find("number");
  REQUIRE_FALSE(number.is_factor);
  CHECK(number.numeric[1] == -25);
  CHECK(std::isnan(number.numeric[2]));
  CHECK(number.numeric[3] == 3);
  CHECK(frame.find("mixed").levels == Labels{"1", "a", "b"});
  CHECK(frame.find("mixed").codes == std::vector<std::int32_t>{0, 2, -1, 1});
  CHECK(frame.find("truth").levels == Labels{"FALSE", "TRUE"});
  CHECK(frame.find("truth").codes == std::vector<std::int32_t>{1, 0, 1, -1});
  CHECK_FALSE(frame.find("absent").is_factor);
  CHECK(frame.find("words").levels == Labels{"10", "B", "a", "b"});
}

TEST_CASE("named columns are factors whatever they look like") {
  const Frame frame = frame_of({{"dose", {"10", "9", "10", "1e1"}}}, {"dose"});
  REQUIRE(frame.find("dose").is_factor);
  CHECK(frame.find("dose").levels == Labels{"9", "10", "1e1"});
  CHECK(frame.find("dose").codes == std::vector<std::int32_t>{1, 0, 1, 2});
}

TEST_CASE("text that only begins like a number is no number") {
  for (const char* text : {"1,5", "5%", "1 2", "--1", "+-1", "+", "1e", "0x1G"}) {
    INFO(text);
    CHECK(frame_of({{"v", {text}}}).find("v").is_factor);
  }
}

TEST_CASE("levels are ordered by value when all are numbers, else by code point") {
  CHECK(sorted_levels({"10", "9", "-1", "9"}) == Labels{"-1", "9", "10"});
  CHECK(sorted_levels({"10", "9", "x"}) == Labels{"10", "9", "x"});
  CHECK(sorted_levels({"é", "z", "Z"}) == Labels{"Z", "z", "é"});
}

TEST_CASE("a numeric variable becomes a factor in numeric order") {
  Frame frame;
  frame.add_numeric("id", {100000, 3, 20, 3});
  frame.add_numeric("dose", {0.5, 100000, std::nan(""), 0.25});
  CHECK(as_factor(frame.find("id")).levels == Labels{"3", "20", "100000"});
  CHECK(as_factor(frame.find("id")).codes == std::vector<std::int32_t>{2, 0, 1, 0});
  CHECK(as_factor(frame.find("dose")).levels == Labels{"0.25", "0.5", "1e+05"});
  CHECK(as_factor(frame.find("dose")).codes == std::vector<std::int32_t>{1, 2, -1, 0});
}

TEST_CASE("numbers are written as R's as.character") {
  CHECK(number_text(1e5) == "1e+05");
  CHECK(number_text(123456) == "123456");
  CHECK(number_text(0.1) == "0.1");
  CHECK(number_text(1.0 / 3) == "0.333333333333333");
  CHECK(number_text(1e-4) == "1e-04");
  CHECK(number_text(0.00012) == "0.00012");
  CHECK(number_text(-2.50) == "-2.5");
  CHECK(number_text(1e15) == "1e+15");
  CHECK(number_text(0) == "0");
  CHECK(number_text(1.5e300) == "1.5e+300");
}

TEST_CASE("a frame refuses what is not a table") {
  Frame frame;
  frame.add_numeric("x", {1, 2});
  CHECK_THROWS_AS(frame.add_numeric("x", {1, 2}), InputError);
  CHECK_THROWS_AS(frame.add_numeric("z", {1}), InputError);
  CHECK_THROWS_AS(frame.add_factor("f", {0, 2}, {"a", "b"}), InputError);
  CHECK_THROWS_WITH(frame.find("X1"), Catch::Contains("nearest is 'x'"));
  CHECK(frame.rows() == 2);
}
