#pragma once
// Ends a process that waits for others who will never answer: a lost node or a cut link is told by neither MPI nor the
// network, and every rank would wait until the job's time limit.
#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>

namespace meridian::runtime {

/// Seconds of silence that end a waiting process: MERIDIAN_SILENT_SECONDS, else 3600; 0: never. Throws InputError for
/// anything but a number from 0.
double silent_seconds();

class Watchdog {
 public:
  /// Looks at `folder`, where finished units appear by whoever computes them. 0 seconds: nothing is watched.
  Watchdog(std::filesystem::path folder, double seconds);
  ~Watchdog();
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

  /// While this lives the process does nothing but wait for others. When so long nothing was finished in the folder,
  /// says so on standard error and ends the process with exit code 75, without a word to MPI, which could not deliver
  /// it.
  class Waiting {
   public:
    explicit Waiting(Watchdog& watchdog) : watchdog_(watchdog) { watchdog_.waiting_ = true; }
    ~Waiting() { watchdog_.waiting_ = false; }
    Waiting(const Waiting&) = delete;
    Waiting& operator=(const Waiting&) = delete;

   private:
    Watchdog& watchdog_;
  };

 private:
  void watch();
  std::filesystem::path folder_;
  double seconds_;
  std::atomic<bool> waiting_{false};
  bool ended_ = false;
  std::mutex mutex_;
  std::condition_variable end_;
  std::thread thread_;
};

}  // namespace meridian::runtime
