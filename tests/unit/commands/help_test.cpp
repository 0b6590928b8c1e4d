#include "commands/help.hpp"

#include <catch2/catch.hpp>
#include <sstream>

#include "commands/commands.hpp"
#include "commands/manual.hpp"
#include "commands/text_layout.hpp"

using namespace meridian::commands;
using Catch::Contains;

namespace {

namespace po = boost::program_options;

/// Words that say what happens when an option is not given, where there is no default value.
bool says_what_happens_without(const po::option_description& option) {
  for (const char* word : {"default", "required", "optional", "given more than once", "may be repeated"})
    if (option.description().find(word) != std::string::npos) return true;
  return !default_text(option).empty();
}

}  // namespace

TEST_CASE("every command explains itself with defaults and an example") {
  for (const Command& command : all_commands()) {
    INFO(command.name);
    const std::string text = help(command);
    CHECK_THAT(text, Contains("usage: meridian " + command.name) && Contains("example:"));
    CHECK_THAT(command.example, Contains("meridian") && Contains(command.name));
    CHECK_FALSE(command.summary.empty());
    CHECK(command.description.size() > command.summary.size());
    for (const auto& option : command.options.options()) {
      INFO(option->long_name());
      CHECK_THAT(text, Contains(spelling(*option)));
      CHECK_FALSE(option->description().empty());
      if (option->semantic()->max_tokens() > 0) {
        CHECK(says_what_happens_without(*option));
        CHECK(spelling(*option).find(" arg") == std::string::npos);
      }
    }
  }
}

TEST_CASE("no line of the help is wider than a terminal") {
  for (const Command& command : all_commands()) {
    std::istringstream lines(help(command));
    for (std::string line; std::getline(lines, line);) {
      INFO(line);
      CHECK((line.size() <= 100 || line.find(command.example) != std::string::npos));
    }
  }
}

TEST_CASE("the overview lists every command and exit code") {
  const std::string text = overview(all_commands());
  for (const Command& command : all_commands()) CHECK_THAT(text, Contains("\n  " + command.name));
  for (const char* code : {"\n  0 ", "\n  2 ", "\n  3 ", "\n  70 ", "\n  75 "}) CHECK_THAT(text, Contains(code));
}

TEST_CASE("options are shown with their value's name and default") {
  po::options_description options;
  options.add_options()("width", po::value<int>()->default_value(4)->value_name("CM"), "width in cm")(
      "fast", po::bool_switch(), "no drying")("color", po::value<std::string>()->value_name("NAME"), "a color");
  const po::option_description& width = *options.options()[0];
  CHECK(spelling(width) == "--width CM");
  CHECK(default_text(width) == "4");
  CHECK(explanation(width) == "width in cm (default: 4)");
  CHECK(spelling(*options.options()[1]) == "--fast");
  CHECK(explanation(*options.options()[1]) == "no drying");
  CHECK(default_text(*options.options()[2]).empty());
}

TEST_CASE("paragraphs are wrapped, indented lines stay") {
  CHECK(wrapped("one two three", 0, 7) == "one two\nthree\n");
  CHECK(wrapped("one\ntwo", 2, 20) == "  one two\n");
  CHECK(wrapped("first\n\nsecond\n  kept   as is\nthird", 0, 20) == "first\n\nsecond\n  kept   as is\nthird\n");
}

TEST_CASE("the man page protects what troff would take for its own") {
  Command command;
  command.name = "paint";
  command.summary = "make it --red";
  command.description = ".dots start lines\n\nback\\slash\n  kept   as is";
  command.example = "meridian paint --width 4";
  command.options.add_options()("width", po::value<int>()->default_value(4)->value_name("CM"), "width in cm");
  const std::string page = manual({command});
  CHECK_THAT(page, Contains(".SS paint: make it \\-\\-red\n"));
  CHECK_THAT(page, Contains("\n\\&.dots start lines\n.PP\nback\\eslash\n.nf\n  kept   as is\n.fi\n"));
  CHECK_THAT(page, Contains(".TP\n\\fB\\-\\-width CM\\fR\nwidth in cm (default: 4)\n"));
  CHECK_THAT(page, Contains(".SH EXIT STATUS\n") && Contains(".SH ENVIRONMENT\n"));
}
