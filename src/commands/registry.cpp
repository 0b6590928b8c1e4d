#include "commands/commands.hpp"

namespace meridian::commands {

std::vector<Command> all_commands() {
  return {replicate_command(), simulate_command(),       report_command(),  verify_command(),  fit_command(),
          bootstrap_command(), permute_command(),        power_command(),   merge_command(),   rank_command(),
          audit_command(),     compare_groups_command(), prompts_command(), import_command(),  info_command(),
          status_command(),    plan_command(),           submit_command(),  selftest_command()};
}

}  // namespace meridian::commands
