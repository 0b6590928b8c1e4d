#pragma once
// The man page, made from the same descriptions as the help. docs/meridian.1 is its stored output.
#include <string>
#include <vector>

#include "commands/command.hpp"

namespace meridian::commands {

/// troff source for man(7). Holds nothing that depends on machine, time or build.
std::string manual(const std::vector<Command>& commands);

}  // namespace meridian::commands
