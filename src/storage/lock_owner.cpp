#include "storage/lock_owner.hpp"

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "runtime/machine.hpp"

namespace meridian::storage {
namespace {

std::string first_line(const std::string& file) {
  std::ifstream input(file);
  std::string line;
  std::getline(input, line);
  return line;
}

struct Process {
  char state = 0;  ///< 0: unknown
  std::string started;
};

/// /proc/PID/stat: "pid (name) state ... starttime": the name may hold spaces, so count from the last bracket.
Process look_up(long process) {
  const std::string line = first_line("/proc/" + std::to_string(process) + "/stat");
  const std::size_t bracket = line.rfind(')');
  if (bracket == std::string::npos) return {};
  std::istringstream fields(line.substr(bracket + 1));
  Process found;
  std::string field;
  fields >> found.state;
  for (int i = 4; i <= 22; ++i) fields >> field;  // field 22 is the start, in clock ticks since boot
  found.started = first_line("/proc/sys/kernel/random/boot_id") + "/" + field;
  return found;
}

}  // namespace

LockOwner this_process() { return {runtime::host_name(), ::getpid(), look_up(::getpid()).started, runtime::utc_now()}; }

bool may_live(const LockOwner& owner) {
  if (owner.host != runtime::host_name()) return true;
  if (::kill(static_cast<pid_t>(owner.process), 0) != 0 && errno == ESRCH) return false;
  const Process process = look_up(owner.process);
  if (process.state == 'Z' || process.state == 'X') return false;  // dead, only not yet waited for
  return process.started.empty() || owner.started.empty() || process.started == owner.started;
}

std::string to_json(const LockOwner& owner) {
  const nlohmann::ordered_json json = {
      {"host", owner.host}, {"process", owner.process}, {"started", owner.started}, {"since", owner.since}};
  return json.dump(2) + "\n";
}

bool from_json(const std::string& text, LockOwner& owner) {
  const nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
  try {
    owner = {json.at("host"), json.at("process"), json.at("started"), json.at("since")};
  } catch (const nlohmann::json::exception&) {
    return false;
  }
  return owner.process > 0;
}

}  // namespace meridian::storage
