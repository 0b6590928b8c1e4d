// Any other survey: a CSV and its mapping.
#include "survey/table_people.hpp"

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

struct TableSurvey {
  ScratchFolder folder;
  Instrument instrument = tests::small_instrument();
  findings::Ledger ledger;
  People read(const std::string& mapping, const std::string& people) {
    return read_table_people(folder.write("people.csv", people), folder.write("mapping.csv", "key,value\n" + mapping),
                             instrument, ledger);
  }
  std::string error(const std::string& mapping, const std::string& people) {
    return message_of<InputError>([&] { read(mapping, people); });
  }
};

}  // namespace

TEST_CASE("a wide table with its own names, scale, missing codes and group labels") {
  TableSurvey survey;
  const People people = survey.read(
      "shape,wide\nid,who\ngroup,land\ngroup.1,China\ngroup.2,USA\nitem.1,q_one\nitem.3,q_three\n"
      "lowest,0\nhighest,7\nmissing,99\nmissing,k.A.\n",
      "who,land,q_one,2,q_three\na,1,0,7,3\nb,2,1,1,99\nc,2,2,2,2\nd,3,1,1,1\ne,1,k.A.,1,1\n");
  CHECK(people.ids == std::vector<std::string>{"a_China", "c_USA"});
  CHECK(people.answers == std::vector<std::int16_t>{0, 7, 3, 2, 2, 2});
  CHECK(survey.instrument.lowest == 0);
  CHECK(survey.instrument.items[1].highest == 7);
  CHECK(ledger_line(survey.ledger, "people", "country or group is not in the study").count == 1);
  CHECK(ledger_line(survey.ledger, "people", "complete cases: an item is missing").count == 2);
}

TEST_CASE("a long table, by id and by blocks; groups as they are") {
  const std::string rows =
      "who\tland\titem\tanswer\na\tX\t1\t1\na\tX\t2\t2\na\tX\t3\t3\nb\tY\t1\t3\nb\tY\t2\t3\nb\tY\t3\t3\n";
  TableSurvey survey;
  const People by_id = survey.read("shape,long\nid,who\ngroup,land\nitem,item\nresponse,answer\n", rows);
  CHECK(by_id.ids == std::vector<std::string>{"a_X", "b_Y"});
  CHECK(by_id.nations == std::vector<std::string>{"X", "Y"});
  const People by_block =
      survey.read("shape,long\nparticipant_id,blocks:3\ngroup,land\nitem,item\nresponse,answer\n", rows);
  CHECK(by_block.ids == std::vector<std::string>{"1_X", "1_Y"});
  CHECK(by_block.answers == by_id.answers);
}

TEST_CASE("people without an id column are numbered by row") {
  TableSurvey survey;
  const People people = survey.read("shape,wide\ngroup,land\n", "land,1,2,3\nX,1,1,2\nX,2,2,1\n");
  CHECK(people.ids == std::vector<std::string>{"row1_X", "row2_X"});
}

TEST_CASE("broken mappings are refused with place and remedy") {
  const std::string table = "who,land,1,2,3\na,X,1,2,3\n";
  TableSurvey survey;
  CHECK_THAT(survey.error("group,land\n", table), Contains("no key 'shape'"));
  CHECK_THAT(survey.error("shape,wide\n", table), Contains("no key 'group'"));
  CHECK_THAT(survey.error("shape,tall\ngroup,land\n", table),
             Contains("mapping.csv:2, column 'value': found 'tall', expected wide or long"));
  CHECK_THAT(survey.error("shape,wide\ngroup,land\ngruop.1,China\n", table), Contains("mapping.csv:4, column 'key'"));
  CHECK_THAT(survey.error("shape,wide\nshape,long\n", table), Contains("expected each key once"));
  CHECK_THAT(survey.error("shape,wide\ngroup,\n", table), Contains("expected a value"));
  CHECK_THAT(survey.error("shape,wide\ngroup,land\nlowest,one\n", table), Contains("found 'one'"));
  CHECK_THAT(survey.error("shape,wide\ngroup,land\nitem.9,q9\n", table), Contains("a line 'item.9'"));
  CHECK_THAT(survey.error("shape,wide\ngroup,country\n", table), Contains("no column 'country'"));
  CHECK_THAT(survey.error("shape,wide\ngroup,land\nitem.2,q2\n", table), Contains("no column 'q2'"));
  CHECK_THAT(survey.error("shape,long\ngroup,land\nitem,i\nresponse,r\n", table), Contains("no key 'id'"));
  CHECK_THAT(survey.error("shape,long\nparticipant_id,rows:3\n", table), Contains("'blocks:N'"));
  CHECK_THAT(survey.error("shape,wide\ngroup,land\nlowest,5\n", table), Contains("a scale from 5 to 5"));
}
