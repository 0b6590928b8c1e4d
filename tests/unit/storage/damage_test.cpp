#include <catch2/catch.hpp>
#include <fstream>

#include "error.hpp"
#include "storage/array_file.hpp"
#include "support/sample_array.hpp"
#include "support/scratch_folder.hpp"

using namespace meridian;
using tests::sample_array;
using tests::ScratchFolder;

namespace {

void write_bytes(const std::filesystem::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

/// Reads, and says what happened: "" if the numbers are those written.
std::string outcome(const std::filesystem::path& file) {
  try {
    const storage::Array array = storage::read_array(file, "similarity");
    const storage::Array expected = sample_array();
    return tests::same_values(array.values, expected.values) ? "" : "WRONG NUMBERS";
  } catch (const InputError& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("a changed number is noticed and the remedy named") {
  const ScratchFolder folder;
  const auto file = folder.path() / "block-000012.h5";
  storage::write_array(file, sample_array(), {});
  std::string bytes = tests::bytes_of(file);
  const double wanted = sample_array().values[9];
  const std::size_t place = bytes.find(std::string(reinterpret_cast<const char*>(&wanted), sizeof wanted));
  REQUIRE(place != std::string::npos);
  bytes[place] = static_cast<char>(bytes[place] ^ 1);
  write_bytes(file, bytes);
  CHECK_FALSE(storage::intact(file));
  CHECK_THAT(outcome(file),
             Catch::Contains("block-000012.h5") && Catch::Contains("SHA-256") && Catch::Contains("--repair"));
  CHECK_NOTHROW(storage::read_array(file, "similarity", false));
}

TEST_CASE("a truncated file is refused with HDF5's reason, wherever it ends") {
  const ScratchFolder folder;
  const auto file = folder.path() / "a.h5";
  storage::write_array(file, sample_array(), {});
  const std::string bytes = tests::bytes_of(file);
  for (std::size_t length = 0; length < bytes.size(); length += 97) {
    write_bytes(file, bytes.substr(0, length));
    REQUIRE_FALSE(storage::intact(file));
    REQUIRE_THAT(outcome(file), Catch::Contains("damaged file") && Catch::Contains("--repair"));
  }
  write_bytes(file, bytes.substr(0, bytes.size() - 1));
  CHECK_THAT(outcome(file), Catch::Contains("truncated"));
}

TEST_CASE("no flipped bit anywhere gives wrong numbers or ends the program") {
  const ScratchFolder folder;
  const auto file = folder.path() / "a.h5";
  storage::write_array(file, sample_array(), {});
  const std::string bytes = tests::bytes_of(file);
  for (std::size_t place = 0; place < bytes.size(); place += 7) {  // 7 and 8 share no factor: every bit has its turn
    std::string flipped = bytes;
    flipped[place] = static_cast<char>(flipped[place] ^ (1 << (place % 8)));
    write_bytes(file, flipped);
    INFO("byte " << place);
    REQUIRE(outcome(file) != "WRONG NUMBERS");
  }
}

TEST_CASE("a file that is not HDF5 is refused") {
  const ScratchFolder folder;
  const auto file = folder.write("a.h5", "participant,llm,cosine\n1,2,3\n");
  CHECK_THAT(outcome(file), Catch::Contains("a.h5") && Catch::Contains("signature"));
  CHECK_THAT(outcome(folder.path() / "absent.h5"), Catch::Contains("No such file"));
}
