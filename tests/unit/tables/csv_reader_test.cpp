#include <catch2/catch.hpp>

#include "support/scratch_folder.hpp"
#include "tables/csv.hpp"

using meridian::tables::CsvOptions;
using meridian::tables::CsvReader;
using meridian::tests::ScratchFolder;
using Records = std::vector<std::vector<std::string>>;

namespace {

/// Header and records of a file with these bytes.
Records read(const std::string& bytes, const CsvOptions& options = {}) {
  const ScratchFolder folder;
  CsvReader reader(folder.write("data.csv", bytes), options);
  Records all = {reader.header()};
  while (reader.next()) {
    all.emplace_back();
    for (std::size_t i = 0; i < reader.header().size(); ++i) all.back().emplace_back(reader.text(i));
  }
  CHECK_FALSE(reader.next());
  return all;
}

}  // namespace

TEST_CASE("plain records, with and without a last line end") {
  const Records expected = {{"a", "b"}, {"1", "x y"}, {"2", ""}};
  CHECK(read("a,b\n1,x y\n2,\n") == expected);
  CHECK(read("a,b\n1,x y\n2,") == expected);
  CHECK(read("a,b\r\n1,x y\r\n2,\r\n") == expected);
  CHECK(read("a,b\r\n1,x y\n2,") == expected);
}

TEST_CASE("a byte-order mark is passed over, also before a quoted header") {
  CHECK(read("\xEF\xBB\xBF"
             "a,b\n1,2\n") == Records{{"a", "b"}, {"1", "2"}});
  CHECK(read("\xEF\xBB\xBF\"a\",b\n1,2\n") == Records{{"a", "b"}, {"1", "2"}});
  CHECK(read("\xEF\xBB\xBFlone") == Records{{"lone"}});
}

TEST_CASE("the delimiter is the one that the header holds most often outside quotes") {
  CHECK(read("a;b;c\n1,5;2;3\n") == Records{{"a", "b", "c"}, {"1,5", "2", "3"}});
  CHECK(read("a\tb\n1\t2\n") == Records{{"a", "b"}, {"1", "2"}});
  CHECK(read("\"a,b,c,d\";e;f\n1;2;3\n") == Records{{"a,b,c,d", "e", "f"}, {"1", "2", "3"}});
  CHECK(read("Q1: so, so;Q2: no;Q3\n1;2;3\n") == Records{{"Q1: so, so", "Q2: no", "Q3"}, {"1", "2", "3"}});
  CHECK(read("\n\r\n;\n") == Records{{"", ""}});
}

TEST_CASE("a delimiter that is asked for is taken") {
  CsvOptions options;
  options.delimiter = '|';
  CHECK(read("a,b|c\n1|2\n", options) == Records{{"a,b", "c"}, {"1", "2"}});
}

TEST_CASE("quoted fields hold delimiters, quotes and line breaks") {
  CHECK(read("a,b\n\"x,y\",\"say \"\"hi\"\"\"\n") == Records{{"a", "b"}, {"x,y", "say \"hi\""}});
  CHECK(read("a,b\n\"\"\"\",\"\"\n") == Records{{"a", "b"}, {"\"", ""}});
  CHECK(read("a,b\n\"\"\"\"\"\",\"\"\"x\"") == Records{{"a", "b"}, {"\"\"", "\"x"}});
  CHECK(read("a,b\n\"1\n2\r\n3\",\"\n\"\n4,5\n") == Records{{"a", "b"}, {"1\n2\r\n3", "\n"}, {"4", "5"}});
  CHECK(read("\"a\nb\",c\n1,2\n") == Records{{"a\nb", "c"}, {"1", "2"}});
}

TEST_CASE("a quote inside an unquoted field is an ordinary character") {
  CHECK(read("a,b\n5\" disk, \"x\"\n") == Records{{"a", "b"}, {"5\" disk", " \"x\""}});
}

TEST_CASE("blank lines are passed over, anywhere") {
  CHECK(read("\n\r\na,b\n\n1,2\n\r\n\n3,4\n\n\n") == Records{{"a", "b"}, {"1", "2"}, {"3", "4"}});
  CHECK(read("a\n\"\"\n") == Records{{"a"}, {""}});
}

TEST_CASE("a header without records is a table without rows") {
  CHECK(read("a,b\n") == Records{{"a", "b"}});
  CHECK(read("a,b") == Records{{"a", "b"}});
}

TEST_CASE("columns without a name may repeat") {
  CHECK(read(",a,,\n1,2,3,4\n") == Records{{"", "a", "", ""}, {"1", "2", "3", "4"}});
}

TEST_CASE("UTF-8 of two, three and four bytes, up to the last code point") {
  const std::string text = "\u00e9,\u4e2d\u6587,\U0001F600\U0010FFFF";
  CHECK(read("\u00fc,\u4e2d,c\n" + text + "\n") ==
        Records{{"\u00fc", "\u4e2d", "c"}, {"\u00e9", "\u4e2d\u6587", "\U0001F600\U0010FFFF"}});
}

TEST_CASE("lines are counted through quoted breaks and blank lines") {
  const ScratchFolder folder;
  CsvReader reader(folder.write("lines.csv", "\na,b\n\"1\n\n\",2\r\n\n3,4\n5,6"));
  CHECK(reader.line() == 2);
  REQUIRE(reader.next());
  CHECK(reader.line() == 3);
  REQUIRE(reader.next());
  CHECK(reader.line() == 7);
  REQUIRE(reader.next());
  CHECK(reader.line() == 8);
  CHECK(reader.where(1) == (folder.path() / "lines.csv").string() + ":8, column 'b'");
}

TEST_CASE("columns are found by name") {
  const ScratchFolder folder;
  const CsvReader reader(folder.write("data.csv", "a,b\n1,2\n"));
  CHECK(reader.column("b") == 1);
  CHECK(reader.find_column("a") == 0);
  CHECK(reader.find_column("c") == CsvReader::npos);
  CHECK(reader.find_column("A") == CsvReader::npos);
}

TEST_CASE("missing is empty or NA and nothing else") {
  const ScratchFolder folder;
  CsvReader reader(folder.write("data.csv", "a,b,c,d\n,NA,na,0\n"));
  REQUIRE(reader.next());
  CHECK(reader.missing(0));
  CHECK(reader.missing(1));
  CHECK_FALSE(reader.missing(2));
  CHECK_FALSE(reader.missing(3));
}

TEST_CASE("records that straddle the window's end, at every offset") {
  const std::string record = "\"a \"\"quoted\"\" \u4e2d\nfield\",plain,\"\"\r\n";
  const std::vector<std::string> fields = {"a \"quoted\" \u4e2d\nfield", "plain", ""};
  const ScratchFolder folder;
  for (std::size_t shift = 0; shift < record.size(); ++shift) {
    std::string bytes = "x,y,z\n" + std::string(262144 - 200 + shift, 'p') + ",,\n";
    for (int i = 0; i < 20; ++i) bytes += record;
    CsvReader reader(folder.write("window.csv", bytes));
    REQUIRE(reader.next());
    int count = 0;
    for (; reader.next(); ++count) {
      REQUIRE(reader.line() == static_cast<std::size_t>(3 + 2 * count));
      for (std::size_t i = 0; i < 3; ++i) REQUIRE(reader.text(i) == fields[i]);
    }
    REQUIRE(count == 20);
  }
}

TEST_CASE("a line of 10 MB is read when the limit allows it") {
  CsvOptions options;
  options.longest_record = std::size_t{1} << 24;
  const std::string longest(10 * 1024 * 1024, 'z');
  CHECK(read("a,b\n1," + longest + "\n2,3\n", options) == Records{{"a", "b"}, {"1", longest}, {"2", "3"}});
}

TEST_CASE("a pipe is read like a file") {
  const ScratchFolder folder;
  const auto file = folder.write("data.csv", "a,b\n1,2\n");
  const auto pipe = folder.path() / "pipe";
  REQUIRE(::system(("mkfifo " + pipe.string()).c_str()) == 0);
  REQUIRE(::system(("cat " + file.string() + " > " + pipe.string() + " &").c_str()) == 0);
  CsvReader reader(pipe);
  REQUIRE(reader.next());
  CHECK(reader.text(1) == "2");
  CHECK_FALSE(reader.next());
}

TEST_CASE("a moved reader goes on where it was") {
  const ScratchFolder folder;
  CsvReader first(folder.write("data.csv", "a\n1\n2\n"));
  REQUIRE(first.next());
  CsvReader second(std::move(first));
  CHECK(second.text(0) == "1");
  REQUIRE(second.next());
  CHECK(second.text(0) == "2");
}
