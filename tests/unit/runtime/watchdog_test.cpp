#include "runtime/watchdog.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <cstdlib>
#include <fstream>

#include "error.hpp"
#include "support/scratch_folder.hpp"

using namespace meridian;
using runtime::Watchdog;

namespace {

constexpr double kLimit = 0.3;

void sleep_for(double seconds) { std::this_thread::sleep_for(std::chrono::duration<double>(seconds)); }

/// Exit code of a process of its own that does this under a watchdog; 0 if it comes to its end.
template <class Work>
int exit_code_of(const std::filesystem::path& folder, const Work& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    Watchdog watchdog(folder, kLimit);
    work(watchdog);
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

TEST_CASE("who waits in silence for too long is ended") {
  const tests::ScratchFolder scratch;
  const auto wait = [](Watchdog& watchdog) {
    const Watchdog::Waiting waiting(watchdog);
    sleep_for(20);
  };
  CHECK(exit_code_of(scratch.path(), wait) == 75);
  CHECK(exit_code_of(scratch.path() / "absent", wait) == 75);
}

TEST_CASE("own work may take as long as it likes, and others' as long as something is finished") {
  const tests::ScratchFolder scratch;
  CHECK(exit_code_of(scratch.path(), [](Watchdog&) { sleep_for(3 * kLimit); }) == 0);
  CHECK(exit_code_of(scratch.path(), [&](Watchdog& watchdog) {
          const Watchdog::Waiting waiting(watchdog);
          for (int unit = 0; unit < 12; ++unit) {
            sleep_for(kLimit / 4);
            std::ofstream(scratch.path() / std::to_string(unit));
          }
        }) == 0);
}

TEST_CASE("the limit comes from the environment") {
  ::unsetenv("MERIDIAN_SILENT_SECONDS");
  CHECK(runtime::silent_seconds() == 3600);
  ::setenv("MERIDIAN_SILENT_SECONDS", "2.5", 1);
  CHECK(runtime::silent_seconds() == 2.5);
  ::setenv("MERIDIAN_SILENT_SECONDS", "soon", 1);
  CHECK_THROWS_AS(runtime::silent_seconds(), InputError);
  ::unsetenv("MERIDIAN_SILENT_SECONDS");
}
