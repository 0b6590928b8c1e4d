#pragma once
// Who works in a run folder.
#include <filesystem>
#include <string>

namespace meridian::storage {

/// One owner per run folder, told by lock.json (host, process, its start, since when). A dead owner's lock (same host,
/// no such process) is taken over; a live one is awaited `patience_seconds`, then InputError naming host, process and
/// since when. An owner on another host cannot be asked and counts as alive: the message says what to remove.
class RunLock {
 public:
  explicit RunLock(const std::filesystem::path& run, double patience_seconds = 10);
  ~RunLock();
  RunLock(const RunLock&) = delete;
  RunLock& operator=(const RunLock&) = delete;

 private:
  std::filesystem::path file_;
};

}  // namespace meridian::storage
