#pragma once
// The list of subcommands. A new one is a file here and a line in registry.cpp.
#include <vector>

#include "commands/command.hpp"

namespace meridian::commands {

Command replicate_command();
Command simulate_command();
Command report_command();
Command verify_command();
Command fit_command();
Command rank_command();
Command audit_command();
Command compare_groups_command();
Command prompts_command();
Command import_command();
Command bootstrap_command();
Command permute_command();
Command power_command();
Command merge_command();
Command plan_command();
Command submit_command();
Command selftest_command();
Command info_command();
Command status_command();

/// All commands, in the order of the help.
std::vector<Command> all_commands();

}  // namespace meridian::commands
