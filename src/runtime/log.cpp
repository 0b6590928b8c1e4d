#include "runtime/log.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string_view>

namespace meridian::runtime {
namespace {

/// The state of one terminal; the process has only one standard error.
struct Terminal {
  std::mutex mutex;
  bool quiet = false;
  std::string status;
};

Terminal& terminal() {
  static Terminal only;
  return only;
}

constexpr const char* erase_line = "\r\x1b[K";

void print(std::string_view prefix, const std::string& line) {
  Terminal& state = terminal();
  const std::lock_guard lock(state.mutex);
  if (state.quiet) return;
  const char* const erase = state.status.empty() ? "" : erase_line;
  fmt::print(stderr, "{}{}{}\n{}", erase, prefix, line, state.status);
  std::fflush(stderr);
}

}  // namespace

void mute(bool quiet) {
  const std::lock_guard lock(terminal().mutex);
  terminal().quiet = quiet;
}

bool muted() {
  const std::lock_guard lock(terminal().mutex);
  return terminal().quiet;
}

void info(const std::string& line) { print("", line); }
void warning(const std::string& line) { print("warning: ", line); }

bool on_terminal() {
  const char* const kind = std::getenv("TERM");
  return ::isatty(STDERR_FILENO) == 1 && kind != nullptr && std::string_view(kind) != "dumb";
}

void status(const std::string& line) {
  Terminal& state = terminal();
  const std::lock_guard lock(state.mutex);
  if (state.quiet || (line.empty() && state.status.empty())) return;
  fmt::print(stderr, "{}{}", erase_line, line);
  std::fflush(stderr);
  state.status = line;
}

}  // namespace meridian::runtime
