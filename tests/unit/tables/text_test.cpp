#include "tables/text.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "support/scratch_folder.hpp"
#include "tables/csv.hpp"

using meridian::tables::closest_name;
using meridian::tables::csv_line;
using meridian::tables::CsvReader;
using meridian::tables::first_invalid_utf8;
using meridian::tables::shown;
using meridian::tables::valid_utf8;

TEST_CASE("valid UTF-8: the first and last code point of every length and beside the surrogates") {
  for (const std::string text :
       {"", "a", "\x7F", "\u0080", "\u07FF", "\u0800", "\uD7FF", "\uE000", "\uFFFF", "\U00010000", "\U0010FFFF",
        "plain text, longer than a word, \u4e2d, and on it goes"}) {
    CAPTURE(text);
    CHECK(valid_utf8(text));
  }
}

TEST_CASE("invalid UTF-8: lone, missing and surplus bytes, overlong forms, surrogates, beyond the last code point") {
  for (const std::string text : {"\x80",
                                 "\xBF",
                                 "\xC3",
                                 "\xC3(",
                                 "\xE4\xB8",
                                 "\xE4\xB8(",
                                 "\xF0\x9F\x98",
                                 "\xC0\x80",
                                 "\xC1\xBF",
                                 "\xE0\x80\x80",
                                 "\xE0\x9F\xBF",
                                 "\xF0\x80\x80\x80",
                                 "\xF0\x8F\xBF\xBF",
                                 "\xED\xA0\x80",
                                 "\xED\xBF\xBF",
                                 "\xF4\x90\x80\x80",
                                 "\xF5\x80\x80\x80",
                                 "\xF8\x88\x80\x80\x80",
                                 "\xFE",
                                 "\xFF",
                                 "\xC3\xA9\xA9"}) {
    CAPTURE(text);
    CHECK_FALSE(valid_utf8(text));
    CHECK_FALSE(valid_utf8("some words before " + text));
    CHECK_FALSE(valid_utf8(text + " and some words behind"));
  }
}

TEST_CASE("the place of the first invalid byte, at every alignment") {
  for (std::size_t before = 0; before < 40; ++before) {
    const std::string text = std::string(before, 'x') + "\xFF" + std::string(40, 'y');
    REQUIRE(first_invalid_utf8(text) == before);
  }
}

TEST_CASE("values are shown in one line, 60 characters at most, never cut inside a character") {
  CHECK(shown("plain") == "'plain'");
  CHECK(shown("a\nb\tc\rd") == "'a\\nb\\tc\\rd'");
  CHECK(shown("\x1b[31m\x7f") == "'\\x1B[31m\\x7F'");
  const std::string sixty(60, 'x');
  CHECK(shown(sixty) == fmt::format("'{}'", sixty));
  CHECK(shown(sixty + "x") == fmt::format("'{}...'", sixty));
  std::string wide;
  for (int i = 0; i < 100; ++i) wide += "\u4e2d";
  CHECK(shown(wide) == fmt::format("'{}...'", wide.substr(0, 180)));
}

TEST_CASE("the closest name forgives case and a few letters, not another word") {
  const std::vector<std::string> names = {"Item", "Response", "Participant", "", "Q254"};
  CHECK(closest_name("response", names) == "Response");
  CHECK(closest_name("Particpant", names) == "Participant");
  CHECK(closest_name("Q255", names) == "Q254");
  CHECK(closest_name("Dimension", names).empty());
  CHECK(closest_name("", names).empty());
  CHECK(closest_name("x", {}).empty());
}

TEST_CASE("a CSV line quotes only what RFC 4180 asks for") {
  CHECK(csv_line({"a", "b c", "1.5"}) == "a,b c,1.5\n");
  CHECK(csv_line({"a,b", "say \"hi\"", "x\ny", "\r"}) == "\"a,b\",\"say \"\"hi\"\"\",\"x\ny\",\"\r\"\n");
  CHECK(csv_line({"", ""}) == ",\n");
  CHECK(csv_line({""}) == "\"\"\n");
}

TEST_CASE("written fields read back") {
  const meridian::tests::ScratchFolder folder;
  const std::vector<std::string> hard = {"",    "\"",        "\"\"", ",",     "\n", "\r\n",
                                         " x ", "\u4e2d;\t", "a\"b", "\"a\"", "\r"};
  std::vector<std::string> header;
  for (std::size_t i = 0; i < hard.size(); ++i) header.push_back(std::to_string(i));
  CsvReader reader(folder.write("hard.csv", csv_line(header) + csv_line(hard)));
  REQUIRE(reader.next());
  for (std::size_t i = 0; i < hard.size(); ++i) CHECK(reader.text(i) == hard[i]);
}
