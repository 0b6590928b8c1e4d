#include "tables/json_lines.hpp"

#include <catch2/catch.hpp>

#include "error.hpp"
#include "support/scratch_folder.hpp"
#include "tables/csv.hpp"

using Catch::Contains;
using meridian::InputError;
using meridian::tables::JsonLinesReader;
using meridian::tables::RecordError;
using meridian::tests::message_of;
using meridian::tests::ScratchFolder;

namespace {

std::string error_of(const std::string& bytes, std::size_t longest = 1000) {
  const ScratchFolder folder;
  const auto file = folder.write("bad.jsonl", bytes);
  return message_of<InputError>([&] {
    JsonLinesReader reader(file, longest);
    while (reader.next()) continue;
  });
}

/// The first value at the path, or "nothing".
std::string value(JsonLinesReader& reader, const meridian::tables::JsonPath& path) {
  std::vector<std::string> values;
  reader.value().find(path, values);
  return values.empty() ? "nothing" : values.front();
}

}  // namespace

TEST_CASE("one value per line, blank lines and CRLF and byte-order mark passed over") {
  const ScratchFolder folder;
  JsonLinesReader reader(
      folder.write("data.jsonl", "\xEF\xBB\xBF{\"answer\": \"\u4e2d\\n\"}\r\n\n  \t\n[1, 2.5]\nnull"));
  REQUIRE(reader.next());
  CHECK(value(reader, {"answer"}) == "\u4e2d\n");
  CHECK(reader.line() == 1);
  REQUIRE(reader.next());
  CHECK(value(reader, {"1"}) == "2.5");
  CHECK(reader.line() == 4);
  CHECK(reader.where() == (folder.path() / "data.jsonl").string() + ":4");
  REQUIRE(reader.next());
  CHECK(value(reader, {}) == "nothing");
  CHECK_FALSE(reader.next());
  CHECK_FALSE(reader.next());
}

TEST_CASE("an empty file has no values") {
  const ScratchFolder folder;
  CHECK_FALSE(JsonLinesReader(folder.write("empty.jsonl", "")).next());
}

TEST_CASE("values larger than the first window, across its end") {
  const ScratchFolder folder;
  std::string bytes;
  for (int i = 0; i < 50; ++i)
    bytes += "{\"n\": " + std::to_string(i) + ", \"text\": \"" + std::string(60000, 'x') + "\"}\n";
  bytes += "\"" + std::string(1000000, 'y') + "\"\n";
  JsonLinesReader reader(folder.write("long.jsonl", bytes));
  for (int i = 0; i < 50; ++i) {
    REQUIRE(reader.next());
    REQUIRE(value(reader, {"n"}) == std::to_string(i));
  }
  REQUIRE(reader.next());
  CHECK(value(reader, {}).size() == 1000000);
  CHECK_FALSE(reader.next());
}

TEST_CASE("each wrong line is named by its number") {
  CHECK_THAT(error_of("{}\n{\"a\": 1\n"), Contains("bad.jsonl:2: found '{\"a\": 1' ("));
  CHECK_THAT(error_of("{} {}\n"), Contains("bad.jsonl:1: found '{} {}' ("));
  CHECK_THAT(error_of("1\n\nNaN\n"), Contains("bad.jsonl:3: found 'NaN'"));
  CHECK_THAT(error_of("1\n\"\xE9\"\n"), Contains("bytes that are not UTF-8"));
  CHECK_THAT(error_of(std::string("1\n\0\n", 4)), Contains("bad.jsonl:2: found "));
  CHECK_THAT(error_of("1\n" + std::string(1001, '1') + "\n2\n"),
             Contains("bad.jsonl:2: found a line of more than 1000 bytes"));
  CHECK_THAT(error_of("1\n" + std::string(1001, '1')), Contains("bad.jsonl:2: found a line of more than 1000 bytes"));
}

TEST_CASE("a missing file is named") {
  CHECK_THAT(message_of<InputError>([] { JsonLinesReader("no/such.jsonl"); }),
             Contains("no/such.jsonl: found no such file"));
}

TEST_CASE("after a broken line the next one is read") {
  const ScratchFolder folder;
  JsonLinesReader reader(
      folder.write("some.jsonl", "{\"n\": 1}\n{\"n\": \n" + std::string(500000, '1') + "\n\xE9\n{\"n\": 5}\n"), 1000);
  REQUIRE(reader.next());
  for (int broken = 0; broken < 3; ++broken) CHECK_THROWS_AS(reader.next(), RecordError);
  REQUIRE(reader.next());
  CHECK(value(reader, {"n"}) == "5");
  CHECK(reader.line() == 5);
  CHECK_FALSE(reader.next());
}
