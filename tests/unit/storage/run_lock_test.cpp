#include "storage/run_lock.hpp"

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>

#include "error.hpp"
#include "runtime/signals.hpp"
#include "storage/heartbeat.hpp"
#include "storage/lock_owner.hpp"
#include "support/scratch_folder.hpp"

using namespace meridian;
using storage::LockOwner;
using storage::RunLock;
using tests::ScratchFolder;

namespace {

/// A process of this host that has ended and been waited for.
LockOwner ended_process() {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(0);
  LockOwner owner = storage::this_process();
  owner.process = child;
  ::waitpid(child, nullptr, 0);
  return owner;
}

void write_lock(const ScratchFolder& folder, const LockOwner& owner) {
  folder.write("lock.json", storage::to_json(owner));
}

std::string refusal(const ScratchFolder& folder) {
  return tests::message_of<InputError>([&] { RunLock lock(folder.path(), {0.1, 10, 90}); });
}

}  // namespace

TEST_CASE("a lock stands while its owner lives and goes with it") {
  const ScratchFolder folder;
  {
    const RunLock lock(folder.path());
    LockOwner owner;
    REQUIRE(storage::from_json(tests::bytes_of(folder.path() / "lock.json"), owner));
    CHECK(owner.process == ::getpid());
    CHECK_THAT(refusal(folder), Catch::Contains("process " + std::to_string(::getpid())) &&
                                    Catch::Contains("on " + owner.host) && Catch::Contains(owner.since));
  }
  CHECK(std::filesystem::is_empty(folder.path()));
  CHECK(refusal(folder) == "");
}

TEST_CASE("the run folder is made when it is not there") {
  const ScratchFolder folder;
  const RunLock lock(folder.path() / "runs" / "new");
  CHECK(std::filesystem::exists(folder.path() / "runs" / "new" / "lock.json"));
}

TEST_CASE("folders that were made for a lock go with it unless something was written there") {
  const ScratchFolder folder;
  const std::filesystem::path run = folder.path() / "runs" / "new";
  { const RunLock lock(run); }
  CHECK(std::filesystem::is_empty(folder.path()));
  std::filesystem::create_directory(folder.path() / "runs");
  { const RunLock lock(run); }
  CHECK(std::filesystem::is_empty(folder.path() / "runs"));
  {
    const RunLock lock(run);
    folder.write("runs/new/run.json", "{}");
  }
  CHECK(std::filesystem::exists(run / "run.json"));
}

TEST_CASE("a dead owner's lock is taken over") {
  const ScratchFolder folder;
  write_lock(folder, ended_process());
  CHECK(refusal(folder) == "");
}

TEST_CASE("whoever died while taking over does not keep others from it for ever") {
  const ScratchFolder folder;
  write_lock(folder, ended_process());
  folder.write("lock.json.takeover", "");
  CHECK_THAT(refusal(folder), Catch::Contains("at work here since"));
  CHECK(tests::message_of<InputError>([&] { RunLock lock(folder.path(), {5, 10, 0.3}); }) == "");
  CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("a process number that was given to another process does not keep a lock") {
  const ScratchFolder folder;
  LockOwner owner = storage::this_process();
  CHECK(storage::may_live(owner));
  owner.started = "an-earlier-boot/12345";
  CHECK_FALSE(storage::may_live(owner));
  write_lock(folder, owner);
  CHECK(refusal(folder) == "");
}

TEST_CASE("an owner that ended but was not waited for is dead") {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(0);
  siginfo_t info;
  REQUIRE(::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT) == 0);
  LockOwner owner = storage::this_process();
  owner.process = child;
  owner.started = "";
  CHECK_FALSE(storage::may_live(owner));
  ::waitpid(child, nullptr, 0);
}

TEST_CASE("an owner on another host that gives signs of life is refused, and the message says what to remove") {
  const ScratchFolder folder;
  write_lock(folder, {"elsewhere", 4711, "boot/1", "2026-11-21T04:30:00Z"});
  const storage::Heartbeat far_away(folder.path() / "lock.json", 0.05);
  const std::string message = tests::message_of<InputError>([&] { RunLock lock(folder.path(), {0.5, 0.05, 20}); });
  CHECK_THAT(message, Catch::Contains("process 4711 on elsewhere") && Catch::Contains("2026-11-21T04:30:00Z") &&
                          Catch::Contains("lock.json") && Catch::Contains("remove the file"));
}

TEST_CASE("an owner on another host that is silent is gone") {
  const ScratchFolder folder;
  write_lock(folder, {"elsewhere", 4711, "boot/1", "2026-11-21T04:30:00Z"});
  const auto start = std::chrono::steady_clock::now();
  CHECK(tests::message_of<InputError>([&] { RunLock lock(folder.path(), {0.1, 10, 0.5}); }) == "");
  CHECK(std::chrono::steady_clock::now() - start > std::chrono::milliseconds(300));
}

TEST_CASE("an owner that was taken over leaves the other's lock alone and stops") {
  const ScratchFolder folder;
  const pid_t child = ::fork();
  if (child == 0) {
    {
      const RunLock lock(folder.path(), {0.1, 0.05, 90});
      folder.write("other.json", storage::to_json({"elsewhere", 4711, "boot/1", ""}));
      std::filesystem::rename(folder.path() / "other.json", folder.path() / "lock.json");
      ::usleep(400000);
    }
    ::_exit(runtime::stop_requested() && std::filesystem::exists(folder.path() / "lock.json") ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  CHECK(WEXITSTATUS(status) == 0);
}

TEST_CASE("a lock that names nobody is not removed silently") {
  const ScratchFolder folder;
  for (const char* text : {"", "{}", "[1, 2]", "{\"host\": 3}", "junk"}) {
    folder.write("lock.json", text);
    CHECK_THAT(refusal(folder), Catch::Contains("names no process"));
  }
}

TEST_CASE("a live owner is awaited") {
  const ScratchFolder folder;
  const pid_t child = ::fork();
  if (child == 0) {
    const RunLock lock(folder.path(), {0, 10, 90});
    ::usleep(400000);
    ::kill(::getpid(), SIGKILL);  // ends without removing the lock
  }
  while (!std::filesystem::exists(folder.path() / "lock.json")) ::usleep(1000);
  const auto start = std::chrono::steady_clock::now();
  CHECK(tests::message_of<InputError>([&] { RunLock lock(folder.path(), {20, 10, 90}); }) == "");
  CHECK(std::chrono::steady_clock::now() - start > std::chrono::milliseconds(200));
  ::waitpid(child, nullptr, 0);
}

TEST_CASE("of many processes that find a dead owner's lock one at a time owns the folder") {
  const ScratchFolder folder;
  constexpr int processes = 8;
  for (int round = 0; round < 5; ++round) {
    write_lock(folder, ended_process());
    std::vector<pid_t> children;
    for (int i = 0; i < processes; ++i) {
      const pid_t child = ::fork();
      if (child == 0) {
        int code = 0;
        try {
          const RunLock lock(folder.path(), {20, 10, 90});
          // Who owns the folder can make this folder: it is there only while somebody works.
          if (::mkdir((folder.path() / "working").c_str(), 0777) != 0) code = 1;
          ::usleep(2000);
          ::rmdir((folder.path() / "working").c_str());
        } catch (...) {
          code = 2;
        }
        ::_exit(code);
      }
      children.push_back(child);
    }
    for (const pid_t child : children) {
      int status = 0;
      ::waitpid(child, &status, 0);
      CHECK(WEXITSTATUS(status) == 0);
    }
  }
}
