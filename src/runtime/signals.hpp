#pragma once
// SIGTERM, SIGINT and SIGUSR1 ask for a clean stop; long work looks at stop_requested() between units.
namespace meridian::runtime {

/// Installs the handlers once (main).
void install_signal_handlers();
bool stop_requested();
/// For --max-time and tests.
void request_stop();

/// While it lives a request ends the process at once, with exit code 75: for work of one process that has written
/// nothing before it is done. So does one that came before.
class StopAtOnce {
 public:
  StopAtOnce();
  ~StopAtOnce();
  StopAtOnce(const StopAtOnce&) = delete;
  StopAtOnce& operator=(const StopAtOnce&) = delete;
};

}  // namespace meridian::runtime
