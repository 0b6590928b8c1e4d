#include "storage/column_file.hpp"

#include <catch2/catch.hpp>

#include "error.hpp"
#include "storage/array_file.hpp"
#include "support/scratch_folder.hpp"

using namespace meridian;
using namespace meridian::storage;
using tests::ScratchFolder;

namespace {

ColumnFile sample() {
  ColumnFile file;
  file.attributes["origin"] = "a file";
  file.columns = {make_column<std::int16_t>("value", {4, -2, 0}), make_column<std::int64_t>("line", {1, 2, 1LL << 40}),
                  make_column<double>("mass", {0.5, 1, 0}), {"digest", ElementType::uint8, 2, "abcdef"}};
  file.labels = {{"names", {"a", "long \xE4\xB8\xAD name", ""}}, {"none", {}}};
  return file;
}

}  // namespace

TEST_CASE("columns and labels come back as they were written, in equal bytes") {
  const ScratchFolder folder;
  const auto one = folder.path() / "one.h5", two = folder.path() / "two.h5";
  write_columns(one, sample());
  write_columns(two, sample());
  CHECK(tests::bytes_of(one) == tests::bytes_of(two));
  const ColumnFile read = read_columns(one);
  CHECK(values_of<std::int16_t>(read, "value") == std::vector<std::int16_t>{4, -2, 0});
  CHECK(values_of<std::int64_t>(read, "line").back() == 1LL << 40);
  CHECK(values_of<double>(read, "mass").front() == 0.5);
  CHECK(read.column("digest").width == 2);
  CHECK(read.column("digest").bytes == "abcdef");
  CHECK(read.label_list("names") == sample().labels[0].second);
  CHECK(read.label_list("none").empty());
  CHECK(read.attributes.at("origin") == "a file");
  CHECK(intact(one));
}

TEST_CASE("another type, an absent column and damage are refused") {
  const ScratchFolder folder;
  const auto file = folder.path() / "one.h5";
  write_columns(file, sample());
  const ColumnFile read = read_columns(file);
  CHECK_THROWS_AS(values_of<double>(read, "value"), InputError);
  CHECK_THROWS_AS(read.column("other"), InputError);
  CHECK_THROWS_AS(read.label_list("other"), InputError);
  std::string bytes = tests::bytes_of(file);
  bytes[bytes.find("abcdef")] = 'x';
  folder.write("one.h5", bytes);
  CHECK_THROWS_AS(read_columns(file), InputError);
}
