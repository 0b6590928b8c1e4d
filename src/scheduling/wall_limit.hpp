#pragma once
// The end of a job, known beforehand: work stops in good order instead of being killed.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace meridian::scheduling {

/// Seconds that a rank needs to end in order: the unit in hand, the word of all ranks, the requeue.
inline constexpr double kTimeToEnd = 30;

class WallLimit {
 public:
  /// `end`: seconds since 1970, 0 for no limit; `units`: all that are to be computed.
  WallLimit(std::int64_t end, std::size_t units);
  /// True once the time to end has come.
  bool reached() const;
  /// Once, when the rate of the first `done` units (of all ranks) says that the rest does not fit: what to expect, as
  /// one line. Else "". The rate is looked at when a second has passed.
  std::string forecast(std::size_t done);

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point start_, limit_;
  std::size_t units_;
  bool limited_, told_ = false;
};

/// How many of `units` there will be after `left` seconds, when `done` of them took `seconds`; at most `units`.
std::size_t units_until(double left, std::size_t done, double seconds, std::size_t units);

}  // namespace meridian::scheduling
