#pragma once
// From the words of the command line to what is to be done. The same on every rank; nothing is done yet.
#include <functional>
#include <string>
#include <vector>

#include "commands/command.hpp"

namespace meridian::commands {

struct Invocation {
  bool uses_ranks = false;  ///< else only rank 0 runs it
  std::function<void(const Context&)> run;
};

/// `arguments` without the program's name. Throws InputError for an unknown subcommand or option, naming the closest
/// one.
Invocation interpret(const std::vector<std::string>& arguments, const std::vector<Command>& commands);

}  // namespace meridian::commands
