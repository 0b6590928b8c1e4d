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
  ~Progress();
  void advance_to(std::size_t done);

 private:
  void show(bool last);
  std::string what_, unit_;
  std::size_t total_, before_, done_;
  std::chrono::steady_clock::time_point start_, shown_;
};

}  // namespace meridian::runtime
