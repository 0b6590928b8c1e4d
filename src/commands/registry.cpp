#include "commands/commands.hpp"

namespace meridian::commands {

std::vector<Command> all_commands() {
  return {
#ifdef HAVE_replicate
      replicate_command(),
#endif
#ifdef HAVE_simulate
      simulate_command(),
#endif
#ifdef HAVE_verify
      verify_command(),
#endif
      info_command()};
}

}  // namespace meridian::commands
