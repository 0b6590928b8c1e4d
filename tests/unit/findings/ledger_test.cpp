#include "findings/ledger.hpp"

#include <catch2/catch.hpp>

using meridian::findings::Cell;
using meridian::findings::Ledger;

TEST_CASE("exclusions of one source, unit and rule are one line, in the order of first mention") {
  Ledger ledger;
  ledger.add("a.csv", "people", "not a national", "17");
  ledger.add("a.csv", "people", "incomplete", "18", 3);
  ledger.add("a.csv", "people", "not a national", "19", 2);
  ledger.add("b.csv", "people", "not a national", "");
  REQUIRE(ledger.lines().size() == 3);
  CHECK(ledger.lines()[0].count == 3);
  CHECK(ledger.lines()[0].examples == std::vector<std::string>{"17", "19"});
  CHECK(ledger.lines()[1].count == 3);
  CHECK(ledger.lines()[2].source == "b.csv");
  CHECK(ledger.lines()[2].examples.empty());
}

TEST_CASE("a rule that excluded nobody still has its line") {
  Ledger ledger;
  ledger.looked_at("a.csv", "people", "straight-liner", 1000);
  ledger.looked_at("a.csv", "people", "straight-liner", 32);
  REQUIRE(ledger.lines().size() == 1);
  CHECK(ledger.lines()[0].count == 0);
  CHECK(ledger.lines()[0].of == 1032);
}

TEST_CASE("five examples are kept, the first") {
  Ledger ledger;
  for (int i = 1; i <= 9; ++i) ledger.add("a", "rows", "r", std::to_string(i));
  CHECK(ledger.lines()[0].count == 9);
  CHECK(ledger.lines()[0].examples == std::vector<std::string>{"1", "2", "3", "4", "5"});
}

TEST_CASE("ledgers of parts add up to the ledger of the whole") {
  Ledger left, right, whole;
  for (Ledger* each : {&left, &whole}) each->add("a", "rows", "r", "1", 4);
  for (Ledger* each : {&right, &whole}) {
    each->looked_at("a", "rows", "r", 10);
    each->add("a", "rows", "r", "2");
    each->add("a", "rows", "s", "3");
  }
  left.append(right);
  CHECK(left.table().rows == whole.table().rows);
  left.append(left);
  CHECK(left.lines()[0].count == 10);
  CHECK(left.lines()[0].of == 20);
}

TEST_CASE("the ledger as a table") {
  Ledger ledger;
  ledger.looked_at("a.csv", "people", "incomplete", 10);
  ledger.add("a.csv", "people", "incomplete", "7");
  ledger.add("a.csv", "people", "incomplete", "9");
  ledger.add("b.csv", "trials", "no answer", "");
  const auto table = ledger.table();
  REQUIRE(table.columns.size() == 6);
  CHECK(table.columns[3].name == "count");
  REQUIRE(table.rows.size() == 2);
  CHECK(table.rows[0] == std::vector<Cell>{"a.csv", "people", "incomplete", 2, 10, "7; 9"});
  CHECK(table.rows[1] == std::vector<Cell>{"b.csv", "trials", "no answer", 1, {}, ""});
}
