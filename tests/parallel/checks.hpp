#pragma once
// Checks that every rank runs. They throw std::runtime_error on the rank that sees something wrong.
#include <string>

#include "parallel/session.hpp"

namespace checks {

/// `name` is broadcast, gather, maximum or counter.
void run(const std::string& name, const meridian::parallel::Communicator& world);

}  // namespace checks
