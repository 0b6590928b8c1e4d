#pragma once
// What a run will take, from what its pieces took here.
#include <cstddef>
#include <vector>

namespace meridian::scheduling {

/// Costs of a job's pieces on one processor, in seconds of its time.
struct Costs {
  double start_seconds = 0;   ///< reading the answers: every process that works on the job
  double block_seconds = 0;   ///< one block of similarity computed and written
  double stream_seconds = 0;  ///< one block read back for the statistics of single cosines, all passes
  double digest_seconds = 0;  ///< one block read for the run's digest
  double block_bytes = 0;     ///< its file
  double memory_bytes = 0;    ///< peak of a process that did all of this
  double fit_seconds = 0;     ///< all models of the job with what is asked of them
  double table_seconds = 0;   ///< tables and texts of all analyses
  double report_seconds = 0;  ///< page and figures
};

/// One bootstrap or permutation test.
struct Replicates {
  double start_seconds = 0;  ///< what every process computes first
  double unit_seconds = 0;   ///< one unit of replicates
  std::size_t units = 0;
  double finish_seconds = 0;  ///< its tables, and what it adds to the page
};

struct Estimate {
  double start_seconds = 0;             ///< before any work, in every process
  double similarity_seconds = 0;        ///< on one processor, shared among ranks
  double serial_seconds = 0;            ///< analyses and report: the first rank alone
  double resampling_start_seconds = 0;  ///< before the replicates, in every process
  double resampling_seconds = 0;        ///< on one processor, shared among ranks
  double resampling_end_seconds = 0;    ///< their tables, a digest after each, and the page once more: one rank alone
  double disk_bytes = 0;
  double memory_bytes = 0;  ///< per rank
};

Estimate estimate(std::size_t blocks, const Costs& costs, const std::vector<Replicates>& replicates);
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
