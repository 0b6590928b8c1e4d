#pragma once
// SIGTERM, SIGINT and SIGUSR1 ask for a clean stop; long work looks at stop_requested() between units.
namespace meridian::runtime {

/// Installs the handlers once (main).
void install_signal_handlers();
bool stop_requested();
/// For --max-time and tests.
void request_stop();

}  // namespace meridian::runtime
