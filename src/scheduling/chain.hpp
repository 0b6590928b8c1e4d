#pragma once
// A run as batch jobs: one job, or links of which each waits for the one before.
#include <cstddef>
#include <string>
#include <vector>

#include "scheduling/estimate.hpp"

namespace meridian::scheduling {

/// Replicates of one analysis that a job asks for.
struct Resampling {
  std::string command;               ///< that computes them: "bootstrap", "permute"
  std::string run;                   ///< folder of the run (of the whole, or one of its jobs), absolute
  std::string folder;                ///< below the run: "resampling/rq1-two-way"
  std::vector<std::string> options;  ///< of the command: --analysis rq1 --scheme two-way ...
  std::size_t units = 0;
};

struct Request {
  std::vector<std::string> replicate;  ///< options of meridian replicate without --out: --config FILE --data DIR ...
  std::string out;                     ///< folder of the run, absolute
  std::size_t blocks = 0;              ///< of the largest job
  std::vector<Resampling> resampling;
  int array = 1;  ///< tasks of the arrays; 1: one job does everything
  int ranks = 1;  ///< of a job that is no array task
};

/// One batch job.
struct Link {
  std::string name;                ///< "replicate"; "similarity", "models", "resampling", "report"
  int array = 0;                   ///< tasks; 0: no array
  int ranks = 1;                   ///< of the job, or of every task
  double seconds = 0;              ///< expected
  std::vector<std::string> lines;  ///< shell, after slurm/job.sh was read
};

/// The links that the request needs, in order: "replicate" alone, or "similarity" (array), "models" (merge, fit,
/// report) and, if the job asks for replicates, "resampling" (array) and "report" (merge).
std::vector<Link> chain(const Request& request, const Estimate& estimate);

/// Where the scripts find things; absolute paths.
struct Site {
  std::string home;        ///< holds slurm/job.sh
  std::string executable;  ///< meridian
  std::string logs;        ///< folder of the jobs' output
};

/// An sbatch script; site.home and site.executable give way to MERIDIAN_HOME and MERIDIAN_EXECUTABLE.
std::string batch_script(const Link& link, const Site& site, const Estimate& estimate);

/// One word of a POSIX shell, quoted if need be.
std::string shell_word(const std::string& text);

}  // namespace meridian::scheduling
