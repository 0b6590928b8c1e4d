#include "runtime/watchdog.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <string>
#include <utility>

#include "error.hpp"
#include "runtime/machine.hpp"

namespace meridian::runtime {
namespace {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

/// Units are renamed into the folder, which changes its time; no folder yet: the beginning of time.
std::filesystem::file_time_type last_finished(const std::filesystem::path& folder) {
  std::error_code problem;
  const auto time = std::filesystem::last_write_time(folder, problem);
  return problem ? std::filesystem::file_time_type::min() : time;
}

/// write() and _exit(): nothing that could wait for another thread, or for MPI.
[[noreturn]] void end_process(const std::filesystem::path& folder, double seconds) {
  const std::string message = fmt::format(
      "error: {}: this rank has waited {:.0f} s for the others while nothing was finished in {}: a node or the network "
      "between nodes was lost. Everything finished is kept; run the same command again (MERIDIAN_SILENT_SECONDS sets "
      "the limit).\n",
      host_name(), seconds, folder.string());
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, message.data(), message.size());
  ::_exit(static_cast<int>(ExitCode::stopped));
}

}  // namespace

double silent_seconds() {
  const char* const text = std::getenv("MERIDIAN_SILENT_SECONDS");
  if (text == nullptr || *text == '\0') return 3600;
  char* rest = nullptr;
  const double seconds = std::strtod(text, &rest);
  if (*rest != '\0' || !(seconds >= 0) || std::isinf(seconds))
    throw InputError("MERIDIAN_SILENT_SECONDS", std::string("'") + text + "'", "a number of seconds from 0",
                     "Correct or unset it.");
  return seconds;
}

Watchdog::Watchdog(std::filesystem::path folder, double seconds) : folder_(std::move(folder)), seconds_(seconds) {
  if (seconds_ > 0) thread_ = std::thread([this] { watch(); });
}

Watchdog::~Watchdog() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    ended_ = true;
  }
  end_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Watchdog::watch() {
  const Seconds pause(std::clamp(seconds_ / 10, 0.01, 10.0));
  auto quiet_since = Clock::now();
  auto seen = last_finished(folder_);
  std::unique_lock<std::mutex> lock(mutex_);
  while (!end_.wait_for(lock, pause, [this] { return ended_; })) {
    const auto now = last_finished(folder_);
    if (!waiting_ || now != seen) quiet_since = Clock::now();
    seen = now;
    if (Seconds(Clock::now() - quiet_since).count() > seconds_) end_process(folder_, seconds_);
  }
}

}  // namespace meridian::runtime
