#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <limits>

#include "error.hpp"
#include "support/scratch_folder.hpp"
#include "tables/csv.hpp"

using Catch::Contains;
using meridian::InputError;
using meridian::tables::CsvReader;
using meridian::tables::format_number;
using meridian::tables::parse_integer;
using meridian::tables::parse_number;
using meridian::tests::message_of;
using meridian::tests::ScratchFolder;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

bool same_bits(double left, double right) { return std::memcmp(&left, &right, sizeof left) == 0; }

}  // namespace

TEST_CASE("numbers that are numbers") {
  const std::vector<std::pair<std::string, double>> cases = {
      {"0", 0.0},         {"-0", -0.0},
      {"5", 5},           {"-3.25", -3.25},
      {"1e-3", 1e-3},     {"1E5", 1e5},
      {".5", 0.5},        {"5.", 5},
      {"007", 7},         {"1.7976931348623157e308", std::numeric_limits<double>::max()},
      {"5e-324", 5e-324}, {"0.1000000000000000055511151231257827021181583404541015625", 0.1}};
  for (const auto& [text, expected] : cases) {
    double value = 99;
    CAPTURE(text);
    CHECK(parse_number(text, value));
    CHECK(same_bits(value, expected));
  }
}

TEST_CASE("texts that are no numbers leave the value alone") {
  for (const std::string text :
       {"",        " ",      " 5",    "5 ",  "5\n", "+5",  "--5", "1,5",   "1.2.3",    "0x10", "1e",
        "1e400",   "-1e400", "NA",    "NaN", "nan", "inf", "Inf", "-inf",  "infinity", "five", "\uff15",
        "5\u00a0", "1_000",  "1'000", "5%",  "e5",  ".",   "-",   "1e5.5", "\u22125"}) {
    double value = 99;
    CAPTURE(text);
    CHECK_FALSE(parse_number(text, value));
    CHECK(value == 99);
  }
}

TEST_CASE("whole numbers and texts that are none") {
  std::int64_t value = 0;
  CHECK(parse_integer("-9223372036854775808", value));
  CHECK(value == std::numeric_limits<std::int64_t>::min());
  CHECK(parse_integer("9223372036854775807", value));
  CHECK(value == std::numeric_limits<std::int64_t>::max());
  for (const std::string text : {"9223372036854775808", "5.0", "1e3", "", " 5", "+5", "0x10", "\uff15", "NA"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_integer(text, value));
    CHECK(value == std::numeric_limits<std::int64_t>::max());
  }
}

TEST_CASE("formatted numbers are the shortest that read back to the same bits") {
  CHECK(format_number(0.1) == "0.1");
  CHECK(format_number(-0.0) == "-0");
  CHECK(format_number(1.0 / 3) == "0.3333333333333333");
  CHECK(format_number(100) == "100");
  CHECK(format_number(5e-324) == "5e-324");
  std::uint64_t state = 1;
  for (int i = 0; i < 100000; ++i) {  // bit patterns of every exponent (Knuth's 64-bit generator)
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    double value = 0, back = 0;
    std::memcpy(&value, &state, sizeof value);
    if (!std::isfinite(value)) continue;
    REQUIRE(parse_number(format_number(value), back));
    REQUIRE(same_bits(value, back));
  }
}

TEST_CASE("what is not finite is written as R writes it") {
  CHECK(format_number(std::numeric_limits<double>::quiet_NaN()) == "NA");
  CHECK(format_number(infinity) == "Inf");
  CHECK(format_number(-infinity) == "-Inf");
}

TEST_CASE("a field that is no number is named with place, value, expectation") {
  const ScratchFolder folder;
  CsvReader reader(folder.write("data.csv", "id,Response\n1,4\n2,fo\tur\n3,\n4,4.5\n"));
  REQUIRE(reader.next());
  CHECK(reader.number(1) == 4);
  CHECK(reader.integer(1) == 4);
  REQUIRE(reader.next());
  CHECK_THAT(message_of<InputError>([&] { reader.number(1, "a number from 1 to 5"); }),
             Contains("data.csv:3, column 'Response': found 'fo\\tur', expected a number from 1 to 5"));
  REQUIRE(reader.next());
  CHECK_THAT(message_of<InputError>([&] { reader.number(1); }), Contains("found '', expected a number"));
  REQUIRE(reader.next());
  CHECK_THAT(message_of<InputError>([&] { reader.integer(1); }), Contains("found '4.5', expected a whole number"));
}
