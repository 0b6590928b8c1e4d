#include "storage/units.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "error.hpp"
#include "storage/array_file.hpp"
#include "support/sample_array.hpp"
#include "support/scratch_folder.hpp"

using namespace meridian;
using storage::Plan;
using storage::UnitStore;
using tests::ScratchFolder;

namespace {

namespace fs = std::filesystem;

Plan three_blocks() {
  return {"similarity", "block", ".h5", 3, 4, 10, {{"people", "0123abcd"}, {"precision", "float64"}}};
}

void write_words(const fs::path& part, const std::string& words) { std::ofstream(part) << words; }

}  // namespace

TEST_CASE("a plan comes back from its manifest") {
  const ScratchFolder folder;
  UnitStore::create_or_open(folder.path() / "similarity", three_blocks());
  const UnitStore opened = UnitStore::open(folder.path() / "similarity");
  CHECK(opened.plan().kind == "similarity");
  CHECK(opened.plan().units == 3);
  CHECK(opened.plan().per_unit == 4);
  CHECK(opened.plan().total == 10);
  CHECK(opened.plan().fingerprint == three_blocks().fingerprint);
  CHECK(opened.unit_path(2) == folder.path() / "similarity" / "block-000002.h5");
}

TEST_CASE("a unit is done when its final name exists") {
  const ScratchFolder folder;
  const UnitStore store = UnitStore::create_or_open(folder.path(), three_blocks());
  CHECK(store.missing() == std::vector<std::size_t>{0, 1, 2});
  store.commit(1, [](const fs::path& part) {
    CHECK(part.extension() == ".part");
    write_words(part, "finished");
  });
  CHECK(store.done(1));
  CHECK(store.missing() == std::vector<std::size_t>{0, 2});
  CHECK(tests::bytes_of(store.unit_path(1)) == "finished");
  CHECK(UnitStore::create_or_open(folder.path(), three_blocks()).missing() == std::vector<std::size_t>{0, 2});
}

TEST_CASE("a unit whose writing fails leaves nothing behind") {
  const ScratchFolder folder;
  const UnitStore store = UnitStore::create_or_open(folder.path(), three_blocks());
  CHECK_THROWS_WITH(store.commit(0,
                                 [](const fs::path& part) {
                                   write_words(part, "half");
                                   throw std::runtime_error("interrupted");
                                 }),
                    "interrupted");
  CHECK_FALSE(store.done(0));
  CHECK_FALSE(fs::exists(store.unit_path(0).string() + ".part"));
}

TEST_CASE("an unfinished part of a killed run is written over") {
  const ScratchFolder folder;
  const UnitStore store = UnitStore::create_or_open(folder.path(), three_blocks());
  folder.write("block-000000.h5.part", "left by a killed run, longer than the new one");
  CHECK_FALSE(store.done(0));
  store.commit(0, [](const fs::path& part) { write_words(part, "new"); });
  CHECK(tests::bytes_of(store.unit_path(0)) == "new");
}

TEST_CASE("other input or options are refused with both values") {
  const ScratchFolder folder;
  UnitStore::create_or_open(folder.path(), three_blocks());
  Plan changed = three_blocks();
  changed.fingerprint = {{"people", "ffff"}, {"precision", "float64"}, {"llm_rows", "first-row"}};
  changed.total = 12;
  CHECK_THROWS_WITH(UnitStore::create_or_open(folder.path(), changed),
                    Catch::Contains("people: stored '0123abcd', now 'ffff'") &&
                        Catch::Contains("llm_rows: stored nothing, now 'first-row'") &&
                        Catch::Contains("total: stored '10', now '12'") && !Catch::Contains("precision") &&
                        Catch::Contains("--fresh"));
}

TEST_CASE("a manifest that cannot be trusted is refused") {
  const ScratchFolder folder;
  CHECK_THROWS_WITH(UnitStore::open(folder.path()), Catch::Contains("manifest.json"));
  for (const char* text : {"", "{", "[]", "{\"format\": \"meridian units 1\"}", "{\"format\": 3}",
                           "{\"format\": \"meridian units 1\", \"kind\": 3}"}) {
    folder.write("manifest.json", text);
    CHECK_THROWS_AS(UnitStore::open(folder.path()), InputError);
  }
}

TEST_CASE("units without a manifest are not trusted") {
  const ScratchFolder folder;
  folder.write("block-000001.h5", "from somewhere");
  CHECK_THROWS_WITH(UnitStore::create_or_open(folder.path(), three_blocks()), Catch::Contains("block-000001.h5"));
}

TEST_CASE("a plan whose units do not make its total is a bug") {
  const ScratchFolder folder;
  Plan wrong = three_blocks();
  wrong.units = 2;
  CHECK_THROWS_AS(UnitStore::create_or_open(folder.path(), wrong), Error);
}

TEST_CASE("damaged units are found, discarded and computed again") {
  const ScratchFolder folder;
  const UnitStore store = UnitStore::create_or_open(folder.path(), three_blocks());
  const auto write = [](const fs::path& part) { storage::write_array(part, tests::sample_array(), {}); };
  store.commit(0, write);
  store.commit(2, write);
  CHECK(storage::damaged_units(store).empty());
  fs::resize_file(store.unit_path(2), fs::file_size(store.unit_path(2)) - 8);
  CHECK(storage::damaged_units(store) == std::vector<std::size_t>{2});
  store.discard(2);
  CHECK(store.missing() == std::vector<std::size_t>{1, 2});
}
