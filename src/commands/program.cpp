#include "commands/program.hpp"

#include "commands/commands.hpp"
#include "commands/interpret.hpp"
#include "commands/share.hpp"
#include "error.hpp"
#include "parallel/launch.hpp"
#include "parallel/outcome.hpp"
#include "runtime/log.hpp"

namespace meridian::commands {
namespace {

/// Copies that would all compute the same in one folder are refused; what works on one rank anyway goes on.
void refuse_or_warn(const std::string& problem, bool uses_ranks) {
  if (!uses_ranks) return runtime::warning(problem);
  throw InputError(problem);
}

}  // namespace

int run(const std::vector<std::string>& arguments, const parallel::Session& session) {
  const parallel::Communicator& world = session.world();
  bool all_ranks_work = true;  // reading the command line is everybody's work
  parallel::Outcome outcome = parallel::attempt([&] {
    const std::string problem = parallel::launch_problem(world);
    runtime::mute(!world.is_root() || !parallel::first_copy());
    const Invocation invocation = interpret(arguments, all_commands());
    all_ranks_work = invocation.uses_ranks;
    if (!problem.empty()) refuse_or_warn(problem, all_ranks_work);
    if (const std::string lonely = parallel::lonely_problem(world); all_ranks_work && !lonely.empty())
      throw InputError(lonely);
    if (all_ranks_work || world.is_root()) invocation.run({world, share_folder()});
  });
  if (!parallel::first_copy() && world.size() == 1) outcome.message.clear();  // one of N singletons speaks for all
  return parallel::conclude(session, outcome, all_ranks_work);
}

}  // namespace meridian::commands
