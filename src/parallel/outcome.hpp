#pragma once
// How a run ends: one message for people, one exit code that all ranks share.
#include <functional>
#include <string>
#include <vector>

#include "error.hpp"
#include "parallel/session.hpp"

namespace meridian::parallel {

struct Outcome {
  ExitCode code = ExitCode::done;
  std::string message;  ///< "" when done
};

/// Runs the work; every exception becomes an outcome.
Outcome attempt(const std::function<void()>& work);

/// Prints the message once and gives the exit code of all ranks, the largest. If this rank failed (neither done nor
/// stopped) while others go on working (`all_ranks_work`), it prints and ends them all.
int conclude(const Session& session, const Outcome& outcome, bool all_ranks_work);

/// The distinct messages with the ranks that gave them: "message" if all did, else "rank 3: message".
std::vector<std::string> distinct(const std::vector<std::string>& message_of_rank);

}  // namespace meridian::parallel
