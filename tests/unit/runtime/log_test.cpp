#include "runtime/log.hpp"

#include <stdlib.h>

#include <catch2/catch.hpp>

#include "support/standard_error.hpp"

using namespace meridian::runtime;
using meridian::tests::printed_to_file;
using meridian::tests::printed_to_terminal;

TEST_CASE("lines go to standard error, warnings say so") {
  CHECK(printed_to_file([] {
          info("reading {braces} 100 %");
          warning("5 copies");
        }) == "reading {braces} 100 %\nwarning: 5 copies\n");
}

TEST_CASE("a muted process says nothing until it may speak again") {
  CHECK_FALSE(muted());
  CHECK(printed_to_file([] {
          mute(true);
          info("a");
          warning("b");
          status("c");
          CHECK(muted());
          mute(false);
          info("d");
        }) == "d\n");
}

TEST_CASE("a terminal is one that can redraw a line") {
  ::setenv("TERM", "xterm", 1);
  printed_to_terminal([] { CHECK(on_terminal()); });
  printed_to_file([] { CHECK_FALSE(on_terminal()); });
  ::setenv("TERM", "dumb", 1);
  printed_to_terminal([] { CHECK_FALSE(on_terminal()); });
  ::unsetenv("TERM");
  printed_to_terminal([] { CHECK_FALSE(on_terminal()); });
}

TEST_CASE("lines appear above the status line, which is drawn again") {
  CHECK(printed_to_file([] {
          status("1/2");
          info("note");
          status("");
          status("");
          info("end");
        }) == "\r\x1b[K1/2\r\x1b[Knote\n1/2\r\x1b[Kend\n");
}
