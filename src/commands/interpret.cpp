#include "commands/interpret.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <boost/program_options/errors.hpp>
#include <boost/program_options/parsers.hpp>
#include <boost/program_options/positional_options.hpp>
#include <memory>

#include "commands/closest.hpp"
#include "commands/help.hpp"
#include "commands/manual.hpp"
#include "commands/version.hpp"
#include "error.hpp"
#include "runtime/log.hpp"

namespace meridian::commands {
namespace {

namespace po = boost::program_options;

Invocation print(const std::string& text) {
  return {false, [text](const Context&) { fmt::print("{}", text); }};
}

std::string did_you_mean(const std::string& suggestion) {
  return suggestion.empty() ? "" : fmt::format(" Did you mean '{}'?", suggestion);
}

const Command& find(const std::string& name, const std::vector<Command>& commands) {
  const auto same = [&](const Command& command) { return command.name == name; };
  const auto found = std::find_if(commands.begin(), commands.end(), same);
  if (found != commands.end()) return *found;
  std::vector<std::string> names = {"help", "--help", "--version"};
  for (const Command& command : commands) names.push_back(command.name);
  const char* what = name.rfind('-', 0) == 0 ? "option" : "subcommand";
  throw InputError(fmt::format("unknown {} '{}'.{} 'meridian help' lists what there is.", what, name,
                               did_you_mean(closest(name, names))));
}

/// Launcher options come before the executable; here they are too late.
std::string hint_for(const std::string& option, const Command& command) {
  if (option == "--ranks") return " Ranks are started from outside: ./meridian --ranks N, mpirun -np N or srun -n N.";
  std::vector<std::string> names = {"--help"};
  for (const auto& known : command.options.options()) names.push_back("--" + known->long_name());
  return did_you_mean(closest(option, names));
}

/// An empty text is a variable of a script that was not set: as a folder it would be the one where we stand.
void refuse_empty(const po::variables_map& values, const Command& command) {
  for (const auto& [name, value] : values) {
    const auto* text = boost::any_cast<std::string>(&value.value());
    const bool takes_value = command.options.find(name, false).semantic()->max_tokens() > 0;
    if (takes_value && text != nullptr && text->empty())
      throw InputError("--" + name, "an empty text", "a value", "Give one, or leave the option out.");
  }
}

po::variables_map parse(const std::vector<std::string>& words, const Command& command) {
  po::positional_options_description positional;
  for (const std::string& name : command.positional)
    positional.add(name.c_str(), command.options.find(name, false).semantic()->is_composing() ? -1 : 1);
  const auto style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
  po::variables_map values;
  try {
    po::store(po::command_line_parser(words).options(command.options).positional(positional).style(style).run(),
              values);
    po::notify(values);
  } catch (const po::unknown_option& error) {
    const std::string option = error.get_option_name();
    throw InputError(fmt::format("{}: unknown option '{}'.{} 'meridian {} --help' lists them.", command.name, option,
                                 hint_for(option, command), command.name));
  } catch (const po::error& error) {
    throw InputError(fmt::format("{}: {}. See 'meridian {} --help'.", command.name, error.what(), command.name));
  }
  refuse_empty(values, command);
  return values;
}

Invocation interpret_command(const Command& command, const std::vector<std::string>& words) {
  if (std::find(words.begin(), words.end(), "--help") != words.end()) return print(help(command));
  const auto values = std::make_shared<const po::variables_map>(parse(words, command));
  return {command.uses_ranks, [run = command.run, values](const Context& context) {
            if (values->count("quiet") != 0 && (*values)["quiet"].as<bool>()) runtime::mute(true);
            run(*values, context);
          }};
}

Invocation interpret_help(const std::vector<std::string>& topics, const std::vector<Command>& commands) {
  return print(topics.empty() ? overview(commands) : help(find(topics.front(), commands)));
}

}  // namespace

Invocation interpret(const std::vector<std::string>& arguments, const std::vector<Command>& commands) {
  if (arguments.empty())
    throw InputError(
        "a subcommand is missing. Usage: meridian SUBCOMMAND [options]; 'meridian help' lists what there is.");
  const std::string& first = arguments.front();
  const std::vector<std::string> rest(arguments.begin() + 1, arguments.end());
  if (first == "help" || first == "--help" || first == "-h") return interpret_help(rest, commands);
  if (first == "--version") return print(version_text());
  if (first == "--man") return print(manual(commands));
  return interpret_command(find(first, commands), rest);
}

}  // namespace meridian::commands
