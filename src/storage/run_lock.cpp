// Creating: the lock is written under another name and linked to its own, so it appears whole or not at all.
// Taking over: who finds the owner dead or silent agrees with others through a file that only one can create; who made
// it looks whether the lock still means the inode that was found silent, and replaces it by rename. No flock(): network
// file systems may have none, or one that other hosts do not see.
#include "storage/run_lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
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

double seconds_of(const timespec& time) {
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

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
  /// The file system's own clock: other hosts' clocks may differ from ours.
  double now() const {
    ::utimensat(AT_FDCWD, file_.c_str(), nullptr, 0);
    struct stat own {};
    return ::stat(file_.c_str(), &own) == 0 ? seconds_of(own.st_mtim) : 0;
  }

 private:
  fs::path file_;
};

/// The right to take over, of one process at a time. Who died with it is waited for as long as for a silent owner.
class Takeover {
 public:
  Takeover(const fs::path& lock, const Claim& claim, double silent) : file_(lock.string() + ".takeover") {
    descriptor_ = ::open(file_.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
    struct stat other {};
    if (!ours() && ::stat(file_.c_str(), &other) == 0 && claim.now() - seconds_of(other.st_mtim) > silent)
      ::unlink(file_.c_str());  // the next attempt may have it
  }
  ~Takeover() {
    if (!ours()) return;
    ::close(descriptor_);
    ::unlink(file_.c_str());
  }
  Takeover(const Takeover&) = delete;
  Takeover& operator=(const Takeover&) = delete;
  bool ours() const { return descriptor_ >= 0; }

 private:
  fs::path file_;
  int descriptor_;
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
  /// When its owner last gave a sign of life, by the file system's clock.
  double last_sign() const {
    struct stat held {};
    return ::fstat(descriptor_, &held) == 0 ? seconds_of(held.st_mtim) : 0;
  }
  /// Replaces the lock by the claim unless somebody else was faster.
  bool replace_by(const Claim& claim, double silent) const {
    const Takeover takeover(file_, claim, silent);
    if (!takeover.ours()) return false;
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

/// Who holds the lock, and when it last gave a sign of life.
struct Holder {
  LockOwner owner;
  double last_sign = 0;
  bool elsewhere() const { return owner.process != 0 && owner.host != this_process().host; }
};

/// One attempt: true if the lock is ours now; otherwise who holds it.
bool try_to_own(const fs::path& file, const Claim& claim, double silent, Holder& holder) {
  if (::link(claim.file().c_str(), file.c_str()) == 0) return true;
  if (errno != EEXIST)
    throw InputError(file.string() + ": cannot be created (" + std::strerror(errno) +
                     "). Choose a folder on a file system with hard links with --out.");
  const StandingLock standing(file);
  holder = {};
  if (!standing.exists() || !standing.read(holder.owner)) return false;
  holder.last_sign = standing.last_sign();
  const bool gone = holder.elsewhere() && claim.now() - holder.last_sign > silent;
  if ((may_live(holder.owner) && !gone) || !standing.replace_by(claim, silent)) return false;
  runtime::info(fmt::format("taking over the run folder from process {} on {}, which ended without notice",
                            holder.owner.process, holder.owner.host));
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

/// Until when it is worth waiting: a silent owner on another host may turn out to be gone, a living one is awaited only
/// a little.
class Deadline {
 public:
  explicit Deadline(const LockPatience& patience) : patience_(patience) {}
  bool passed(const Holder& holder) {
    if (first_sign_ == 0) first_sign_ = holder.last_sign;
    const bool silent = holder.elsewhere() && holder.last_sign == first_sign_;
    if (silent && !told_) {
      runtime::info(fmt::format("the run folder belongs to process {} on {}: waiting up to {:.0f} s for a sign of life",
                                holder.owner.process, holder.owner.host, patience_.silent));
      told_ = true;
    }
    const double limit = patience_.living + (silent ? patience_.silent : 0);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count() > limit;
  }

 private:
  LockPatience patience_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  double first_sign_ = 0;
  bool told_ = false;
};

}  // namespace

RunLock::MadeFolders::MadeFolders(const fs::path& run) {
  for (fs::path folder = run; !folder.empty() && !fs::exists(folder); folder = folder.parent_path())
    made.insert(made.begin(), folder);
}

RunLock::MadeFolders::~MadeFolders() {
  for (; !made.empty(); made.pop_back()) ::rmdir(made.back().c_str());  // refuses a folder that holds something
}

RunLock::RunLock(const fs::path& run, const LockPatience& patience) : folders_(run), file_(run / "lock.json") {
  Deadline deadline(patience);
  {
    const Claim claim(file_, this_process());
    Holder holder;
    while (!try_to_own(file_, claim, patience.silent, holder)) {
      if (runtime::stop_requested()) throw Stopped("stopped while waiting for the run folder " + run.string());
      if (deadline.passed(holder)) give_up(file_, holder.owner);
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  }
  heartbeat_ = std::make_unique<Heartbeat>(file_, patience.beat);
}

RunLock::~RunLock() {
  const bool ours = heartbeat_->stands();
  heartbeat_.reset();
  if (ours) ::unlink(file_.c_str());
}

}  // namespace meridian::storage
