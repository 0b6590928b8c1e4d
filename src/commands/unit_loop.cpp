#include "commands/unit_loop.hpp"

#include <cstdlib>

#include "error.hpp"
#include "runtime/log.hpp"
#include "runtime/progress.hpp"
#include "runtime/signals.hpp"
#include "runtime/watchdog.hpp"
#include "scheduling/allocation.hpp"
#include "scheduling/wall_limit.hpp"

namespace meridian::commands {

void run_units(const UnitLoop& loop, const std::function<void(std::size_t unit)>& compute, const Context& context) {
  const std::size_t done_before = loop.total - loop.missing.size();
  const auto counter = context.world.counter();
  runtime::Watchdog watchdog(loop.folder, context.world.size() > 1 ? runtime::silent_seconds() : 0);
  const auto next_unit = [&] {
    const runtime::Watchdog::Waiting waiting(watchdog);
    return counter->next();
  };
  scheduling::WallLimit wall_limit(scheduling::allocation_from(std::getenv).end, loop.missing.size());
  {
    runtime::Progress progress(loop.what, loop.unit, loop.total, done_before);
    for (std::size_t next = next_unit(); next < loop.missing.size(); next = next_unit()) {
      compute(loop.missing[next]);
      progress.advance_to(done_before + next + 1);
      const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - loop.start;
      if (const std::string line = wall_limit.forecast(next + 1); !line.empty()) runtime::info(line);
      if ((loop.max_seconds > 0 && elapsed.count() > loop.max_seconds) || wall_limit.reached()) runtime::request_stop();
      if (runtime::stop_requested()) break;
    }
  }
  const runtime::Watchdog::Waiting waiting(watchdog);
  if (context.world.maximum(runtime::stop_requested() ? 1 : 0) == 1)
    throw Stopped("stopped early; everything finished is kept. Run the same command again to go on.");
}

void remove_damaged(const storage::UnitStore& store) {
  for (const std::size_t unit : storage::damaged_units(store)) {
    runtime::warning("damaged unit computed again: " + store.unit_path(unit).string());
    store.discard(unit);
  }
}

}  // namespace meridian::commands
