// Creating: the lock is written under another name and linked to its own, so it appears whole or not at all.
// Taking over: only processes of the dead owner's host may, and they agree through flock() on the dead lock's inode;
// who gets it looks whether the name still means that inode, and replaces it by rename.
#include "storage/run_lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>
#include <sstream>
#include <thread>

#include "error.hpp"
#include "findings/files.hpp"
#include "runtime/log.hpp"
#include "runtime/signals.hpp"
#include "storage/lock_owner.hpp"

namespace meridian::storage {
namespace {

namespace fs = std::filesystem;

/// Our claim beside the lock, removed whatever happens.
class Claim {
 public:
  Claim(const fs::path& lock, const LockOwner& owner)
      : file_(fmt::format("{}.{}.{}", lock.string(), owner.host, owner.process)) {
    findings::write_text(file_, to_json(owner));
  }
  ~Claim() { ::unlink(file_.c_str()); }
  Claim(const Claim&) = delete;
  Claim& operator=(const Claim&) = delete;
  const fs::path& file() const { return file_; }

 private:
  fs::path file_;
};

/// The lock as it stands, held open so that its inode stays the same.
class StandingLock {
 public:
  explicit StandingLock(const fs::path& file) : file_(file), descriptor_(::open(file.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~StandingLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  StandingLock(const StandingLock&) = delete;
  StandingLock& operator=(const StandingLock&) = delete;

  bool exists() const { return descriptor_ >= 0; }
  bool read(LockOwner& owner) const {
    char text[4096];
    const ssize_t count = ::pread(descriptor_, text, sizeof text, 0);
    return count > 0 && from_json(std::string(text, static_cast<std::size_t>(count)), owner);
  }
  /// Replaces the lock by the claim unless somebody else was faster.
  bool replace_by(const Claim& claim) const {
    if (::flock(descriptor_, LOCK_EX) != 0) return false;
    struct stat held {
    }, named{};
    const bool still = ::fstat(descriptor_, &held) == 0 && ::stat(file_.c_str(), &named) == 0 &&
                       held.st_ino == named.st_ino && held.st_dev == named.st_dev;
    return still && ::rename(claim.file().c_str(), file_.c_str()) == 0;
  }

 private:
  fs::path file_;
  int descriptor_;
};

/// One attempt: true if the lock is ours now; otherwise who holds it.
bool try_to_own(const fs::path& file, const Claim& claim, LockOwner& holder) {
  if (::link(claim.file().c_str(), file.c_str()) == 0) return true;
  if (errno != EEXIST)
    throw InputError(file.string() + ": cannot be created (" + std::strerror(errno) +
                     "). Choose a folder on a file system with hard links with --out.");
  const StandingLock standing(file);
  holder = {};
  if (!standing.exists() || !standing.read(holder) || may_live(holder)) return false;
  if (!standing.replace_by(claim)) return false;
  runtime::info(fmt::format("taking over the run folder from process {} on {}, which ended without notice",
                            holder.process, holder.host));
  return true;
}

[[noreturn]] void give_up(const fs::path& file, const LockOwner& holder) {
  if (holder.process == 0)
    throw InputError(file.string(), "a lock that names no process", "the lock of a run",
                     "If nothing works in this folder, remove the file and run again.");
  throw InputError(file.string(),
                   fmt::format("process {} on {}, at work here since {}", holder.process, holder.host, holder.since),
                   "no other run in this folder",
                   "Wait for it, or choose another folder with --out. If it is certainly gone, remove the file.");
}

}  // namespace

RunLock::RunLock(const fs::path& run, double patience_seconds) : file_(run / "lock.json") {
  using clock = std::chrono::steady_clock;
  const auto deadline = clock::now() + std::chrono::duration<double>(patience_seconds);
  const Claim claim(file_, this_process());
  LockOwner holder;
  while (!try_to_own(file_, claim, holder)) {
    if (runtime::stop_requested()) throw Stopped("stopped while waiting for the run folder " + run.string());
    if (clock::now() >= deadline) give_up(file_, holder);
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
}

RunLock::~RunLock() { ::unlink(file_.c_str()); }

}  // namespace meridian::storage
