// A file read in parts gives the records of the file read whole, with their lines, wherever the cuts fall.
#include "tables/file_part.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "random/stream.hpp"
#include "support/scratch_folder.hpp"
#include "tables/csv.hpp"
#include "tables/json_lines.hpp"

using namespace meridian::tables;
using meridian::tests::ScratchFolder;

namespace {

using Records = std::vector<std::string>;

/// "line: field|field|" of each record of a part.
void read_csv(const std::filesystem::path& file, const FilePart& part, Records& all) {
  CsvReader reader(file);
  reader.keep_to(part);
  for (bool more = true; more;) {
    try {
      if (!(more = reader.next())) break;
      std::string record = std::to_string(reader.line()) + ": ";
      for (std::size_t i = 0; i < reader.header().size(); ++i) record += std::string(reader.text(i)) + "|";
      all.push_back(record);
    } catch (const RecordError&) {
      all.push_back(std::to_string(reader.line()) + ": broken");
    }
  }
}

void read_lines(const std::filesystem::path& file, const FilePart& part, Records& all) {
  JsonLinesReader reader(file);
  reader.keep_to(part);
  for (bool more = true; more;) {
    try {
      if (!(more = reader.next())) break;
      std::vector<std::string> found;
      reader.value().find({"a"}, found);
      all.push_back(std::to_string(reader.line()) + ": " + (found.empty() ? "" : found.front()));
    } catch (const RecordError&) {
      all.push_back(std::to_string(reader.line()) + ": broken");
    }
  }
}

template <class Read>
void check(const std::string& bytes, char delimiter, const Read& read) {
  const ScratchFolder folder;
  const auto file = folder.write("data", bytes);
  Records whole;
  read(file, FilePart(), whole);
  for (std::size_t count = 1; count <= std::min<std::size_t>(bytes.size() + 3, 40); ++count) {
    std::vector<Stretch> stretches;
    for (std::size_t i = 0; i < count; ++i) stretches.push_back(look_at_stretch(file, delimiter, i, count));
    Records joined;
    for (const FilePart& part : parts_of(stretches)) read(file, part, joined);
    INFO(count << " parts of\n" << bytes);
    CHECK(joined == whole);
  }
}

/// Fields with everything that makes a cut difficult.
std::string random_csv(std::uint64_t number) {
  meridian::random::Stream stream(17, "files in parts", number);
  const Records fields{"1",        "",         "\"\"",     "\"a,b\"", "\"x\ny\"", "\"\"\"\"",
                       "\"\n\n\"", "in\"side", "\"\"\"\n", "tail\"",  "\"\n,\"",  "word"};
  const std::string end = stream.below(2) == 0 ? "\n" : "\r\n";
  std::string bytes = std::string(stream.below(2) == 0 ? "" : "\xEF\xBB\xBF") + "a,\"b\nc\",d" + end;
  for (std::uint32_t row = stream.below(12); row > 0; --row) {
    for (int column = 0; column < 3; ++column) {
      std::string field = fields[stream.below(static_cast<std::uint32_t>(fields.size()))];
      if (field == "\"\"\"\n") field = "\"\"\"\n\"";  // a doubled quote beside the cut
      bytes += (column > 0 ? "," : "") + field;
    }
    bytes += stream.below(7) == 0 ? ",surplus" + end : stream.below(7) == 0 ? end + end : end;
  }
  if (stream.below(2) == 0) bytes += "1,2,3";
  return bytes;
}

}  // namespace

TEST_CASE("CSV in parts is CSV as a whole") {
  for (std::uint64_t number = 0; number < 60; ++number) check(random_csv(number), ',', read_csv);
  check("\n\na,b\n\n1,2\n3,4", ',', read_csv);
  check("a;b\n1;\"2\n\n\n\n\n\n\n\n\n\n\"\n", ';', read_csv);
}

TEST_CASE("JSON Lines in parts are JSON Lines as a whole") {
  check("\xEF\xBB\xBF{\"a\": 1}\n\n{\"a\": \"x \\\" y\"}\n{broken\n{\"a\": 3}", 0, read_lines);
  check("{\"a\": 1}\r\n{\"b\": 2}\r\n", 0, read_lines);
  check("", 0, read_lines);
}
