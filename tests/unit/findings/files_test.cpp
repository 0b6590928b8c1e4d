#include "findings/files.hpp"

#include <catch2/catch.hpp>
#include <cstring>
#include <limits>

#include "error.hpp"
#include "support/scratch_folder.hpp"

using Catch::Contains;
using namespace meridian::findings;
using meridian::Error;
using meridian::InputError;
using meridian::tests::bytes_of;
using meridian::tests::message_of;
using meridian::tests::ScratchFolder;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

Table sample() {
  Table table{"by_llm",
              "Means \"by\" model",
              "n = 517,\n\u4e2d\u6587",
              {{"llm", Kind::text, ""}, {"n", Kind::integer, "people"}, {"mean", Kind::real, "cosine"}},
              {}};
  table.add({"a, \"b\"\n", 517, 0.1});
  table.add({"NaN", -1, 5.0});
  table.add({{}, {}, {}});
  table.add({"", std::numeric_limits<std::int64_t>::min(), nan});
  table.add({"\u4e2d", std::numeric_limits<std::int64_t>::max(), infinity});
  table.add({"null", 0, -infinity});
  return table;
}

bool same_cell(const Cell& left, const Cell& right) {
  if (left.index() != 3 || right.index() != 3) return left == right;
  const double a = std::get<double>(left), b = std::get<double>(right);
  return (a != a && b != b) || std::memcmp(&a, &b, sizeof a) == 0;
}

void check_same(const Table& left, const Table& right) {
  CHECK(left.name == right.name);
  CHECK(left.title == right.title);
  CHECK(left.caption == right.caption);
  REQUIRE(left.columns.size() == right.columns.size());
  for (std::size_t i = 0; i < left.columns.size(); ++i) {
    CHECK(left.columns[i].name == right.columns[i].name);
    CHECK(left.columns[i].kind == right.columns[i].kind);
    CHECK(left.columns[i].unit == right.columns[i].unit);
  }
  REQUIRE(left.rows.size() == right.rows.size());
  for (std::size_t row = 0; row < left.rows.size(); ++row)
    for (std::size_t i = 0; i < left.columns.size(); ++i) CHECK(same_cell(left.rows[row][i], right.rows[row][i]));
}

Document sample_document() {
  Document document;
  document.title = "Study";
  Section section{"rq1", "First question", "tables/rq1", {"A sentence.", "Another."}, {}, {sample(), sample()}};
  section.tables[1].name = "second";
  section.notes = {
      {Severity::info, "a", "b", ""}, {Severity::caution, "c", "d", "e"}, {Severity::warning, "f", "g", "h"}};
  document.sections = {section, {"empty", "Empty", "", {}, {}, {}}};
  document.exclusions.looked_at("a.csv", "people", "incomplete", 10);
  document.exclusions.add("a.csv", "people", "incomplete", "7");
  return document;
}

}  // namespace

TEST_CASE("a table as CSV, byte by byte") {
  const ScratchFolder folder;
  write_table(sample(), folder.path() / "new" / "folder");
  CHECK(bytes_of(folder.path() / "new/folder/by_llm.csv") ==
        "llm,n,mean\n\"a, "
        "\"\"b\"\"\n\",517,0.1\nNaN,-1,5\n,,\n,-9223372036854775808,NA\n\u4e2d,9223372036854775807,Inf\nnull,0,-Inf\n");
}

TEST_CASE("a table as JSON: one row per line, reals with a point, names for what JSON cannot write") {
  const ScratchFolder folder;
  write_table(sample(), folder.path());
  CHECK_THAT(bytes_of(folder.path() / "by_llm.json"),
             Contains("  \"rows\": [\n    [\"a, \\\"b\\\"\\n\", 517, 0.1],\n    [\"NaN\", -1, 5.0],\n    [null, null, "
                      "null],\n    [\"\", "
                      "-9223372036854775808, \"NaN\"],\n"));
}

TEST_CASE("a table read back is the same table, to the last bit") {
  const ScratchFolder folder;
  Table table = sample();
  for (const double value : {-0.0, 5e-324, 1e22, 100000.0, 1.0 / 3, std::numeric_limits<double>::max(), -123456789.0})
    table.add({"x", 1, value});
  write_table(table, folder.path());
  check_same(read_table(folder.path() / "by_llm.json"), table);
}

TEST_CASE("a table without rows or columns") {
  const ScratchFolder folder;
  write_table({"none", "", "", {{"a", Kind::real, ""}}, {}}, folder.path());
  CHECK(read_table(folder.path() / "none.json").rows.empty());
  CHECK(bytes_of(folder.path() / "none.csv") == "a\n");
}

TEST_CASE("table names that are no file stems, text that is not UTF-8: bugs") {
  const ScratchFolder folder;
  for (const std::string name : {"", "a/b", "..", ".hidden", "/etc/passwd"}) {
    Table table = sample();
    table.name = name;
    CHECK_THAT(message_of<Error>([&] { write_table(table, folder.path()); }), Contains("no file stem"));
  }
  Table table = sample();
  table.title = "\xFF";
  CHECK_THAT(message_of<Error>([&] { write_table(table, folder.path()); }), Contains("table by_llm"));
}

TEST_CASE("a JSON file that is no table is named with the reason") {
  const ScratchFolder folder;
  write_table(sample(), folder.path());
  const std::string good = bytes_of(folder.path() / "by_llm.json");
  const auto error_after = [&](const std::string& from, const std::string& to) {
    std::string bad = good;
    REQUIRE(bad.find(from) != std::string::npos);
    const auto file = folder.write("bad.json", bad.replace(bad.find(from), from.size(), to));
    return message_of<InputError>([&] { read_table(file); });
  };
  CHECK_THAT(error_after("\"rows\"", "\"lines\""), Contains("bad.json: ") && Contains("key 'rows' not found"));
  CHECK_THAT(error_after("\"integer\"", "\"whole\""), Contains("column kind 'whole'"));
  CHECK_THAT(error_after("[null, null, null]", "[null, null]"), Contains("a row of 2 cells for 3 columns"));
  CHECK_THAT(error_after("0.1]", "\"0.1\"]"), Contains("the number '0.1' is none of"));
  CHECK_THAT(error_after("517, 0.1", "517.5, 0.1"), Contains("517.5 is not a whole number"));
  CHECK_THAT(error_after("9223372036854775807", "9223372036854775808"),
             Contains("9223372036854775808 is not a whole number"));
  CHECK_THAT(error_after("[\"NaN\", ", "[5, "), Contains("bad.json: ") && Contains("must be string"));
  CHECK_THAT(error_after("]\n}", ""), Contains("bad.json: found text that is not JSON at byte"));
  CHECK_THAT(message_of<InputError>([&] { read_table(folder.path() / "none.json"); }), Contains("No such file"));
  CHECK_THAT(message_of<InputError>([&] { read_table(folder.path()); }), Contains("a folder"));
}

TEST_CASE("a document read back is the same document") {
  const ScratchFolder folder;
  const Document document = sample_document();
  write_document(document, folder.path());
  const Document back = read_document(folder.path());
  CHECK(back.title == "Study");
  CHECK_FALSE(back.synthetic);
  REQUIRE(back.sections.size() == 2);
  CHECK(back.sections[0].id == "rq1");
  CHECK(back.sections[0].title == "First question");
  CHECK(back.sections[0].folder == "tables/rq1");
  CHECK(back.sections[0].paragraphs == document.sections[0].paragraphs);
  REQUIRE(back.sections[0].notes.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(back.sections[0].notes[i].severity == document.sections[0].notes[i].severity);
    CHECK(back.sections[0].notes[i].about == document.sections[0].notes[i].about);
    CHECK(back.sections[0].notes[i].text == document.sections[0].notes[i].text);
    CHECK(back.sections[0].notes[i].remedy == document.sections[0].notes[i].remedy);
  }
  REQUIRE(back.sections[0].tables.size() == 2);
  for (std::size_t i = 0; i < 2; ++i) check_same(back.sections[0].tables[i], document.sections[0].tables[i]);
  CHECK(back.sections[1].tables.empty());
  CHECK(back.exclusions.table().rows == document.exclusions.table().rows);
}

TEST_CASE("writing the same document twice gives the same bytes and leaves nothing else behind") {
  const ScratchFolder first, second;
  write_document(sample_document(), first.path());
  write_document(sample_document(), second.path());
  write_document(read_document(second.path()), second.path());
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(second.path())) {
    if (!entry.is_regular_file()) continue;
    ++files;
    CHECK(bytes_of(entry) == bytes_of(first.path() / entry.path().lexically_relative(second.path())));
  }
  CHECK(files == 5);
}

TEST_CASE("every caption of a synthetic document says so, once") {
  const ScratchFolder folder;
  Document document = sample_document();
  document.synthetic = true;
  document.sections[0].tables[0].caption = "";
  write_document(document, folder.path());
  write_document(read_document(folder.path()), folder.path());
  const Document back = read_document(folder.path());
  CHECK(back.synthetic);
  CHECK(back.sections[0].tables[0].caption == "Synthetic data.");
  CHECK(back.sections[0].tables[1].caption == "n = 517,\n\u4e2d\u6587 Synthetic data.");
}

TEST_CASE("two tables of one name in one folder would overwrite each other: a bug") {
  const ScratchFolder folder;
  Document document = sample_document();
  document.sections[0].tables[1].name = document.sections[0].tables[0].name;
  CHECK_THAT(message_of<Error>([&] { write_document(document, folder.path()); }),
             Contains("two tables or figures named") && Contains("tables/rq1/by_llm"));
}

TEST_CASE("a run folder without findings, or with a table lost, is named") {
  const ScratchFolder folder;
  CHECK_THAT(message_of<InputError>([&] { read_document(folder.path()); }),
             Contains("findings.json: found No such file"));
  write_document(sample_document(), folder.path());
  std::filesystem::remove(folder.path() / "tables/rq1/second.json");
  CHECK_THAT(message_of<InputError>([&] { read_document(folder.path()); }),
             Contains("second.json: found No such file"));
}
