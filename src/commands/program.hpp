#pragma once
#include <string>
#include <vector>

#include "parallel/session.hpp"

namespace meridian::commands {

/// All of main() after the session has started: what the words of the command line ask for, on all ranks. Returns the
/// exit code.
int run(const std::vector<std::string>& arguments, const parallel::Session& session);

}  // namespace meridian::commands
