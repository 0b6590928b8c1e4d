#include "commands/interpret.hpp"

#include <catch2/catch.hpp>

#include "commands/closest.hpp"
#include "error.hpp"

using meridian::InputError;
using namespace meridian::commands;
using Catch::Contains;

namespace {

namespace po = boost::program_options;
using Words = std::vector<std::string>;

/// A command that notes what it was given.
struct Noted {
  int width = 0;
  std::string path;
  int runs = 0;
};

std::vector<Command> one_command(Noted& noted) {
  Command command;
  command.name = "paint";
  command.summary = "cover a wall";
  command.options.add_options()("width", po::value<int>()->default_value(3)->value_name("CM"), "width in cm")(
      "path", po::value<std::string>()->value_name("PATH"), "what to paint");
  command.positional = {"path"};
  command.uses_ranks = true;
  command.run = [&noted](const po::variables_map& values, const Context&) {
    noted.width = values["width"].as<int>();
    if (values.count("path") != 0) noted.path = values["path"].as<std::string>();
    ++noted.runs;
  };
  return {command};
}

void run(const Words& words, Noted& noted) {
  const auto world = meridian::parallel::Communicator::alone();
  interpret(words, one_command(noted)).run({world, ""});
}

}  // namespace

TEST_CASE("options, defaults and positional arguments reach the command") {
  Noted noted;
  run({"paint"}, noted);
  CHECK(noted.width == 3);
  run({"paint", "--width", "7", "wall"}, noted);
  CHECK(noted.width == 7);
  CHECK(noted.path == "wall");
  run({"paint", "--width=8"}, noted);
  CHECK(noted.width == 8);
  CHECK(noted.runs == 3);
}

TEST_CASE("reading the command line does nothing yet") {
  Noted noted;
  const Invocation invocation = interpret({"paint"}, one_command(noted));
  CHECK(noted.runs == 0);
  CHECK(invocation.uses_ranks);
  CHECK_FALSE(interpret({"--help"}, one_command(noted)).uses_ranks);
}

TEST_CASE("a wrong command line is an input error that names the remedy") {
  Noted noted;
  const auto commands = one_command(noted);
  CHECK_THROWS_WITH(interpret({}, commands), Contains("subcommand is missing"));
  CHECK_THROWS_WITH(interpret({"piant"}, commands), Contains("'piant'") && Contains("Did you mean 'paint'?"));
  CHECK_THROWS_WITH(interpret({"xyzzyx"}, commands), Contains("'xyzzyx'") && !Contains("Did you mean"));
  CHECK_THROWS_WITH(interpret({"--verison"}, commands), Contains("unknown option") && Contains("'--version'?"));
  CHECK_THROWS_WITH(interpret({"help", "piant"}, commands), Contains("Did you mean 'paint'?"));
  CHECK_THROWS_WITH(interpret({"paint", "--witdh", "2"}, commands), Contains("Did you mean '--width'?"));
  CHECK_THROWS_WITH(interpret({"paint", "--wid", "2"}, commands), Contains("unknown option '--wid'"));
  CHECK_THROWS_WITH(interpret({"paint", "--ranks", "2"}, commands), Contains("mpirun -np N"));
  CHECK_THROWS_WITH(interpret({"paint", "--width", "wide"}, commands), Contains("wide") && Contains("--width"));
  CHECK_THROWS_WITH(interpret({"paint", "--width"}, commands), Contains("--width"));
  CHECK_THROWS_WITH(interpret({"paint", "--width", "1", "--width", "2"}, commands), Contains("more than once"));
  CHECK_THROWS_AS(interpret({"paint", "one", "two"}, commands), InputError);
  CHECK(noted.runs == 0);
}

TEST_CASE("the closest word is the one with the fewest changes") {
  const Words words = {"replicate", "simulate", "verify"};
  CHECK(closest("replicat", words) == "replicate");
  CHECK(closest("simualte", words) == "simulate");
  CHECK(closest("verfy", words) == "verify");
  CHECK(closest("launch", words).empty());
  CHECK(closest("", words).empty());
}
