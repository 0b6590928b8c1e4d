#pragma once
// The process that holds a lock, and whether it still lives.
#include <string>

namespace meridian::storage {

struct LockOwner {
  std::string host;
  long process = 0;
  std::string started;  ///< boot and clock tick of the process's start: a reused process number is told apart
  std::string since;    ///< UTC time
};

LockOwner this_process();
/// False only if it ran on this host and is certainly gone.
bool may_live(const LockOwner& owner);
std::string to_json(const LockOwner& owner);
/// False if the text is not an owner's.
bool from_json(const std::string& text, LockOwner& owner);

}  // namespace meridian::storage
