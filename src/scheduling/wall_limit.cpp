#include "scheduling/wall_limit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace meridian::scheduling {
namespace {

double seconds_between(std::chrono::steady_clock::time_point from, std::chrono::steady_clock::time_point to) {
  return std::chrono::duration<double>(to - from).count();
}

}  // namespace

std::size_t units_until(double left, std::size_t done, double seconds, std::size_t units) {
  if (seconds <= 0) return units;
  const double more = std::floor(std::max(left, 0.0) * static_cast<double>(done) / seconds);
  return more >= static_cast<double>(units - done) ? units : done + static_cast<std::size_t>(more);
}

WallLimit::WallLimit(std::int64_t end, std::size_t units)
    : start_(Clock::now()), limit_(start_), units_(units), limited_(end > 0) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const double left = static_cast<double>(end) - std::chrono::duration<double>(now).count() - kTimeToEnd;
  if (limited_) limit_ += std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(left));
}

bool WallLimit::reached() const { return limited_ && Clock::now() >= limit_; }

std::string WallLimit::forecast(std::size_t done) {
  const Clock::time_point now = Clock::now();
  const double seconds = seconds_between(start_, now);
  if (!limited_ || told_ || done == 0 || seconds < 1) return "";
  const std::size_t fitting = units_until(seconds_between(now, limit_), done, seconds, units_);
  if (fitting >= units_) return "";
  told_ = true;
  return fmt::format(
      "the job ends (SLURM_JOB_END_TIME) when about {} of {} units are done; the rest needs another start", fitting,
      units_);
}

}  // namespace meridian::scheduling
