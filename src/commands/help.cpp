#include "commands/help.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>

#include "commands/text_layout.hpp"

namespace meridian::commands {
namespace {

std::string capitals(std::string text) {
  for (char& letter : text) letter = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
  return text;
}

/// Terms in a column of their own, meanings beside them.
std::string two_columns(const Terms& terms) {
  std::size_t widest = 0;
  for (const auto& [term, meaning] : terms) widest = std::max(widest, term.size());
  std::string text;
  for (const auto& [term, meaning] : terms) {
    std::string block = wrapped(meaning, widest + 4);
    text += block.replace(2, term.size(), term);
  }
  return text;
}

std::string option_block(const Command& command) {
  std::string text;
  for (const auto& option : command.options.options())
    text += "  " + spelling(*option) + "\n" + wrapped(explanation(*option), 8);
  return text + "  --help\n        print this text\n";
}

}  // namespace

const Terms& exit_codes() {
  static const Terms terms = {
      {"0", "done"},
      {"2", "the input or an option is wrong; the message names it and the remedy"},
      {"3", "a verification failed"},
      {"70", "a bug; please report it with the command and the output of meridian --version"},
      {"75", "stopped early by a signal or a time limit; everything finished is kept: run the same command again"}};
  return terms;
}

const Terms& environment() {
  static const Terms terms = {
      {"MERIDIAN_SHARE", "folder that holds data/ and jobs/, if they are neither installed nor where they were built"},
      {"OMP_NUM_THREADS", "threads per rank where --threads is not given"}};
  return terms;
}

std::string usage(const Command& command) {
  std::string text = fmt::format("meridian {} [options]", command.name);
  for (const std::string& name : command.positional) text += " " + capitals(name);
  return text;
}

std::string overview(const std::vector<Command>& commands) {
  Terms summaries;
  for (const Command& command : commands) summaries.emplace_back(command.name, command.summary);
  return "meridian: whose values do language models express?\n\n"
         "usage: meridian SUBCOMMAND [options]\n"
         "       meridian help [SUBCOMMAND]\n"
         "       meridian --version\n\n"
         "subcommands:\n" +
         two_columns(summaries) + "\nexit codes:\n" + two_columns(exit_codes()) + "\nenvironment:\n" +
         two_columns(environment()) + "\n'meridian SUBCOMMAND --help' gives its options, defaults and an example.\n";
}

std::string help(const Command& command) {
  return fmt::format("meridian {}: {}\n\nusage: {}\n\n{}\noptions:\n{}\nexample:\n  {}\n", command.name,
                     command.summary, usage(command), wrapped(command.description, 0), option_block(command),
                     command.example);
}

}  // namespace meridian::commands
