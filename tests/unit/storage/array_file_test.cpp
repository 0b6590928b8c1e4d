#include "storage/array_file.hpp"

#include <catch2/catch.hpp>

#include "error.hpp"
#include "support/sample_array.hpp"
#include "support/scratch_folder.hpp"

using namespace meridian;
using storage::Array;
using tests::sample_array;
using tests::ScratchFolder;

namespace {

bool same(const Array& left, const Array& right) {
  return left.name == right.name && tests::same_axes(left.axes, right.axes) &&
         tests::same_values(left.values, right.values) && left.attributes == right.attributes;
}

}  // namespace

TEST_CASE("an array comes back with its labels and attributes, contiguous or compressed") {
  const ScratchFolder folder;
  for (const int deflate : {0, 6}) {
    storage::write_array(folder.path() / "a.h5", sample_array(), {storage::Precision::float64, deflate});
    CHECK(same(storage::read_array(folder.path() / "a.h5", "similarity"), sample_array()));
    CHECK(storage::intact(folder.path() / "a.h5"));
  }
}

TEST_CASE("float32 rounds to the nearest float and keeps the rest") {
  const ScratchFolder folder;
  storage::write_array(folder.path() / "a.h5", sample_array(), {storage::Precision::float32, 0});
  Array expected = sample_array();
  for (double& value : expected.values) value = static_cast<double>(static_cast<float>(value));
  CHECK(same(storage::read_array(folder.path() / "a.h5", "similarity"), expected));
  CHECK(storage::intact(folder.path() / "a.h5"));
}

TEST_CASE("entries of the first axis come as they stand in the whole array, and are verified with the rest") {
  const ScratchFolder folder;
  const auto file = folder.path() / "a.h5";
  Array second = sample_array();
  second.axes[0].labels = {"Purity"};
  second.values.erase(second.values.begin(), second.values.begin() + 12);
  for (const int deflate : {0, 6}) {
    storage::write_array(file, sample_array(), {storage::Precision::float64, deflate});
    CHECK(same(storage::read_array(file, "similarity", {1}, true), second));
    CHECK(same(storage::read_array(file, "similarity", {0, 1}, false), sample_array()));
  }
  storage::write_array(file, sample_array(), {});
  const double first = sample_array().values[1];
  std::string bytes = tests::bytes_of(file);
  bytes[bytes.find(std::string(reinterpret_cast<const char*>(&first), sizeof first))] ^= 1;
  folder.write("a.h5", bytes);
  CHECK_THROWS_WITH(storage::read_array(file, "similarity", {1}, true), Catch::Contains("SHA-256"));
  CHECK(same(storage::read_array(file, "similarity", {1}, false), second));
}

TEST_CASE("further arrays share scales of equal labels and keep their own otherwise") {
  const ScratchFolder folder;
  const Array moments{"moments.rq1", {{"model", sample_array().axes[1].labels}, {"class", {"a"}}}, {1, 2, 3}, {}};
  const Array others{"moments.rq2", {{"model", {"one"}}, {"class", {"a", "b"}}}, {1, 2}, {}};
  const Array empty{"moments.rq3", {{"class", {}}, {"row", {"r"}}}, {}, {}};
  storage::write_array(folder.path() / "a.h5", sample_array(), {storage::Precision::float32, 3},
                       {moments, others, empty});
  for (const Array& array : {moments, others, empty})
    CHECK(same(storage::read_array(folder.path() / "a.h5", array.name), array));
  CHECK(same(storage::read_array(folder.path() / "a.h5", "moments.rq1", false), moments));
  const std::string text = storage::describe(folder.path() / "a.h5");
  CHECK(text.find("  moments.rq2.model: 1 string:3") != std::string::npos);
  CHECK(text.find("  moments.rq1.model") == std::string::npos);
}

TEST_CASE("equal arrays give equal bytes") {
  const ScratchFolder folder;
  for (const int deflate : {0, 4}) {
    for (const char* name : {"a.h5", "b.h5"})
      storage::write_array(folder.path() / name, sample_array(), {storage::Precision::float64, deflate},
                           {Array{"extra", {{"row", {"r"}}}, {1}, {}}});
    CHECK(tests::bytes_of(folder.path() / "a.h5") == tests::bytes_of(folder.path() / "b.h5"));
  }
}

TEST_CASE("the content digest sees values, labels and type, not how they are packed") {
  const ScratchFolder folder;
  const auto digest = [&](const Array& array, const storage::ArrayOptions& options) {
    storage::write_array(folder.path() / "a.h5", array, options);
    return storage::content_digest(folder.path() / "a.h5");
  };
  const std::string plain = digest(sample_array(), {});
  CHECK(digest(sample_array(), {storage::Precision::float64, 5}) == plain);
  CHECK(digest(sample_array(), {storage::Precision::float32, 0}) != plain);
  Array changed = sample_array();
  changed.values[7] += 1e-16 + 1e-9;
  CHECK(digest(changed, {}) != plain);
  changed = sample_array();
  changed.axes[1].labels[0] = "gpu";
  CHECK(digest(changed, {}) != plain);
}

TEST_CASE("values that do not fit the axes are a bug") {
  const ScratchFolder folder;
  Array array = sample_array();
  array.values.pop_back();
  CHECK_THROWS_AS(storage::write_array(folder.path() / "a.h5", array, {}), Error);
  CHECK_FALSE(std::filesystem::exists(folder.path() / "a.h5"));
}

TEST_CASE("an unknown dataset is named") {
  const ScratchFolder folder;
  storage::write_array(folder.path() / "a.h5", sample_array(), {});
  CHECK_THROWS_WITH(storage::read_array(folder.path() / "a.h5", "cosine"), Catch::Contains("cosine"));
}
