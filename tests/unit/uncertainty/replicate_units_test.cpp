#include "uncertainty/replicate_units.hpp"

#include <catch2/catch.hpp>

#include "error.hpp"
#include "storage/array_file.hpp"
#include "support/scratch_folder.hpp"

using namespace meridian;
using Eigen::Index;
using Eigen::MatrixXd;

namespace {

double value_of(std::size_t replicate, Index statistic) {
  return static_cast<double>(replicate) + 0.25 * static_cast<double>(statistic);
}

resampling::ReplicateStudy counting(std::size_t limit = 0) {
  resampling::ReplicateStudy study;
  study.kind = "bootstrap";
  study.statistics = {"a", "b", "c"};
  study.batch = 7;
  study.limit = limit;
  study.fingerprint = {{"seed", "1"}};
  study.compute = [](std::size_t first, std::size_t count) {
    MatrixXd values(count, 3);
    for (Index r = 0; r < values.rows(); ++r)
      for (Index s = 0; s < 3; ++s) values(r, s) = value_of(first + static_cast<std::size_t>(r), s);
    return values;
  };
  return study;
}

}  // namespace

TEST_CASE("replicates come back in order, whoever computed them first") {
  const tests::ScratchFolder folder;
  const auto study = counting();
  const auto store = storage::UnitStore::create_or_open(folder.path() / "r", uncertainty::replicate_plan(study));
  for (const std::size_t unit : {2, 0, 1}) uncertainty::compute_batch(study, store, unit);
  const MatrixXd values = uncertainty::read_replicates(store, 16);
  REQUIRE(values.rows() == 16);
  for (Index r = 0; r < 16; ++r)
    for (Index s = 0; s < 3; ++s) CHECK(values(r, s) == value_of(static_cast<std::size_t>(r), s));
  uncertainty::write_replicate_master(store, 16);
  const storage::Array master = storage::read_array(folder.path() / "r" / "replicates.h5", "replicates");
  CHECK(master.axes[0].labels == study.statistics);
  CHECK(master.axes[1].labels.size() == 21);
}

TEST_CASE("more replicates need the new units only") {
  const tests::ScratchFolder folder;
  const auto study = counting();
  const auto plan = uncertainty::replicate_plan(study);
  const auto store = storage::UnitStore::create_or_open(folder.path() / "r", plan);
  CHECK(store.missing(0, uncertainty::units_for(plan, 10)) == std::vector<std::size_t>{0, 1});
  uncertainty::compute_batch(study, store, 0);
  uncertainty::compute_batch(study, store, 1);
  CHECK(store.extent() == 2);
  const auto again = storage::UnitStore::create_or_open(folder.path() / "r", plan);
  CHECK(again.missing(0, uncertainty::units_for(plan, 22)) == std::vector<std::size_t>{2, 3});
  CHECK_THROWS_AS(uncertainty::read_replicates(again, 22), InputError);
  uncertainty::compute_batch(study, again, 3);
  CHECK(uncertainty::read_finished(again).rows() == 21);
}

TEST_CASE("another seed is another study") {
  const tests::ScratchFolder folder;
  auto study = counting();
  storage::UnitStore::create_or_open(folder.path() / "r", uncertainty::replicate_plan(study));
  study.fingerprint = {{"seed", "2"}};
  CHECK_THROWS_AS(storage::UnitStore::create_or_open(folder.path() / "r", uncertainty::replicate_plan(study)),
                  InputError);
}

TEST_CASE("units of other statistics are not gone on with") {
  const tests::ScratchFolder folder;
  auto study = counting();
  storage::UnitStore::create_or_open(folder.path() / "r", uncertainty::replicate_plan(study));
  study.statistics.back() += " of another version";
  CHECK_THROWS_WITH(storage::UnitStore::create_or_open(folder.path() / "r", uncertainty::replicate_plan(study)),
                    Catch::Contains("statistics"));
}

TEST_CASE("a study with an end stops there, and a wrong shape is a bug") {
  const tests::ScratchFolder folder;
  auto study = counting(9);
  const auto store = storage::UnitStore::create_or_open(folder.path() / "r", uncertainty::replicate_plan(study));
  uncertainty::compute_batch(study, store, 0);
  uncertainty::compute_batch(study, store, 1);
  CHECK(uncertainty::read_replicates(store, 9).rows() == 9);
  study.compute = [](std::size_t, std::size_t) { return MatrixXd(2, 2); };
  CHECK_THROWS_AS(uncertainty::compute_batch(study, store, 2), Error);
}
