#include "panel/variants.hpp"

#include <catch2/catch.hpp>

#include "error.hpp"
#include "support/random_panel.hpp"
#include "support/scratch_folder.hpp"

using namespace meridian;
using panel::Variant;

namespace {

survey::Instrument four_items() {
  survey::Instrument made;
  made.name = "small";
  for (const auto& [id, dimension] : std::vector<std::pair<std::string, std::string>>{
           {"7", "Purity"}, {"8", "Care"}, {"9", "Purity"}, {"10", "Loyalty"}}) {
    survey::Item item;
    item.id = id;
    item.dimension = dimension;
    made.items.push_back(item);
  }
  return made;
}

const survey::Instrument instrument = four_items();

}  // namespace

TEST_CASE("one variant per item, named by its id") {
  const std::vector<Variant> variants = panel::item_variants(instrument);
  REQUIRE(variants.size() == 4);
  CHECK(variants[3].name == "10");
  CHECK(variants[3].removed == std::vector<int>{3});
}

TEST_CASE("dimensions come in alphabetical order with all their items") {
  const std::vector<Variant> variants = panel::dimension_variants(instrument);
  REQUIRE(variants.size() == 3);
  CHECK(variants[0].name == "Care");
  CHECK(variants[1].name == "Loyalty");
  CHECK(variants[2].name == "Purity");
  CHECK(variants[2].removed == std::vector<int>{0, 2});
}

TEST_CASE("an item without dimension is named") {
  survey::Instrument lacking = instrument;
  lacking.items[1].dimension = "";
  CHECK_THROWS_WITH(panel::dimension_variants(lacking), Catch::Contains("item 8"));
}

TEST_CASE("a named set is read whatever the order and the spaces") {
  const Variant variant = panel::named_variant(instrument, " ends =10 ,  7");
  CHECK(variant.name == "ends");
  CHECK(variant.removed == std::vector<int>{0, 3});
}

TEST_CASE("a wrong set names what is wrong") {
  CHECK_THROWS_WITH(panel::named_variant(instrument, "ends = 7, 11"), Catch::Contains("item '11'"));
  CHECK_THROWS_WITH(panel::named_variant(instrument, "ends = 7, 7"), Catch::Contains("twice"));
  CHECK_THROWS_WITH(panel::named_variant(instrument, "ends = 7,"), Catch::Contains("item ''"));
  CHECK_THROWS_WITH(panel::named_variant(instrument, "7, 8"), Catch::Contains("name = item, item"));
}

TEST_CASE("variants are checked before anything is computed") {
  CHECK_NOTHROW(panel::check_variants({{"none", {}}, {"ends", {0, 3}}}, instrument));
  CHECK_THROWS_WITH(panel::check_variants({{"7", {0}}}, instrument), Catch::Contains("'none' first"));
  CHECK_THROWS_WITH(panel::check_variants({{"none", {}}, {"7", {0}}, {"7", {0}}}, instrument),
                    Catch::Contains("'7' twice"));
  CHECK_THROWS_WITH(panel::check_variants({{"none", {}}, {"most", {0, 1, 2}}}, instrument),
                    Catch::Contains("1 of 4 items left"));
  CHECK(tests::message_of<Error>([] { panel::check_variants({{"none", {}}, {"x", {4}}}, instrument); }) != "");
}

TEST_CASE("what remains is the complement of what is removed") {
  CHECK(panel::remaining_items({"ends", {0, 3}}, 4) == std::vector<std::size_t>{1, 2});
  CHECK(panel::remaining_items({"none", {}}, 2) == std::vector<std::size_t>{0, 1});
}
