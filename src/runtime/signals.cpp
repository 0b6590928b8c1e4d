#include "runtime/signals.hpp"

#include <atomic>
#include <csignal>

namespace meridian::runtime {
namespace {

// A handler may touch nothing but lock-free atomics.
std::atomic<bool> stop{false};
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void note_stop(int) { stop.store(true, std::memory_order_relaxed); }

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

}  // namespace meridian::runtime
