#include "findings/table.hpp"

#include <catch2/catch.hpp>
#include <limits>

#include "error.hpp"
#include "support/scratch_folder.hpp"

using Catch::Contains;
using meridian::Error;
using meridian::findings::Cell;
using meridian::findings::Kind;
using meridian::findings::Table;
using meridian::findings::to_text;
using meridian::tests::message_of;

namespace {

Table fits() {
  return {
      "fits", "Fits", "", {{"term", Kind::text, ""}, {"n", Kind::integer, "people"}, {"estimate", Kind::real, ""}}, {}};
}

}  // namespace

TEST_CASE("rows that fit the columns are kept in order; any cell may be empty") {
  Table table = fits();
  table.add({"(Intercept)", 517, 0.25});
  table.add({{}, {}, {}});
  REQUIRE(table.rows.size() == 2);
  CHECK(std::get<std::string>(table.rows[0][0]) == "(Intercept)");
  CHECK(std::get<std::int64_t>(table.rows[0][1]) == 517);
  CHECK(std::get<double>(table.rows[0][2]) == 0.25);
  CHECK(table.rows[1] == std::vector<Cell>(3));
}

TEST_CASE("a row that does not fit is a bug and is named") {
  Table table = fits();
  CHECK_THAT(message_of<Error>([&] { table.add({"x", 1}); }), Contains("table fits: a row of 2 cells for 3 columns"));
  CHECK_THAT(message_of<Error>([&] { table.add({"x", 1, 2}); }), Contains("column estimate: the cell '2'"));
  CHECK_THAT(message_of<Error>([&] { table.add({"x", 1.0, 2.0}); }), Contains("column n"));
  CHECK_THAT(message_of<Error>([&] { table.add({1, 1, 2.0}); }), Contains("column term"));
  CHECK(table.rows.empty());
  try {
    table.add({});
    FAIL("an empty row was taken");
  } catch (const Error& error) {
    CHECK(error.code() == meridian::ExitCode::bug);
  }
}

TEST_CASE("columns by name") {
  CHECK(fits().column("estimate") == 2);
  CHECK_THAT(message_of<Error>([] { fits().column("Estimate"); }), Contains("table fits has no column Estimate"));
}

TEST_CASE("cells as text") {
  CHECK(to_text({}) == "");
  CHECK(to_text("a") == "a");
  CHECK(to_text(std::int64_t{-5}) == "-5");
  CHECK(to_text(0.1) == "0.1");
  CHECK(to_text(-0.0) == "-0");
  CHECK(to_text(std::numeric_limits<double>::quiet_NaN()) == "NA");
  CHECK(to_text(-std::numeric_limits<double>::infinity()) == "-Inf");
}
