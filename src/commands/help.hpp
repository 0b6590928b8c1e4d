#pragma once
// Help on the terminal, made from the commands' own descriptions.
#include <string>
#include <utility>
#include <vector>

#include "commands/command.hpp"

namespace meridian::commands {

/// All subcommands with their summaries, and what holds for every one.
std::string overview(const std::vector<Command>& commands);
/// Usage, description, options with defaults and units, example.
std::string help(const Command& command);

/// "meridian info [options] PATH".
std::string usage(const Command& command);
/// What holds for every command, as (term, meaning); shared by the overview and the man page.
using Terms = std::vector<std::pair<std::string, std::string>>;
const Terms& exit_codes();
const Terms& environment();

}  // namespace meridian::commands
