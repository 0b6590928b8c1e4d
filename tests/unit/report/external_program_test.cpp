#include "report/external_program.hpp"

#include <catch2/catch.hpp>

#include "support/scratch_folder.hpp"

using namespace meridian;

TEST_CASE("programs run in their folder without a shell, each with its exit code and messages") {
  const tests::ScratchFolder folder;
  const std::vector<report::Ended> ended = report::run_all({{"sh", "-c", "pwd >where; echo told >&2; exit 3"},
                                                            {"no-such-program-of-any-kind"},
                                                            {"sh", "-c", "kill -TERM $$"},
                                                            {"test", "$HOME", "=", "$HOME"}},
                                                           folder.path());
  REQUIRE(ended.size() == 4);
  CHECK((ended[0].code == 3 && ended[0].messages == "told\n"));
  CHECK(tests::bytes_of(folder.path() / "where") == std::filesystem::canonical(folder.path()).string() + "\n");
  CHECK((ended[1].code == 127 && !ended[1].messages.empty()));
  CHECK(ended[2].code == 128 + 15);
  CHECK(ended[3].code == 0);
}

TEST_CASE("a program is installed where PATH leads to it") {
  CHECK(report::installed("sh"));
  CHECK_FALSE(report::installed("no-such-program-of-any-kind"));
}
