#pragma once
// Progress of long work: on a terminal a bar with rate and remaining time, in a log a line now and then.
#include <chrono>
#include <cstddef>
#include <string>

namespace meridian::runtime {

class Progress {
 public:
  /// `what` in words ("similarity"), `unit` what is counted ("blocks"); done_before: finished in an earlier run.
  Progress(std::string what, std::string unit, std::size_t total, std::size_t done_before = 0);
  /// Prints the last line.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  /// `done` counts from zero and includes done_before. Cheap enough to call after every unit; not from several threads.
  void advance_to(std::size_t done);

 private:
  void show(bool last);
  std::string what_, unit_;
  std::size_t total_, before_, done_;
  std::chrono::steady_clock::time_point start_, shown_;
  bool terminal_;
};

/// "similarity  [=====>    ] 50/100 blocks  12.5 blocks/s  4 s left". The rate counts the work since `before`.
std::string progress_line(const std::string& what, const std::string& unit, std::size_t done, std::size_t total,
                          std::size_t before, double seconds, bool bar);
/// "45 s", "12 min 05 s", "3 h 07 min".
std::string duration_text(double seconds);

}  // namespace meridian::runtime
