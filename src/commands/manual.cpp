#include "commands/manual.hpp"

#include <fmt/core.h>

#include <sstream>

#include "commands/help.hpp"
#include "commands/text_layout.hpp"

namespace meridian::commands {
namespace {

/// troff reads '\' anywhere and '.' or ''' at a line's start as its own; '-' would become a hyphen that cannot be
/// copied.
std::string escaped(const std::string& text) {
  std::string out;
  for (const char letter : text) {
    const bool at_start = out.empty() || out.back() == '\n';
    if (at_start && (letter == '.' || letter == '\'')) out += "\\&";
    if (letter == '\\')
      out += "\\e";
    else if (letter == '-')
      out += "\\-";
    else
      out += letter;
  }
  return out;
}

std::string verbatim(const std::string& text) { return ".nf\n" + escaped(text) + "\n.fi\n"; }

/// Blank lines become paragraph requests; indented lines are kept as they are.
std::string paragraphs(const std::string& text) {
  std::string out;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.empty())
      out += ".PP\n";
    else if (line.front() == ' ')
      out += verbatim(line);
    else
      out += escaped(line) + "\n";
  }
  return out;
}

std::string tagged(const std::string& term, const std::string& meaning) {
  return ".TP\n\\fB" + escaped(term) + "\\fR\n" + paragraphs(meaning);
}

std::string section(const Terms& terms) {
  std::string out;
  for (const auto& [term, meaning] : terms) out += tagged(term, meaning);
  return out;
}

std::string command_section(const Command& command) {
  std::string out = ".SS " + escaped(command.name) + ": " + escaped(command.summary) + "\n";
  out += verbatim(usage(command)) + ".PP\n" + paragraphs(command.description);
  for (const auto& option : command.options.options()) out += tagged(spelling(*option), explanation(*option));
  return out + ".PP\nExample:\n.PP\n" + verbatim("  " + command.example);
}

constexpr const char* kSignals =
    "TERM, INT and USR1 ask for a clean stop: every rank finishes its unit of work, all agree, and the exit code is "
    "75. Under mpirun send USR1, which it forwards; the launcher ./meridian does this by itself.";

}  // namespace

std::string manual(const std::vector<Command>& commands) {
  std::string out =
      ".TH MERIDIAN 1 \"\" \"meridian\" \"User Commands\"\n"
      ".SH NAME\nmeridian \\- whose values do language models express?\n"
      ".SH SYNOPSIS\n.nf\nmeridian SUBCOMMAND [options]\nmeridian help [SUBCOMMAND]\nmeridian \\-\\-version\n.fi\n"
      ".SH DESCRIPTION\n";
  out += paragraphs(
      "Compares the answers that people and language models give to the same survey, at any number of MPI ranks. "
      "Results do not depend on ranks, threads or restarts.");
  out += ".SH SUBCOMMANDS\n";
  for (const Command& command : commands) out += command_section(command);
  out += ".SH EXIT STATUS\n" + section(exit_codes());
  out += ".SH ENVIRONMENT\n" + section(environment());
  return out + ".SH SIGNALS\n" + paragraphs(kSignals);
}

}  // namespace meridian::commands
