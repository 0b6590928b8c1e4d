#include "storage/unit_progress.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <fstream>

#include "storage/units.hpp"
#include "support/scratch_folder.hpp"

using namespace meridian;
using namespace std::chrono_literals;
using tests::ScratchFolder;

namespace {

storage::UnitStore store_of(const std::filesystem::path& folder) {
  return storage::UnitStore::create_or_open(folder, {"similarity", "block", ".h5", 10, 5, 50, {{"input", "x"}}});
}

/// A finished unit whose file is so old.
void finish(const storage::UnitStore& store, std::size_t unit, std::chrono::seconds age) {
  store.commit(unit, [](const std::filesystem::path& part) { std::ofstream(part) << "unit"; });
  std::filesystem::last_write_time(store.unit_path(unit), std::filesystem::file_time_type::clock::now() - age);
}

}  // namespace

TEST_CASE("a run without units has no progress") {
  const ScratchFolder run;
  CHECK(storage::units_of_run(run.path()).empty());
  CHECK_FALSE(storage::owner_of_run(run.path()));
}

TEST_CASE("units are counted per folder; the rate is that of the files' times") {
  const ScratchFolder run;
  store_of(run.path() / "similarity");
  const auto store = store_of(run.path() / "resampling/rq1-people");
  finish(store, 3, 100s);
  finish(store, 0, 96s);
  finish(store, 7, 92s);
  const auto units = storage::units_of_run(run.path());
  REQUIRE(units.size() == 2);
  CHECK(units[0].folder == "resampling/rq1-people");
  CHECK(units[0].done == 3);
  CHECK(units[0].total == 10);
  CHECK(units[0].per_second == Approx(0.25).epsilon(0.05));
  CHECK(units[0].seconds_silent == Approx(92).margin(5));
  CHECK(units[1].done == 0);
  CHECK(units[1].per_second == 0);
}

TEST_CASE("the owner of a run is read from its lock") {
  const ScratchFolder run;
  run.write("lock.json", storage::to_json({"elsewhere", 4711, "boot/1", "2026-11-21T04:30:00Z"}));
  const auto owner = storage::owner_of_run(run.path());
  REQUIRE(owner);
  CHECK(owner->host == "elsewhere");
  CHECK(owner->process == 4711);
  run.write("lock.json", "half a l");
  CHECK_FALSE(storage::owner_of_run(run.path()));
}
