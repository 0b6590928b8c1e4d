#include "survey/wvs_people.hpp"

#include <catch2/catch.hpp>

#include "error.hpp"
#include "small_survey.hpp"
#include "support/scratch_folder.hpp"

using namespace meridian;
using namespace meridian::survey;
using Catch::Contains;
using tests::ledger_line;
using tests::message_of;
using tests::ScratchFolder;

namespace {

Instrument two_items() { return {"WVS", {{"177", "", "", 1, 10}, {"178", "", "", 1, 10}}, 1, 10}; }

const std::string missing_rule = "complete cases: an item is missing";

}  // namespace

TEST_CASE("a country file with plain headers and a cross-national one with labels") {
  const ScratchFolder folder;
  const auto china = folder.write("china.csv",
                                  "version;B_COUNTRY_ALPHA;D_INTERVIEW;Q177;Q178;Q254\n"
                                  "6;CHN;156001;1;10;1\n6;CHN;156002;-1;3;1\n6;CHN;156003;2;2;5\n");
  const auto world = folder.write("world.csv",
                                  "\"B_COUNTRY_ALPHA: country, code\",Q254: pride,\"Q178: second, item\",Q177: first\n"
                                  "USA,2,9,8\nFRA,1,5,5\nUSA,-2,7,6\nUSA,1,,6\nDEU,1,5,5\nFRA,1,5,5\n");
  findings::Ledger ledger;
  const People people = read_wvs_people({china, world}, two_items(), {}, ledger);
  CHECK(people.nations == std::vector<std::string>{"China", "USA"});
  CHECK(people.ids == std::vector<std::string>{"156001_China", "row4_USA", "row6_USA"});
  CHECK(people.answers == std::vector<std::int16_t>{1, 10, 8, 9, 6, 7});

  CHECK(ledger_line(ledger, "people", "not a national (Q254 = 5)").count == 1);
  CHECK(ledger_line(ledger, "people", "not a national (Q254 = 5)").of == 3);
  CHECK(ledger_line(ledger, "people", missing_rule).count == 2);
  CHECK(ledger_line(ledger, "people", missing_rule).of == 5);
  for (const auto& line : ledger.lines())
    if (line.source == "world.csv" && line.rule == "country or group is not in the study") {
      CHECK(line.count == 3);
      CHECK(line.of == 6);
      CHECK(line.examples == std::vector<std::string>{"FRA (2)", "DEU (1)"});
    }
}

TEST_CASE("a labelled interview number is the id") {
  const ScratchFolder folder;
  const auto file = folder.write(
      "usa.csv", "B_COUNTRY_ALPHA: country,D_INTERVIEW: number,Q177: a,Q178: b,Q254: c\nUSA,840001,2,3,1\n");
  findings::Ledger ledger;
  CHECK(read_wvs_people({file}, two_items(), {}, ledger).ids == std::vector<std::string>{"840001_USA"});
}

TEST_CASE("nationals_only = no keeps everybody and needs no Q254") {
  const ScratchFolder folder;
  const auto file = folder.write("usa.csv", "B_COUNTRY_ALPHA,D_INTERVIEW,Q177,Q178\nUSA,1,2,3\n");
  findings::Ledger ledger;
  CHECK_THAT(message_of<InputError>([&] { read_wvs_people({file}, two_items(), {}, ledger); }),
             Contains("no column 'Q254'") && Contains("nationals_only = no"));
  PeopleOptions options;
  options.nationals_only = false;
  CHECK(read_wvs_people({file}, two_items(), options, ledger).ids == std::vector<std::string>{"1_USA"});
}

TEST_CASE("countries are named by a table") {
  const ScratchFolder folder;
  const auto file = folder.write("d.csv", "B_COUNTRY_ALPHA,D_INTERVIEW,Q177,Q178,Q254\nDEU,1,2,3,1\nUSA,1,4,5,1\n");
  PeopleOptions options;
  options.countries = {{"DEU", "Germany"}};
  findings::Ledger ledger;
  CHECK(read_wvs_people({file}, two_items(), options, ledger).ids == std::vector<std::string>{"1_Germany"});
}

TEST_CASE("an interview that comes twice, over two files, names both lines") {
  const ScratchFolder folder;
  const std::string header = "B_COUNTRY_ALPHA;D_INTERVIEW;Q177;Q178;Q254\n";
  const auto first = folder.write("first.csv", header + "USA;1;2;3;1\nUSA;2;2;3;1\n");
  const auto second = folder.write("second.csv", header + "USA;3;2;3;1\nUSA;2;9;9;1\n");
  findings::Ledger ledger;
  CHECK_THAT(
      message_of<InputError>([&] {
        read_wvs_people({first, second}, two_items(), {}, ledger);
      }),
      Contains("second.csv:3, column 'D_INTERVIEW'") && Contains("'2_USA' a second time") && Contains("first.csv:3"));
}

TEST_CASE("codes above the scale, letters and an absent item are errors; nobody left is one too") {
  const ScratchFolder folder;
  findings::Ledger ledger;
  const auto error = [&](const std::string& text) {
    const auto file = folder.write("w.csv", text);
    return message_of<InputError>([&] { read_wvs_people({file}, two_items(), {}, ledger); });
  };
  const std::string header = "B_COUNTRY_ALPHA;D_INTERVIEW;Q177;Q178;Q254\n";
  CHECK_THAT(error(header + "USA;1;11;3;1\n"),
             Contains("w.csv:2, column 'Q177': found '11', expected a whole number from 1 to 10 for item 177"));
  CHECK_THAT(error(header + "USA;1;x;3;1\n"), Contains("found 'x'"));
  CHECK_THAT(error(header + "USA;1;2,5;3;1\n"), Contains("found '2,5'"));
  CHECK_THAT(error("B_COUNTRY_ALPHA;D_INTERVIEW;Q177;Q254\nUSA;1;1;1\n"), Contains("no column 'Q178'"));
  CHECK_THAT(error(header + "FRA;1;1;1;1\n"), Contains("nobody who answered all 2 items"));
  CHECK_THAT(error(header + "USA;1;1;1;5\n"), Contains("nobody who answered all 2 items"));
  CHECK_THAT(error(header + "USA;;1;1;1\n"), Contains("expected the person's number or name"));
  CHECK_THAT(error(header + ";1;1;1;1\n"), Contains("expected the person's country or group"));
}
