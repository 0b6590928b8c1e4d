#pragma once
// What a run will take, from what a piece of it took here.
#include <cstddef>

namespace meridian::scheduling {

/// One job, as far as its cost goes.
struct Workload {
  std::size_t blocks = 0;      ///< of similarity
  std::size_t fits = 0;        ///< analyses with a mixed model
  std::size_t replicates = 0;  ///< of all bootstraps together
};

/// Costs of the pieces on one processor.
struct Costs {
  double block_seconds = 0;      ///< measured: one block computed and written
  double read_seconds = 0;       ///< measured: one block read back
  double block_bytes = 0;        ///< measured: its file
  double memory_bytes = 0;       ///< measured: peak of a process that read the answers and computed a block
  double fit_seconds = 0;        ///< stated by the user: one mixed model with its tables
  double replicate_seconds = 0;  ///< stated by the user: one refit
};

struct Estimate {
  double similarity_seconds = 0;  ///< on one processor
  double serial_seconds = 0;      ///< analyses and report: the first rank alone
  double resampling_seconds = 0;  ///< on one processor
  double disk_bytes = 0;
  double memory_bytes = 0;  ///< per rank
};

Estimate estimate(const Workload& work, const Costs& costs);
/// Two jobs one after the other: times and disk add up, memory is the larger one.
Estimate operator+(const Estimate& first, const Estimate& second);

/// Wall time in seconds on `ranks` ranks: parallel work is shared evenly, the rest is not (Amdahl 1967).
double wall_seconds(const Estimate& estimate, int ranks);

/// The largest power of two, at most `units`, whose last doubling still saved a tenth of the wall time.
int useful_ranks(const Estimate& estimate, std::size_t units);

/// Time to ask a batch system for, minutes: twice the estimate, at least 10, rounded up to 5. A job that needs more
/// goes back to the queue and loses nothing, so the estimate need not be right.
int minutes_to_ask(double seconds);

/// Memory per rank to ask for, megabytes: half as much again as measured, plus 200, rounded up to 100.
int megabytes_to_ask(double bytes);

}  // namespace meridian::scheduling
