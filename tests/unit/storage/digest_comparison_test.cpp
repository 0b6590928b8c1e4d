#include "storage/digest_comparison.hpp"

#include <catch2/catch.hpp>

#include "error.hpp"
#include "support/scratch_folder.hpp"

using namespace meridian;
using namespace meridian::storage;
using Catch::Contains;

TEST_CASE("files of two runs are the same, changed, missing or new") {
  const auto difference = compare_digests({{"a", "1"}, {"b", "2"}, {"c", "3"}}, {{"a", "1"}, {"b", "9"}, {"d", "4"}});
  CHECK(difference.same == 1);
  CHECK(difference.changed == std::vector<std::string>{"b"});
  CHECK(difference.only_first == std::vector<std::string>{"c"});
  CHECK(difference.only_second == std::vector<std::string>{"d"});
  CHECK_FALSE(difference.none());
  CHECK_THAT(difference_text(difference, "old", "new"), Contains("changed    b\n") && Contains("c (only in old)") &&
                                                            Contains("d (only in new)") &&
                                                            Contains("1 files the same, 1 changed, 1 missing, 1 new"));
  CHECK(compare_digests({{"a", "1"}}, {{"a", "1"}}).none());
}

TEST_CASE("digests are of what is on disk, for one run and for several") {
  const tests::ScratchFolder scratch;
  const std::filesystem::path run = scratch.path() / "all" / "mfq2";
  scratch.write(run / "tables/x.csv", "1\n");
  CHECK_THROWS_WITH(digests_below(scratch.path() / "all"), Contains("no digest.txt"));
  scratch.write(run / "digest.txt", "an old digest does not count\n");
  const DigestLines before = digests_below(run);
  REQUIRE(before.size() == 1);
  CHECK(before[0].first == "tables/x.csv");
  CHECK(digests_below(scratch.path() / "all")[0].first == "mfq2/tables/x.csv");
  scratch.write(run / "tables/x.csv", "2\n");
  CHECK(compare_digests(before, digests_below(run)).changed.size() == 1);
}
