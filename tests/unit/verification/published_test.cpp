#include "verification/published.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "error.hpp"
#include "support/scratch_folder.hpp"

using namespace meridian::verification;
using meridian::tests::ScratchFolder;

namespace {

const std::string correlations = "survey,analysis,term_row,term_col,corr\n";

std::map<std::string, std::size_t> counted_by_survey() {
  std::map<std::string, std::size_t> count;
  for (const PrintedCell& cell : read_published("data/published", Terms("data/published/terms.csv")))
    if (cell.counted) ++count[cell.survey];
  return count;
}

}  // namespace

TEST_CASE("the shipped tables hold 1449 numbers of the MFQ-2 and 1598 of the WVS", "[verification]") {
  const auto count = counted_by_survey();
  CHECK(count.at("MFQ2") == 1449);
  CHECK(count.at("WVS") == 1598);
  CHECK(count.size() == 2);
}

TEST_CASE("the p-value of an F test is read but not counted", "[verification]") {
  const auto cells = read_published("data/published/lm_meta.csv", Terms());
  CHECK(cells.size() == 7 * 13);
  CHECK(std::count_if(cells.begin(), cells.end(), [](const PrintedCell& cell) { return !cell.counted; }) == 7);
}

TEST_CASE("a printed number knows its place in the run", "[verification]") {
  const ScratchFolder folder;
  const Terms terms("data/published/terms.csv");
  const auto cells = read_published(
      folder.write("any.csv", correlations + "MFQ2,RQ1,Chinese_ppt:Chinese_origin,Chinese_ppt,-0.009\n"), terms);
  REQUIRE(cells.size() == 1);
  CHECK(cells[0].table == "mixed_fixed_corr");
  CHECK(cells[0].key == "Chinese_ppt:Chinese_origin / Chinese_ppt");
  CHECK(cells[0].place.file == "fixed_correlations.csv");
  REQUIRE(cells[0].place.where.size() == 2);
  CHECK(cells[0].place.where[0].value == "nation:origin");
  CHECK(cells[0].place.column == "correlation");
}

TEST_CASE("empty cells are no numbers; companions of the tables are passed over", "[verification]") {
  const ScratchFolder folder;
  folder.write("a.csv", correlations + "S,RQ1,x,y,0.5\nS,RQ1,x,z,\n");
  folder.write("terms.csv", "printed,ours,meaning\n");
  folder.write("known_differences.csv", "anything\n");
  folder.write("README.md", "words");
  CHECK(read_published(folder.path(), Terms()).size() == 1);
}

TEST_CASE("what is no printed table is refused with its name", "[verification]") {
  const ScratchFolder folder;
  const auto message = [&](const std::filesystem::path& path) {
    return meridian::tests::message_of<meridian::InputError>([&] { read_published(path, Terms()); });
  };
  CHECK(message(folder.path() / "absent").find("absent") != std::string::npos);
  CHECK(message(folder.write("odd.csv", "survey,analysis,number\nS,RQ1,1\n")).find("odd.csv:1") != std::string::npos);
  CHECK(message(folder.write("bad.csv", correlations + "S,RQ1,x,y,none\n")).find("bad.csv:2") != std::string::npos);
}
