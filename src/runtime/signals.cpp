#include "runtime/signals.hpp"

#include <unistd.h>

#include <atomic>
#include <csignal>

#include "error.hpp"

namespace meridian::runtime {
namespace {

// A handler may touch nothing but lock-free atomics.
std::atomic<bool> stop{false}, at_once{false};
static_assert(std::atomic<bool>::is_always_lock_free);

constexpr char kStopped[] = "stopped: nothing was written. Run the same command again.\n";

extern "C" void note_stop(int) {
  stop.store(true, std::memory_order_relaxed);
  if (!at_once.load(std::memory_order_relaxed)) return;
  // Of all that a program may call, write and _exit are among the few that a handler may.
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, kStopped, sizeof kStopped - 1);
  ::_exit(static_cast<int>(ExitCode::stopped));
}

}  // namespace

void install_signal_handlers() {
  struct sigaction action {};
  action.sa_handler = note_stop;
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_RESTART;  // reads and writes go on: the unit in work is finished
  for (const int signal : {SIGTERM, SIGINT, SIGUSR1}) sigaction(signal, &action, nullptr);
}

bool stop_requested() { return stop.load(std::memory_order_relaxed); }

void request_stop() { stop.store(true, std::memory_order_relaxed); }

StopAtOnce::StopAtOnce() {
  at_once.store(true, std::memory_order_relaxed);
  if (stop_requested()) note_stop(0);  // one came before
}

StopAtOnce::~StopAtOnce() { at_once.store(false, std::memory_order_relaxed); }

}  // namespace meridian::runtime
