#include "runtime/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "runtime/log.hpp"

namespace meridian::runtime {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds terminal_pause{200};
constexpr std::chrono::seconds log_pause{10};

std::string bar_text(double share) {
  constexpr int width = 24;
  const int full = std::clamp(static_cast<int>(share * width), 0, width);
  const std::string head = full < width ? ">" : "";
  return fmt::format("[{:{}}] ", std::string(static_cast<std::size_t>(full), '=') + head, width);
}

}  // namespace

std::string duration_text(double seconds) {
  const auto whole = static_cast<long long>(std::llround(std::max(seconds, 0.0)));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  return fmt::format("{} h {:02} min", whole / 3600, whole % 3600 / 60);
}

std::string progress_line(const std::string& what, const std::string& unit, std::size_t done, std::size_t total,
                          std::size_t before, double seconds, bool bar) {
  const double share = total == 0 ? 1.0 : static_cast<double>(done) / static_cast<double>(total);
  std::string line = fmt::format("{}  {}{}/{} {}", what, bar ? bar_text(share) : "", done, total, unit);
  if (done <= before || seconds <= 0) return line;
  const double rate = static_cast<double>(done - before) / seconds;
  line += fmt::format("  {:.3g} {}/s", rate, unit);
  if (done < total) return line + fmt::format("  {} left", duration_text(static_cast<double>(total - done) / rate));
  return line + fmt::format("  in {}", duration_text(seconds));
}

Progress::Progress(std::string what, std::string unit, std::size_t total, std::size_t done_before)
    : what_(std::move(what)),
      unit_(std::move(unit)),
      total_(total),
      before_(done_before),
      done_(done_before),
      start_(Clock::now()),
      shown_(start_),
      terminal_(on_terminal()) {}

Progress::~Progress() { show(true); }

void Progress::advance_to(std::size_t done) {
  done_ = done;
  const auto now = Clock::now();
  if (now - shown_ < (terminal_ ? Clock::duration(terminal_pause) : Clock::duration(log_pause))) return;
  shown_ = now;
  show(false);
}

void Progress::show(bool last) {
  const double seconds = std::chrono::duration<double>(Clock::now() - start_).count();
  const std::string line = progress_line(what_, unit_, done_, total_, before_, seconds, terminal_ && !last);
  if (terminal_ && !last) return status(line);
  if (last) status("");
  info(line);
}

}  // namespace meridian::runtime
