#include "runtime/progress.hpp"

#include <stdlib.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "runtime/log.hpp"
#include "support/standard_error.hpp"

using Catch::Contains;
using namespace meridian::runtime;
using meridian::tests::printed_to_file;
using meridian::tests::printed_to_terminal;

TEST_CASE("durations in words of fitting size") {
  CHECK(duration_text(-1) == "0 s");
  CHECK(duration_text(0.4) == "0 s");
  CHECK(duration_text(59.4) == "59 s");
  CHECK(duration_text(59.6) == "1 min 00 s");
  CHECK(duration_text(725) == "12 min 05 s");
  CHECK(duration_text(3 * 3600 + 7 * 60 + 59) == "3 h 07 min");
  CHECK(duration_text(100.0 * 3600) == "100 h 00 min");
}

TEST_CASE("a line with rate and remaining time, counted since this run began") {
  CHECK(progress_line("similarity", "blocks", 50, 100, 0, 10, false) ==
        "similarity  50/100 blocks  5 blocks/s  10 s left");
  CHECK(progress_line("similarity", "blocks", 60, 100, 50, 10, false) ==
        "similarity  60/100 blocks  1 blocks/s  40 s left");
  CHECK(progress_line("similarity", "blocks", 100, 100, 50, 10, false) ==
        "similarity  100/100 blocks  5 blocks/s  in 10 s");
}

TEST_CASE("no rate before anything is done, none for nothing to do") {
  CHECK(progress_line("fits", "rows", 0, 100, 0, 3, false) == "fits  0/100 rows");
  CHECK(progress_line("fits", "rows", 50, 100, 50, 3, false) == "fits  50/100 rows");
  CHECK(progress_line("fits", "rows", 0, 0, 0, 0, false) == "fits  0/0 rows");
}

TEST_CASE("the bar is as long at every share") {
  CHECK(progress_line("w", "u", 0, 4, 0, 1, true) == "w  [>                       ] 0/4 u");
  CHECK(progress_line("w", "u", 1, 4, 1, 1, true) == "w  [======>                 ] 1/4 u");
  CHECK(progress_line("w", "u", 4, 4, 4, 1, true) == "w  [========================] 4/4 u");
  CHECK(progress_line("w", "u", 0, 0, 0, 1, true) == "w  [========================] 0/0 u");
}

TEST_CASE("short work in a log is one line, at the end") {
  const std::string text = printed_to_file([] {
    Progress progress("import", "rows", 1000);
    for (std::size_t done = 1; done <= 1000; ++done) progress.advance_to(done);
  });
  CHECK_THAT(text, Catch::StartsWith("import  1000/1000 rows"));
  CHECK(std::count(text.begin(), text.end(), '\n') == 1);
  CHECK(text.find('\r') == std::string::npos);
}

TEST_CASE("interrupted work says how far it came") {
  CHECK_THAT(printed_to_file([] { Progress("import", "rows", 1000, 20).advance_to(30); }), Contains("30/1000 rows"));
}

TEST_CASE("a muted process shows no progress") {
  CHECK(printed_to_file([] {
          mute(true);
          Progress("import", "rows", 10).advance_to(10);
          mute(false);
        }).empty());
}

TEST_CASE("on a terminal the line is redrawn and replaced by the last one") {
  ::setenv("TERM", "xterm", 1);
  const std::string text = printed_to_terminal([] {
    Progress progress("import", "rows", 10);
    progress.advance_to(1);  // too soon to draw
    ::usleep(250000);
    progress.advance_to(5);
  });
  ::unsetenv("TERM");
  CHECK_THAT(text, Catch::StartsWith("\r\x1b[Kimport  [============>           ] 5/10 rows"));
  CHECK_THAT(text, Contains("\r\x1b[Kimport  5/10 rows"));
  CHECK_THAT(text, Catch::EndsWith("\r\n"));
  CHECK(text.find(" 1/10") == std::string::npos);
}
