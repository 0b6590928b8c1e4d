// Rows of named fields from files of every shape.
#include "tables/mapped_reader.hpp"

#include <catch2/catch.hpp>

#include "error.hpp"
#include "support/scratch_folder.hpp"
#include "tables/csv.hpp"

using namespace meridian::tables;
using Catch::Contains;
using meridian::InputError;
using meridian::tests::message_of;
using meridian::tests::ScratchFolder;

namespace {

const std::vector<std::string> known = {"id", "model", "item", "text", "values"};

/// Every row as "id|model|item|text|values"; "-" for an absent field, "!" for a broken record.
std::vector<std::string> rows(const ScratchFolder& folder, const std::string& mapping, const std::string& bytes) {
  const auto map = folder.write("map.csv", "key,value\n" + mapping), data = folder.write("data", bytes);
  MappedReader reader(data, read_record_mapping(map, known));
  std::vector<std::string> all;
  for (bool more = true; more;) {
    try {
      if (!(more = reader.next())) break;
      std::string row;
      for (std::size_t i = 0; i < known.size(); ++i)
        row += (i > 0 ? "|" : "") + (reader.has(i) ? reader.text(i) : std::string("-"));
      all.push_back(row);
    } catch (const RecordError&) {
      all.emplace_back("!");
    }
  }
  return all;
}

using Rows = std::vector<std::string>;

}  // namespace

TEST_CASE("paths, alternatives, constants and labels in JSON Lines") {
  const ScratchFolder folder;
  const std::string mapping =
      "format,json-lines\nfield.id,custom_id\nfield.text,body.choices.0.text\nfield.text,body.message\n"
      "field.model,body.model\nconstant.model,unknown\nlabel.model.g,gamma\n";
  CHECK(rows(folder, mapping,
             "{\"custom_id\": \"a\", \"body\": {\"model\": \"g\", \"choices\": [{\"text\": \"4\\n\"}]}}\n"
             "{\"custom_id\": 7, \"body\": {\"message\": \"5\", \"choices\": []}}\n"
             "{\"custom_id\": \"broken\n"
             "{\"custom_id\": null}\n") == Rows{"a|gamma|-|4\n|-", "7|unknown|-|5|-", "!", "-|unknown|-|-|-"});
}

TEST_CASE("a star makes a row of each element") {
  const ScratchFolder folder;
  CHECK(rows(folder, "format,json-lines\nfield.id,doc.id\nfield.text,resps.0.*\n",
             "{\"doc\": {\"id\": 3}, \"resps\": [[\"1\", \"2\"]]}\n") == Rows{"3|-|-|1|-", "3|-|-|2|-"});
}

TEST_CASE("the records of one JSON document, with fields of its top") {
  const ScratchFolder folder;
  const std::string mapping =
      "format,json\nrecords,samples\nfield.id,id\nfield.model,top:eval.model\nfield.text,out.0\n";
  CHECK(rows(folder, mapping,
             "{\"eval\": {\"model\": \"m\"}, \"samples\": [{\"id\": 1, \"out\": [\"4\"]}, {\"id\": 2}]}") ==
        Rows{"1|m|-|4|-", "2|m|-|-|-"});
  CHECK(rows(folder, mapping, "{\"samples\": []}").empty());
  CHECK_THROWS_AS(rows(folder, mapping, "{\"samples\": 1}"), InputError);
  CHECK_THROWS_AS(rows(folder, mapping, "{\"samples\": ["), InputError);
}

TEST_CASE("columns, answers side by side and dictionaries in CSV") {
  const ScratchFolder folder;
  CHECK(rows(folder, "format,csv\nfield.model,model.model\nwide.prefix,answer.\nwide.name,item\nwide.value,text\n",
             "model.model,answer.q1,answer.q2,other\nm,1,\"2, or 3\",x\nn,4,5\nk,,6,x\n") ==
        Rows{"-|m|q1|1|-", "-|m|q2|2, or 3|-", "!", "-|k|q1||-", "-|k|q2|6|-"});
  CHECK(rows(folder,
             "format,csv\nfield.item,question\ndictionary.path,selections\ndictionary.name,id\n"
             "dictionary.value,values\n",
             "question,selections\nwhy,\"defaultdict(<class 'list'>, {'A': [0.1, 0.9], \"\"B's\"\": [1]})\"\nno,{'A': "
             "1}\n") == Rows{"A|-|why|-|0.1, 0.9", "B's|-|why|-|1", "!"});
  CHECK_THROWS_AS(rows(folder, "format,csv\nfield.item,absent\n", "a,b\n1,2\n"), InputError);
}

TEST_CASE("a mapping that cannot be meant is refused with its line") {
  const ScratchFolder folder;
  const auto refusal = [&](const std::string& lines) {
    return message_of<InputError>([&] { rows(folder, lines, "{}\n"); });
  };
  CHECK_THAT(refusal("format,xml\n"), Contains("map.csv:2, column 'value': found 'xml'"));
  CHECK_THAT(refusal("field.id,a\n"), Contains("no key 'format'"));
  CHECK_THAT(refusal("format,json\n"), Contains("no key 'records'"));
  CHECK_THAT(refusal("format,csv\nfield.colour,a\n"), Contains("map.csv:3, column 'key': found 'colour'"));
  CHECK_THAT(refusal("format,csv\nformat,csv\n"), Contains("each key once"));
  CHECK_THAT(refusal("format,csv\nlabel.id,a\n"), Contains("label.NAME.TEXT"));
  CHECK_THAT(refusal("format,csv\nspeed,a\n"), Contains("found 'speed'"));
  CHECK_THAT(refusal("format,csv\nfield.id,\n"), Contains("a value"));
}
