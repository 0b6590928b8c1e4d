#include <catch2/catch.hpp>

#include "error.hpp"
#include "findings/files.hpp"
#include "storage/array_file.hpp"
#include "storage/units.hpp"
#include "support/sample_array.hpp"
#include "support/scratch_folder.hpp"

using namespace meridian;
using Catch::Contains;
using tests::ScratchFolder;

TEST_CASE("a block is described with axes, attributes and the state of its checksum") {
  const ScratchFolder folder;
  const auto file = folder.path() / "block-000000.h5";
  storage::write_array(file, tests::sample_array(0, 20), {});
  CHECK_THAT(storage::describe(file),
             Contains("similarity: 2 x 3 x 20 float64, contiguous, checksum right") &&
                 Contains("axis variant: 2 (none, Purity)") &&
                 Contains("axis person: 20 (0_China, 1_China, 2_China, 3_China, ..., 19_China)") &&
                 Contains("synthetic = yes"));
}

TEST_CASE("a master tells how many parts it has and whether they are there") {
  const ScratchFolder folder;
  const auto block = folder.path() / "block-000000.h5";
  storage::write_array(block, tests::sample_array(), {storage::Precision::float32, 2});
  storage::write_master(folder.path() / "all.h5", "similarity", {block});
  CHECK_THAT(storage::describe(block), Contains("float32, chunked, compressed"));
  CHECK_THAT(storage::describe(folder.path() / "all.h5"), Contains("virtual, 1 parts, all present"));
  std::filesystem::remove(block);
  CHECK_THAT(storage::describe(folder.path() / "all.h5"), Contains("1 parts, 1 MISSING"));
}

TEST_CASE("a folder of units, its manifest and a run folder tell what is done") {
  const ScratchFolder folder;
  const auto units = folder.path() / "similarity";
  const auto store =
      storage::UnitStore::create_or_open(units, {"similarity", "block", ".h5", 2, 4, 8, {{"precision", "float64"}}});
  store.commit(0, [](const auto& part) { storage::write_array(part, tests::sample_array(), {}); });
  findings::Document document;
  document.title = "A study";
  document.synthetic = true;
  findings::write_document(document, folder.path());
  for (const auto& path : {units, units / "manifest.json", folder.path()})
    CHECK_THAT(storage::describe(path),
               Contains("similarity in 2 units of 4 (8 in all), 1 done, 1 to do") && Contains("precision = float64"));
  CHECK_THAT(storage::describe(folder.path()), Contains("A study (synthetic data)"));
}

TEST_CASE("tables are described by rows and columns") {
  const ScratchFolder folder;
  findings::Table table{"by_llm", "Means by model", "n = 3", {{"mean", findings::Kind::real, "cosine"}}, {}};
  table.add({0.5});
  findings::write_table(table, folder.path());
  CHECK_THAT(storage::describe(folder.path() / "by_llm.json"),
             Contains("table 'Means by model', 1 rows") && Contains("mean [cosine]") && Contains("n = 3"));
  CHECK_THAT(storage::describe(folder.path() / "by_llm.csv"), Contains("table of 1 rows, columns mean"));
}

TEST_CASE("what is not ours is refused") {
  const ScratchFolder folder;
  CHECK_THROWS_AS(storage::describe(folder.path() / "absent.h5"), InputError);
  CHECK_THROWS_AS(storage::describe(folder.path()), InputError);
  CHECK_THROWS_AS(storage::describe(folder.write("a.txt", "x")), InputError);
  CHECK_THROWS_AS(storage::describe(folder.write("a.json", "x")), InputError);
}
