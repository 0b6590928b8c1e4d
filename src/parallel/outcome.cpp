#include "parallel/outcome.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <new>

namespace meridian::parallel {
namespace {

/// Ranks that fail for the same reason fail within this time of each other; one that fails alone waits it out.
constexpr double kSecondsToMeet = 1.0;

void print(const std::string& message) { fmt::print(stderr, "{}\n", message); }

std::string bug(std::string what) {
  if (what.empty() || what.back() != '.') what += '.';
  return "error: " + what + " This is a bug: please report it with the command and the output of meridian --version.";
}

Outcome failed(const Error& error) {
  switch (error.code()) {
    case ExitCode::stopped:
      return {error.code(), fmt::format("stopped: {}", error.what())};
    case ExitCode::bug:
      return {error.code(), bug(error.what())};
    default:
      return {error.code(), fmt::format("error: {}", error.what())};
  }
}

}  // namespace

Outcome attempt(const std::function<void()>& work) {
  try {
    work();
    return {};
  } catch (const Error& error) {
    return failed(error);
  } catch (const std::bad_alloc&) {
    return {
        ExitCode::input,
        "error: out of memory. Use fewer ranks or threads per node, or a smaller block; everything finished is kept."};
  } catch (const std::exception& error) {
    return {ExitCode::bug, bug(error.what())};
  }
}

std::vector<std::string> distinct(const std::vector<std::string>& message_of_rank) {
  std::vector<std::string> seen;
  std::vector<std::string> lines;
  for (const std::string& message : message_of_rank) {
    if (message.empty() || std::find(seen.begin(), seen.end(), message) != seen.end()) continue;
    seen.push_back(message);
    std::string ranks;
    for (std::size_t rank = 0; rank < message_of_rank.size(); ++rank)
      if (message_of_rank[rank] == message) ranks += (ranks.empty() ? "" : ", ") + std::to_string(rank);
    const auto sharing = std::count(message_of_rank.begin(), message_of_rank.end(), message);
    const bool everybody = static_cast<std::size_t>(sharing) == message_of_rank.size();
    lines.push_back(everybody ? message : fmt::format("rank {}: {}", ranks, message));
  }
  return lines;
}

int conclude(const Session& session, const Outcome& outcome, bool all_ranks_work) {
  const Communicator& world = session.world();
  const bool in_order = outcome.code == ExitCode::done || outcome.code == ExitCode::stopped;
  if (!in_order && all_ranks_work && !session.all_failed(kSecondsToMeet)) {
    print(fmt::format("rank {}: {}", world.rank(), outcome.message));
    session.abort(static_cast<int>(outcome.code));
  }
  std::vector<std::string> messages = world.gather(outcome.message);
  if (!all_ranks_work) messages.resize(std::min<std::size_t>(messages.size(), 1));
  for (const std::string& line : distinct(messages)) print(line);
  return world.maximum(static_cast<int>(outcome.code));
}

}  // namespace meridian::parallel
