#include "report/number_text.hpp"

#include <catch2/catch.hpp>
#include <limits>

using namespace meridian::report;
using meridian::findings::Cell;
using meridian::findings::Kind;
using meridian::findings::Table;

namespace {

std::vector<std::string> shown(const std::string& name, const std::vector<double>& values) {
  Table table{"t", "", "", {{name, Kind::real, ""}}, {}};
  for (double value : values) table.rows.push_back({value});
  const NumberStyle style = number_style(table, 0);
  std::vector<std::string> cells;
  for (double value : values) cells.push_back(shown_cell(value, style));
  return cells;
}

const std::string minus = "\xE2\x88\x92", narrow = "\xE2\x80\xAF";

}  // namespace

TEST_CASE("a column shares its decimals", "[report]") {
  CHECK(shown("estimate", {0.20661537, -0.17859165, 0.5}) ==
        std::vector<std::string>{"0.2066", minus + "0.1786", "0.5000"});
  CHECK(shown("df", {24.839, 1009.8}) == std::vector<std::string>{"25", "1010"});
  CHECK(shown("statistic", {22.197, 1}) == std::vector<std::string>{"22.20", "1.00"});
  CHECK(shown("df", {1, 2}) == std::vector<std::string>{"1", "2"});
}

TEST_CASE("small numbers keep two digits, noise is nothing", "[report]") {
  CHECK(shown("statistic", {-11.909, -0.0619}) == std::vector<std::string>{minus + "11.91", minus + "0.062"});
  CHECK(shown("variance", {0.25, 0.0000123}) == std::vector<std::string>{"0.2500", "1.2e-05"});
  CHECK(shown("correlation", {4e-18, 0.28, 0}) == std::vector<std::string>{"0.0000", "0.2800", "0.0000"});
  CHECK(shown("correlation", {0.28, 4e-18, 0}) == std::vector<std::string>{"0.2800", "0.0000", "0.0000"});
}

TEST_CASE("numbers of different kinds in one column each keep four digits", "[report]") {
  CHECK(shown("estimate", {0.20661537, -0.0079, 1032, 0.5961, 7.13, -137227.31}) ==
        std::vector<std::string>{"0.2066", minus + "0.0079", "1032", "0.5961", "7.130", minus + "137227"});
}

TEST_CASE("p-values show their size", "[report]") {
  CHECK(shown("p_value", {0.6632, 5.93e-13, 0, 1}) == std::vector<std::string>{"0.663", "5.9e-13", "0.000", "1.000"});
  CHECK(shown("f_p_value", {0.00012}) == std::vector<std::string>{"1.2e-04"});
}

TEST_CASE("whole numbers are grouped from five digits on, what is no number is said", "[report]") {
  const NumberStyle style;
  CHECK(shown_cell(std::int64_t{9999}, style) == "9999");
  CHECK(shown_cell(std::int64_t{20640}, style) == "20" + narrow + "640");
  CHECK(shown_cell(std::int64_t{-1234567}, style) == minus + "1" + narrow + "234" + narrow + "567");
  CHECK(shown_cell(std::int64_t{1442098}, style) == "1" + narrow + "442" + narrow + "098");
  CHECK(shown_cell(std::numeric_limits<double>::quiet_NaN(), style) == "undefined");
  CHECK(shown_cell(-std::numeric_limits<double>::infinity(), style) == minus + "\xE2\x88\x9E");
  CHECK(shown_cell(Cell{}, style) == "");
  CHECK(shown_cell(std::string("text"), style) == "text");
}
