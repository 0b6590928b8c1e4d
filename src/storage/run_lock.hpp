#pragma once
// Who works in a run folder.
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "storage/heartbeat.hpp"

namespace meridian::storage {

/// Seconds. Network file systems may show a file's time up to a minute late: an owner is silent only well after that.
struct LockPatience {
  double living = 10;  ///< how long a living owner is awaited
  double beat = 10;    ///< how often an owner gives a sign of life
  double silent = 90;  ///< an owner on another host without one for so long is gone
};

/// One owner per run folder, told by lock.json (host, process, its start, since when). A dead owner's lock is taken
/// over: on the same host when there is no such process, on another one when the file's time, which a living owner sets
/// again and again, stands still. A living owner is awaited for a while, then InputError naming host, process and since
/// when. An owner that was taken over asks its own process to stop. Folders that were made for the lock and in which
/// nothing else was written, because the input was refused, go with it.
class RunLock {
 public:
  explicit RunLock(const std::filesystem::path& run, const LockPatience& patience = {});
  ~RunLock();
  RunLock(const RunLock&) = delete;
  RunLock& operator=(const RunLock&) = delete;

 private:
  /// The folders that were not there, outermost first; removed at the end as far as they are empty.
  struct MadeFolders {
    std::vector<std::filesystem::path> made;
    explicit MadeFolders(const std::filesystem::path& run);
    ~MadeFolders();
    MadeFolders(const MadeFolders&) = delete;
    MadeFolders& operator=(const MadeFolders&) = delete;
  };
  MadeFolders folders_;  ///< first: it goes last, also where the lock was refused
  std::filesystem::path file_;
  std::unique_ptr<Heartbeat> heartbeat_;
};

}  // namespace meridian::storage
