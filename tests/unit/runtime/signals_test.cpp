#include "runtime/signals.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>

using namespace meridian::runtime;

namespace {

/// Runs `action` in a process of its own, for a stop once requested stays so; returns its exit code or -signal.
template <class Action>
int in_child(Action action) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(action());
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

}  // namespace

TEST_CASE("TERM, INT and USR1 ask for a stop, also twice, and nothing else does") {
  for (const int signal : {SIGTERM, SIGINT, SIGUSR1}) {
    CHECK(in_child([&] {
            install_signal_handlers();
            if (stop_requested()) return 1;
            ::raise(signal);
            ::raise(signal);
            return stop_requested() ? 42 : 2;
          }) == 42);
  }
  CHECK(in_child([] {
          install_signal_handlers();
          ::raise(SIGUSR2);
          return 0;
        }) == -SIGUSR2);
}

TEST_CASE("a read that a signal interrupts goes on") {
  CHECK(in_child([] {
          install_signal_handlers();
          int ends[2];
          if (::pipe(ends) != 0) return 1;
          const pid_t parent = ::getpid();
          if (::fork() == 0) {
            ::usleep(50000);
            ::kill(parent, SIGUSR1);
            ::usleep(50000);
            ::_exit(::write(ends[1], "x", 1) == 1 ? 0 : 1);
          }
          char byte = 0;
          const bool whole = ::read(ends[0], &byte, 1) == 1 && byte == 'x';
          return whole && stop_requested() ? 42 : 2;
        }) == 42);
}

TEST_CASE("a stop can be requested from within") {
  CHECK(in_child([] {
          request_stop();
          return stop_requested() ? 42 : 2;
        }) == 42);
  CHECK_FALSE(stop_requested());
}

TEST_CASE("work that has written nothing ends at once, with exit code 75") {
  CHECK(in_child([] {
          install_signal_handlers();
          const StopAtOnce stop;
          ::raise(SIGTERM);
          return 1;
        }) == 75);
  CHECK(in_child([] {
          install_signal_handlers();
          ::raise(SIGTERM);
          const StopAtOnce stop;
          return 1;
        }) == 75);
  CHECK(in_child([] {
          install_signal_handlers();
          { const StopAtOnce stop; }
          ::raise(SIGTERM);
          return stop_requested() ? 42 : 2;
        }) == 42);
}
