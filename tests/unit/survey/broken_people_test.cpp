// Broken people files, each made by hand: one message with place, value found, value expected and remedy.
#include <catch2/catch.hpp>

#include "error.hpp"
#include "small_survey.hpp"
#include "support/scratch_folder.hpp"
#include "survey/mfq2_people.hpp"

using namespace meridian;
using namespace meridian::survey;
using Catch::Contains;
using tests::message_of;
using tests::ScratchFolder;

namespace {

const std::string header = "Item,Response,Participant,Group,Dimension\n";
const std::string good = "1,5,1,USA,Care\n2,4,1,USA,Care\n3,3,1,USA,Order\n";

std::string error_of(const std::string& bytes, const std::string& participant_id = "column") {
  const ScratchFolder folder;
  const auto file = folder.write("people.csv", bytes);
  PeopleOptions options;
  options.participant_id = participant_id;
  options.countries = {{"CHN", "China"}, {"USA", "USA"}};
  findings::Ledger ledger;
  return message_of<InputError>([&] { read_mfq2_people(file, tests::small_instrument(), options, ledger); });
}

struct Broken {
  std::string what, bytes, found;
};

}  // namespace

TEST_CASE("the file behind these tests is sound") { CHECK(error_of(header + good).empty()); }

TEST_CASE("broken people files") {
  const std::vector<Broken> files = {
      {"empty file", "", "found an empty file"},
      {"header only", header, "found nobody who answered all 3 items"},
      {"truncated line", header + good + "1,5,2", "people.csv:5: found 3 fields, expected 5"},
      {"missing column", "Item,Response,Participant,Dimension\n1,5,1,Care\n", "no column 'Group'"},
      {"misspelt column", "Item,Response,Participants,Group,Dimension\n1,5,1,USA,Care\n",
       "Did you mean 'Participants'?"},
      {"column twice", "Item,Response,Participant,Group,Group\n1,5,1,USA,USA\n", "columns 4 and 5"},
      {"letters in a number", header + "1,5x,1,USA,Care\n",
       "people.csv:2, column 'Response': found '5x', expected a whole number from 1 to 5 for item 1"},
      {"letter O for zero", header + "1,O,1,USA,Care\n", "found 'O'"},
      {"a fraction as answer", header + "1,3.5,1,USA,Care\n", "found '3.5'"},
      {"decimal comma", "Item;Response;Participant;Group;Dimension\n1;3,5;1;USA;Care\n", "found '3,5'"},
      {"answer above the scale", header + "1,6,1,USA,Care\n", "found '6'"},
      {"answer zero", header + "1,0,1,USA,Care\n", "found '0'"},
      {"negative answer", header + "1,-1,1,USA,Care\n", "found '-1'"},
      {"huge answer", header + "1,99999999999999999999,1,USA,Care\n", "found '99999999999999999999'"},
      {"infinite answer", header + "1,inf,1,USA,Care\n", "found 'inf'"},
      {"unknown item", header + "37,5,1,USA,Care\n", "column 'Item': found '37', expected an item of small"},
      {"item missing", header + ",5,1,USA,Care\n", "column 'Item': found ''"},
      {"wrong dimension", header + "3,5,1,USA,Care\n", "column 'Dimension': found 'Care', expected 'Order'"},
      {"duplicate respondent", header + good + good,
       "people.csv:5: found a second answer of person 1_USA to item 1 (the first is on line 2)"},
      {"duplicate of a missing answer", header + "1,NA,1,USA,Care\n1,5,1,USA,Care\n", "the first is on line 2"},
      {"participant missing", header + "1,5,,USA,Care\n", "participant_id = blocks:N"},
      {"group missing", header + "1,5,1,,Care\n", "expected the person's country or group"},
      {"unknown group", header + "1,5,1,Chna,Care\n",
       "found 'Chna', expected one of 'China', 'USA'. Did you mean 'China'?"},
      {"binary junk",
       std::string("\x7F"
                   "ELF\0\x01\x02\x00",
                   8),
       "people.csv:1"},
      {"zero byte inside", header + std::string("1,5,1,U\0A,Care\n", 15), "people.csv:2"},
      {"invalid UTF-8", header + "1,5,1,US\xC3\x28,Care\n", "people.csv:2"},
      {"UTF-16", std::string("\xFF\xFEI\0t\0", 6), "UTF-16"},
      {"wrong delimiter", "Item|Response|Participant|Group|Dimension\n1|5|1|USA|Care\n", "no column 'Item'"},
      {"unclosed quote", header + "1,5,\"1,USA,Care\n" + good, "people.csv:2"},
      {"text after a quote", header + "1,5,\"1\"x,USA,Care\n", "people.csv:2"},
      {"10 MB line", header + "1,5,1,USA," + std::string(10 << 20, 'x') + "\n", "people.csv:2"},
      {"10 MB header", std::string(10 << 20, 'x'), "people.csv:1"},
      {"one field too many", header + "1,5,1,USA,Care,\n", "found 6 fields, expected 5"},
      {"old Macintosh line ends", "Item,Response,Participant,Group,Dimension\r1,5,1,USA,Care\r", "people.csv"},
      {"nobody complete", header + "1,5,1,USA,Care\n2,4,2,USA,Care\n", "nobody who answered all 3 items"},
  };
  CHECK(files.size() >= 30);
  for (const Broken& file : files) {
    CAPTURE(file.what);
    const std::string message = error_of(file.bytes);
    CHECK_THAT(message, Contains("people.csv"));
    CHECK_THAT(message, Contains(file.found));
    CHECK_THAT(message, Contains(", expected "));
    CHECK(message.back() != ' ');  // a remedy follows
  }
}

TEST_CASE("a missing file and a folder in its place") {
  const ScratchFolder folder;
  findings::Ledger ledger;
  const auto read = [&](const std::filesystem::path& file) {
    return message_of<InputError>([&] { read_mfq2_people(file, tests::small_instrument(), {}, ledger); });
  };
  CHECK_THAT(read(folder.path() / "absent.csv"), Contains("absent.csv"));
  CHECK_THAT(read(folder.path()), Contains("folder"));
}

TEST_CASE("blocks of the wrong length name both lines and the option") {
  CHECK_THAT(error_of(header + good + good, "blocks:4"),
             Contains("people.csv:5: found a second answer of person 1_USA to item 1 (the first is on line 2)") &&
                 Contains("participant_id = column"));
  CHECK_THAT(error_of(header + good, "block:3"), Contains("'blocks:N'"));
  CHECK_THAT(error_of(header + good, "blocks:0"), Contains("blocks:36"));
}
