#include "survey/registry.hpp"

#include <catch2/catch.hpp>

#include "error.hpp"
#include "support/scratch_folder.hpp"

using namespace meridian;
using namespace meridian::survey;
using Catch::Contains;
using tests::message_of;
using tests::ScratchFolder;

TEST_CASE("the shipped dictionaries") {
  const Instrument mfq = read_instrument("data/items/mfq2.csv", "MFQ2");
  CHECK(mfq.items.size() == 36);
  CHECK(mfq.lowest == 1);
  CHECK(mfq.highest == 5);
  CHECK(mfq.items[35].dimension == "Purity");
  const Instrument wvs = read_instrument("data/items/wvs.csv", "WVS");
  CHECK(wvs.items.size() == 19);
  CHECK(wvs.items.front().id == "177");
  CHECK(wvs.items.back().id == "195");
  CHECK(wvs.highest == 10);
}

TEST_CASE("the shipped registry: ten models of each origin") {
  const auto models = read_registry("data/models.csv");
  REQUIRE(models.size() == 20);
  int chinese = 0;
  for (const Model& model : models) {
    chinese += model.origin == "China";
    CHECK_FALSE(model.company.empty());
  }
  CHECK(chinese == 10);
}

TEST_CASE("a range per item; the instrument's range holds them all") {
  const ScratchFolder folder;
  const auto file = folder.write("items.csv", "item,dimension,gloss,lowest,highest\na,,x,0,1\nb,,y,-3,3\n");
  const Instrument instrument = read_instrument(file, "own");
  CHECK(instrument.lowest == -3);
  CHECK(instrument.highest == 3);
  CHECK(instrument.items[0].highest == 1);
}

TEST_CASE("the authors' registry: people's means are no models") {
  const ScratchFolder folder;
  const auto file = folder.write("llm_info.csv",
                                 "\xEF\xBB\xBFllm_nation,llm_name,LLM,group\r\nChina,Panda 1,panda-1,LLM\r\n"
                                 "China,\"Human mean, China\",\"Human mean, China\",Human\r\n");
  const auto models = read_registry(file);
  REQUIRE(models.size() == 1);
  CHECK(models[0].name == "panda-1");
  CHECK(models[0].display_name == "Panda 1");
  CHECK(models[0].origin == "China");
}

TEST_CASE("broken small tables are refused with place and remedy") {
  const ScratchFolder folder;
  const auto items = [&](const std::string& rows) {
    const auto file = folder.write("items.csv", "item,dimension,gloss,lowest,highest\n" + rows);
    return message_of<InputError>([&] { read_instrument(file, "own"); });
  };
  CHECK_THAT(items("1,,a,1,5\n1,,b,1,5\n"), Contains("items.csv:3, column 'item': found '1' a second time"));
  CHECK_THAT(items("1,,a,5,5\n"), Contains("column 'highest': found '5', expected more than lowest = 5"));
  CHECK_THAT(items("1,,a,one,5\n"), Contains("column 'lowest': found 'one'"));
  CHECK_THAT(items("1,,a,1,99999\n"), Contains("found '99999', expected a whole number between -9999 and 9999"));
  CHECK_THAT(items(",,a,1,5\n"), Contains("column 'item': found nothing, expected an item's name"));
  CHECK_THAT(items(""), Contains("found a header without rows, expected at least one item"));
  const auto registry = [&](const std::string& text) {
    const auto file = folder.write("models.csv", text);
    return message_of<InputError>([&] { read_registry(file); });
  };
  CHECK_THAT(registry("name,display_name,origin\na,A,USA\n"), Contains("no column 'company'"));
  CHECK_THAT(registry("name,display_name,origin,company\na,A,USA,\na,B,USA,\n"), Contains("models.csv:3"));
  CHECK_THAT(registry("name,display_name,origin,company\na,A,,\n"), Contains("expected the model's origin"));
  const auto countries = folder.write("countries.csv", "code,nation\nCHN,China\nCHN,PRC\n");
  CHECK_THAT(message_of<InputError>([&] { read_countries(countries); }), Contains("found 'CHN' a second time"));
}
