#include <catch2/catch.hpp>

#include "error.hpp"
#include "storage/array_file.hpp"
#include "support/sample_array.hpp"
#include "support/scratch_folder.hpp"

using namespace meridian;
using tests::sample_array;
using tests::ScratchFolder;

namespace {

namespace fs = std::filesystem;

/// Blocks of 4, 4 and 2 people and their master in `folder`.
std::vector<fs::path> write_blocks(const fs::path& folder, const storage::ArrayOptions& options = {}) {
  std::vector<fs::path> blocks;
  for (const std::size_t first : {0, 4, 8}) {
    blocks.push_back(folder / ("block-" + std::to_string(first) + ".h5"));
    storage::write_array(blocks.back(), sample_array(first, first == 8 ? 2 : 4), options);
  }
  storage::write_master(folder / "all.h5", "similarity", blocks);
  return blocks;
}

}  // namespace

TEST_CASE("a master shows all blocks as one array") {
  const ScratchFolder folder;
  for (const auto precision : {storage::Precision::float64, storage::Precision::float32}) {
    write_blocks(folder.path(), {precision, 0});
    const storage::Array all = storage::read_array(folder.path() / "all.h5", "similarity");
    storage::Array expected = sample_array(0, 10);
    if (precision == storage::Precision::float32)
      for (double& value : expected.values) value = static_cast<double>(static_cast<float>(value));
    CHECK(tests::same_values(all.values, expected.values));
    CHECK(tests::same_axes(all.axes, expected.axes));
    CHECK(all.attributes == expected.attributes);
    CHECK(storage::intact(folder.path() / "all.h5"));
  }
}

TEST_CASE("a moved folder still works: parts are named relative to the master") {
  const ScratchFolder folder;
  fs::create_directory(folder.path() / "old");
  write_blocks(folder.path() / "old");
  fs::rename(folder.path() / "old", folder.path() / "new");
  CHECK(tests::same_values(storage::read_array(folder.path() / "new" / "all.h5", "similarity").values,
                           sample_array(0, 10).values));
}

TEST_CASE("a missing part is an error, not fill values") {
  const ScratchFolder folder;
  const auto blocks = write_blocks(folder.path());
  fs::remove(blocks[1]);
  for (const bool verify : {true, false})
    CHECK_THROWS_WITH(storage::read_array(folder.path() / "all.h5", "similarity", verify),
                      Catch::Contains("block-4.h5") && Catch::Contains("missing"));
  CHECK_FALSE(storage::intact(folder.path() / "all.h5"));
  CHECK_THROWS_WITH(storage::write_master(folder.path() / "all.h5", "similarity", blocks),
                    Catch::Contains("block-4.h5"));
}

TEST_CASE("blocks of different runs do not join") {
  const ScratchFolder folder;
  const auto blocks = write_blocks(folder.path());
  storage::Array other = sample_array(4, 4);
  other.axes[1].labels[2] = "another";
  storage::write_array(blocks[1], other, {});
  CHECK_THROWS_WITH(storage::write_master(folder.path() / "new.h5", "similarity", blocks),
                    Catch::Contains("block-4.h5") && Catch::Contains("other axes or labels"));
  CHECK_FALSE(fs::exists(folder.path() / "new.h5"));
  CHECK_FALSE(fs::exists(folder.path() / "new.h5.part"));
}

TEST_CASE("attributes on which blocks differ are left out of the master") {
  const ScratchFolder folder;
  const auto blocks = write_blocks(folder.path());
  storage::Array other = sample_array(4, 4);
  other.attributes = {{"synthetic", "no"}, {"more", "x"}};
  storage::write_array(blocks[1], other, {});
  storage::write_master(folder.path() / "all.h5", "similarity", blocks);
  CHECK(storage::read_array(folder.path() / "all.h5", "similarity").attributes.empty());
}

TEST_CASE("masters of equal blocks are equal bytes and digests") {
  const ScratchFolder folder, other;
  write_blocks(folder.path());
  write_blocks(other.path());
  CHECK(tests::bytes_of(folder.path() / "all.h5") == tests::bytes_of(other.path() / "all.h5"));
  CHECK(storage::content_digest(folder.path() / "all.h5") == storage::content_digest(other.path() / "all.h5"));
}
