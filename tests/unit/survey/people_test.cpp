// MFQ-2 people, long form.
#include <catch2/catch.hpp>

#include "small_survey.hpp"
#include "support/scratch_folder.hpp"
#include "survey/mfq2_people.hpp"

using namespace meridian;
using namespace meridian::survey;
using tests::ledger_line;
using tests::ScratchFolder;
using tests::small_instrument;

namespace {

const std::string header = "Item,Response,Participant,Group,Dimension\n";

People read(const std::string& rows, const PeopleOptions& options, findings::Ledger& ledger) {
  const ScratchFolder folder;
  return read_mfq2_people(folder.write("people.csv", header + rows), small_instrument(), options, ledger);
}

PeopleOptions blocks(const std::string& participant_id) {
  PeopleOptions options;
  options.participant_id = participant_id;
  return options;
}

}  // namespace

TEST_CASE("people by the participant column: ids with their group, nations sorted, answers by item") {
  findings::Ledger ledger;
  const People people = read(
      "1,5,7,USA,Care\n2,4,7,USA,Care\n3,3,7,USA,Order\n"
      "3,1,7,China,Order\n2,2,7,China,Care\n1,3,7,China,Care\n",
      {}, ledger);
  CHECK(people.nations == std::vector<std::string>{"China", "USA"});
  CHECK(people.ids == std::vector<std::string>{"7_USA", "7_China"});
  CHECK(people.nation == std::vector<std::int32_t>{1, 0});
  CHECK(people.answers == std::vector<std::int16_t>{5, 4, 3, 3, 2, 1});
}

TEST_CASE("people by blocks of rows of one country, whatever the column says") {
  findings::Ledger ledger;
  const std::string rows =
      "1,5,1,USA,Care\n2,4,2,USA,Care\n1,1,1,China,Care\n3,3,1,USA,Order\n"
      "2,1,2,China,Care\n3,2,1,China,Order\n"
      "1,2,2,USA,Care\n2,2,1,USA,Care\n3,1,2,USA,Order\n";
  const People people = read(rows, blocks("blocks:3"), ledger);
  CHECK(people.ids == std::vector<std::string>{"1_USA", "1_China", "2_USA"});
  CHECK(people.answers == std::vector<std::int16_t>{5, 4, 3, 1, 1, 2, 2, 2, 1});
}

TEST_CASE("incomplete people are left out with a line in the ledger") {
  findings::Ledger ledger;
  const People people = read(
      "1,5,1,USA,Care\n2,4,1,USA,Care\n3,3,1,USA,Order\n"
      "1,5,2,USA,Care\n2,NA,2,USA,Care\n3,3,2,USA,Order\n"
      "1,5,3,USA,Care\n",
      {}, ledger);
  CHECK(people.ids == std::vector<std::string>{"1_USA"});
  const auto line = ledger_line(ledger, "people", "complete cases: an item is missing");
  CHECK(line.source == "people.csv");
  CHECK(line.count == 2);
  CHECK(line.of == 3);
  CHECK(line.examples == std::vector<std::string>{"2_USA", "3_USA"});
  CHECK(ledger_line(ledger, "rows", "answer is missing").count == 1);
}

TEST_CASE("a last block that is cut short is an incomplete person") {
  findings::Ledger ledger;
  const People people =
      read("1,5,1,USA,Care\n2,4,2,USA,Care\n3,3,3,USA,Order\n1,5,4,USA,Care\n", blocks("blocks:3"), ledger);
  CHECK(people.size() == 1);
  CHECK(ledger_line(ledger, "people", "complete cases: an item is missing").examples ==
        std::vector<std::string>{"2_USA"});
}

TEST_CASE("a byte-order mark, CRLF, quotes, semicolons and spreadsheet numbers change nothing") {
  const ScratchFolder folder;
  const auto file = folder.write("people.csv",
                                 "\xEF\xBB\xBFItem;\"Response\";Participant;Group;Dimension\r\n1;5;a;USA;Care\r\n"
                                 "2;\"4\";a;USA;Care\r\n3;3.0;a;USA;Order\r\n");
  findings::Ledger ledger;
  CHECK(read_mfq2_people(file, small_instrument(), {}, ledger).answers == std::vector<std::int16_t>{5, 4, 3});
}

TEST_CASE("blocks for comparison: nothing where rows do not come in blocks") {
  const ScratchFolder folder;
  const auto sorted = folder.write("sorted.csv", header +
                                                     "1,5,1,USA,Care\n1,4,2,USA,Care\n2,5,1,USA,Care\n2,4,2,USA,Care\n"
                                                     "3,5,1,USA,Order\n3,4,2,USA,Order\n");
  CHECK_FALSE(read_mfq2_blocks(sorted, small_instrument(), {}).has_value());
  findings::Ledger ledger;
  CHECK(read_mfq2_people(sorted, small_instrument(), {}, ledger).size() == 2);
  const auto by_person = folder.write("by_person.csv", header + "1,5,9,USA,Care\n2,4,9,USA,Care\n3,5,9,USA,Order\n");
  CHECK(read_mfq2_blocks(by_person, small_instrument(), {})->ids == std::vector<std::string>{"1_USA"});
}
