// parallel_checks CHECK: broadcast, gather, maximum or counter, or one of the ways for a run to end (endings.sh).
#include <chrono>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <thread>

#include "checks.hpp"
#include "error.hpp"
#include "parallel/outcome.hpp"
#include "runtime/signals.hpp"

using namespace meridian;

namespace {

void sleep_seconds(int seconds) { std::this_thread::sleep_for(std::chrono::seconds(seconds)); }

/// Works in small units until a signal; ranks agree, then stop together as a real command does.
void work_until_stopped(const parallel::Communicator& world) {
  for (int unit = 0; unit < 600; ++unit) {
    if (world.maximum(runtime::stop_requested() ? 1 : 0) == 1) throw Stopped("unit by unit, as asked");
    if (unit == 0 && world.is_root()) std::fputs("at work\n", stderr);
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  throw std::runtime_error("no signal came within 30 seconds");
}

void end_as(const std::string& name, const parallel::Communicator& world) {
  const bool last = world.rank() == world.size() - 1;
  if (name == "all-fail") throw InputError("the same on every rank");
  if (name == "late-root" && world.is_root()) std::this_thread::sleep_for(std::chrono::milliseconds(300));
  if (name == "late-root") throw InputError("the same on every rank");
  if (name == "one-fails" && last) throw VerificationError("only this rank");
  if (name == "one-fails") world.barrier();  // waits for ever, unless the failing rank ends all
  if (name == "one-throws" && last) throw std::runtime_error("not foreseen");
  if (name == "one-throws") sleep_seconds(60);
  if (name == "fails-while-counting") {
    const auto counter = world.counter();
    if (last) throw InputError("inside the loop");
    world.barrier();
  }
  if (name == "stopped") {
    const auto counter = world.counter();
    counter->next();
    throw Stopped("all units so far are kept");
  }
  if (name == "one-stopped" && last) throw Stopped("the others were just done");
  if (name == "until-signal") work_until_stopped(world);
}

bool is_ending(const std::string& name) {
  for (const char* check : {"broadcast", "gather", "maximum", "counter"})
    if (name == check) return false;
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  runtime::install_signal_handlers();
  const parallel::Session session(argc, argv);
  const std::string name = argc > 1 ? argv[1] : "";
  const parallel::Outcome outcome = parallel::attempt(
      [&] { return is_ending(name) ? end_as(name, session.world()) : checks::run(name, session.world()); });
  return parallel::conclude(session, outcome, true);
}
