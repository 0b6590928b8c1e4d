// Every way in which a file can be wrong: the message names place, found, expected and remedy.
#include <unistd.h>

#include <catch2/catch.hpp>

#include "error.hpp"
#include "support/scratch_folder.hpp"
#include "tables/csv.hpp"

using Catch::Contains;
using meridian::InputError;
using meridian::tables::CsvOptions;
using meridian::tables::CsvReader;
using meridian::tests::message_of;
using meridian::tests::ScratchFolder;

namespace {

/// The message when all of a file with these bytes is read; place names start with "bad.csv".
std::string error_of(const std::string& bytes, const CsvOptions& options = {}) {
  const ScratchFolder folder;
  const auto file = folder.write("bad.csv", bytes);
  const std::string message = message_of<InputError>([&] {
    CsvReader reader(file, options);
    while (reader.next()) continue;
  });
  REQUIRE_THAT(message, Catch::StartsWith(folder.path().string() + "/"));
  return message.substr(folder.path().string().size() + 1);
}

CsvOptions limit(std::size_t bytes) {
  CsvOptions options;
  options.longest_record = bytes;
  return options;
}

}  // namespace

TEST_CASE("no file, a folder, a file without permission") {
  const ScratchFolder folder;
  CHECK_THAT(message_of<InputError>([&] { CsvReader(folder.path() / "none.csv"); }), Contains("no such file"));
  CHECK_THAT(message_of<InputError>([&] { CsvReader reader(folder.path()); }), Contains("a folder"));
  CHECK_THAT(message_of<InputError>([&] { CsvReader(folder.write("file", "a") / "below.csv"); }),
             Contains("Not a directory"));
  const auto closed = folder.write("closed.csv", "a\n");
  std::filesystem::permissions(closed, std::filesystem::perms::none);
  if (::access(closed.c_str(), R_OK) != 0)  // the superuser may read everything
    CHECK_THAT(message_of<InputError>([&] { CsvReader reader(closed); }), Contains("Permission denied"));
}

TEST_CASE("an empty file, a file of blank lines, a lone byte-order mark") {
  CHECK_THAT(error_of(""), Contains("bad.csv: found an empty file, expected a header line"));
  CHECK_THAT(error_of("\n\r\n\n"), Contains("found only blank lines"));
  CHECK_THAT(error_of("\xEF\xBB\xBF"), Contains("found an empty file"));
}

TEST_CASE("a duplicate column name, with both places") {
  CHECK_THAT(error_of("id,a,id\n"), Contains("bad.csv:1: found column name 'id' at columns 1 and 3"));
}

TEST_CASE("records with more or fewer fields than the header, truncated last line included") {
  CHECK_THAT(error_of("a,b,c\n1,2,3\n1,2\n"), Contains("bad.csv:3: found 2 fields, expected 3, as in the header"));
  CHECK_THAT(error_of("a,b\n1,2\n\n1,2,3\n"), Contains("bad.csv:4: found 3 fields, expected 2"));
  CHECK_THAT(error_of("a,b,c\n1,2,3\n4,"), Contains("bad.csv:3: found 2 fields"));
  CHECK_THAT(error_of("a,b\n  \n"), Contains("bad.csv:2: found 1 fields"));
}

TEST_CASE("an unclosed quote is named by the line on which it opens") {
  CHECK_THAT(error_of("a,b\n1,2\n3,\"open\n4,5\n6,7\n"), Contains("bad.csv:3: found a quote that is never closed"));
  CHECK_THAT(error_of("a,b\n\"x\ny\",\"open\n"), Contains("bad.csv:3: found a quote that is never closed"));
  CHECK_THAT(error_of("a,\"b"), Contains("bad.csv:1: found a quote that is never closed"));
  CHECK_THAT(error_of("a,b\n1,\"\n"), Contains("bad.csv:2: found a quote that is never closed"));
  CHECK_THAT(error_of("a,b\n1,\"x\"\""), Contains("bad.csv:2: found a quote that is never closed"));
}

TEST_CASE("a quote that closes in another field is named by the line on which it opens") {
  CHECK_THAT(error_of("a,b\n1,\"open\n4,\"x\"\n"), Contains("bad.csv:2: found a quoted field followed by 'x'"));
  CHECK_THAT(error_of("a,b\n\"1\"2,3\n"), Contains("bad.csv:2: found a quoted field followed by '2'"));
}

TEST_CASE("an unclosed quote in a huge file is noticed at the record limit") {
  const std::string body(100000, '\n');
  CHECK_THAT(error_of("a,b\n1,2\n3,\"open" + body + body + body + body, limit(200000)),
             Contains("bad.csv:3: found a quoted field that goes on and on, expected records of at most 200000 bytes"));
}

TEST_CASE("a line of 10 MB is too long by default") {
  const std::string longest(10 * 1024 * 1024, 'z');
  CHECK_THAT(error_of("a,b\n1,2\n3," + longest + "\n"),
             Contains("bad.csv:3: found a record of more than 4194304 bytes"));
  CHECK_THAT(error_of(longest), Contains("bad.csv:1: found a record of more than 4194304 bytes"));
}

TEST_CASE("the record limit counts the line end and is exact") {
  CHECK_THAT(error_of("a,b\n12,45\n12,456\n", limit(6)), Contains("bad.csv:3: found a record of more than 6 bytes"));
}

TEST_CASE("zero bytes are binary content, whatever else is wrong") {
  CHECK_THAT(error_of(std::string("a,b\n1,2\n\0,3\n", 12)), Contains("bad.csv:3: found a zero byte (binary content)"));
  CHECK_THAT(error_of(std::string("PK\x03\x04\"\0\0\0\r\x08\n,,", 13)), Contains("zero byte (binary content)"));
  CHECK_THAT(error_of(std::string("a,b\n1,\"x\ny\0\",", 13)), Contains("bad.csv:3: found a zero byte"));
}

TEST_CASE("UTF-16 is named") {
  CHECK_THAT(error_of(std::string("\xFF\xFE"
                                  "a\0,\0b\0",
                                  8)),
             Contains("bad.csv:1: found UTF-16 text"));
  CHECK_THAT(error_of(std::string("\xFE\xFF\0a\0,\0b", 8)), Contains("bad.csv:1: found UTF-16 text"));
}

TEST_CASE("invalid UTF-8 is named by line and byte") {
  CHECK_THAT(error_of("a,b\n1,2\ncaf\xE9,3\n"), Contains("bad.csv:3: found byte 0xE9, which is not valid UTF-8"));
  CHECK_THAT(error_of("a,b\n\"x\n\xFF\",3\n"), Contains("bad.csv:3: found byte 0xFF"));
  CHECK_THAT(error_of("a,b\xC3"), Contains("bad.csv:1: found byte 0xC3"));
  CHECK_THAT(error_of("a,b\n1,\"\xC0\xAF\n"), Contains("bad.csv:2: found byte 0xC0"));
}

TEST_CASE("a carriage return alone ends no line") {
  CHECK_THAT(error_of("a,b\r1,2\r"), Contains("bad.csv:1: found a carriage return without line feed"));
  CHECK_THAT(error_of("a,b\n1,2\n3\r,4\n"), Contains("bad.csv:3: found a carriage return without line feed"));
  CHECK_THAT(error_of("a,b\n1,2\r"), Contains("bad.csv:2: found a carriage return without line feed"));
  CHECK_THAT(error_of("\r"), Contains("bad.csv:1: found a carriage return without line feed"));
}

TEST_CASE("a missing column lists those present and suggests the closest") {
  const ScratchFolder folder;
  const CsvReader few(folder.write("few.csv", "Item,Response,Participant,Group\n"));
  const std::string message = message_of<InputError>([&] { few.column("participant"); });
  CHECK_THAT(message,
             Contains("few.csv: found no column 'participant' among 'Item', 'Response', 'Participant', 'Group'"));
  CHECK_THAT(message, Contains("Did you mean 'Participant'?"));
  CHECK_THAT(message_of<InputError>([&] { few.column("Dimension"); }), Contains("Check that this is the right file."));

  std::string header = "c0";
  for (int i = 1; i < 400; ++i) header += ",c" + std::to_string(i);
  const CsvReader many(folder.write("many.csv", header + "\n"));
  CHECK_THAT(message_of<InputError>([&] { many.column("Q254"); }), Contains("'c10', 'c11' and 388 more, expected"));
}
