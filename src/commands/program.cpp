#include "commands/program.hpp"

#include "commands/commands.hpp"
#include "commands/interpret.hpp"
#include "commands/share.hpp"
#include "parallel/launch.hpp"
#include "parallel/outcome.hpp"
#include "runtime/log.hpp"

namespace meridian::commands {

int run(const std::vector<std::string>& arguments, const parallel::Session& session) {
  const parallel::Communicator& world = session.world();
  runtime::mute(!world.is_root());
  bool all_ranks_work = true;  // reading the command line is everybody's work
  const parallel::Outcome outcome = parallel::attempt([&] {
    if (const std::string problem = parallel::launch_problem(world); !problem.empty()) runtime::warning(problem);
    const Invocation invocation = interpret(arguments, all_commands());
    all_ranks_work = invocation.uses_ranks;
    if (all_ranks_work || world.is_root()) invocation.run({world, share_folder()});
  });
  return parallel::conclude(session, outcome, all_ranks_work);
}

}  // namespace meridian::commands
