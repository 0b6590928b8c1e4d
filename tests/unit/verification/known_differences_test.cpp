#include "verification/known_differences.hpp"

#include <catch2/catch.hpp>

#include "error.hpp"
#include "support/scratch_folder.hpp"

using namespace meridian::verification;

namespace {
const std::string header = "survey,analysis,table,key,quantity,printed,reference_value,tolerance,reason\n";
PrintedCell cell(const std::string& quantity, const std::string& printed) {
  return {"MFQ2", "RQ1", "mixed_fixed", "Chinese_ppt", quantity, parse_printed(printed).value(), {}, true};
}
}  // namespace

TEST_CASE("a cell is excused by its place and its printed text", "[verification]") {
  const meridian::tests::ScratchFolder folder;
  const KnownDifferences known(folder.write(
      "known.csv", header + "MFQ2,RQ1,mixed_fixed,Chinese_ppt,df,30.278608,30.2739167,1e-6,stopped early\n"));
  REQUIRE(known.find(cell("df", "30.278608")) != nullptr);
  CHECK(known.find(cell("df", "30.278609")) == nullptr);
  CHECK(known.find(cell("t", "30.278608")) == nullptr);
  CHECK(excused(*known.find(cell("df", "30.278608")), 30.2739168));
  CHECK_FALSE(excused(*known.find(cell("df", "30.278608")), 30.2740));
  CHECK_FALSE(excused(*known.find(cell("df", "30.278608")), 30.2786));
}

TEST_CASE("the shipped differences are the 39 of the MFQ-2, none of which rounds to the printed text",
          "[verification]") {
  const KnownDifferences known("data/published/known_differences.csv");
  int found = 0;
  for (const PrintedCell& printed : read_published("data/published", Terms("data/published/terms.csv")))
    if (const KnownDifference* difference = known.find(printed)) {
      ++found;
      INFO(printed.analysis << " " << printed.key << " " << printed.quantity);
      CHECK_FALSE(agrees(printed.printed, difference->reference));
    }
  CHECK(found == 39);
}

TEST_CASE("lines without a reason and cells named twice are refused", "[verification]") {
  const meridian::tests::ScratchFolder folder;
  const std::string line = "MFQ2,RQ1,mixed_fixed,Chinese_ppt,df,30.2,30.1,1e-6,";
  CHECK_THROWS_AS(KnownDifferences(folder.write("a.csv", header + line + "\n")), meridian::InputError);
  CHECK_THROWS_AS(KnownDifferences(folder.write("b.csv", header + line + "x\n" + line + "y\n")), meridian::InputError);
}
