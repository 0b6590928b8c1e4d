#include "commands/program.hpp"
#include "parallel/session.hpp"
#include "runtime/machine.hpp"
#include "runtime/signals.hpp"

int main(int argc, char** argv) {
  meridian::runtime::require_instruction_set();
  meridian::runtime::install_signal_handlers();
  const meridian::parallel::Session session(argc, argv);
  return meridian::commands::run({argv + 1, argv + argc}, session);
}
