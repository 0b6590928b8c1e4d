// CPU time of one library call: RQ1 from responses in memory to coefficients with Satterthwaite df. Beside it:
// tests/benchmark/peer_fit.R (lme4 + lmerTest on the same table).
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include "models/formula.hpp"
#include "models/mixed_model.hpp"
#include "support/mfq2_tables.hpp"

namespace {

using namespace meridian::models;

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

struct Times {
  double median = 0, smallest = 0;
};

template <class Work>
Times time_repeats(int repeats, const Work& work) {
  std::vector<double> seconds;
  for (int i = 0; i < repeats; ++i) {
    const double start = cpu_seconds();
    work();
    seconds.push_back(cpu_seconds() - start);
  }
  std::sort(seconds.begin(), seconds.end());
  return {seconds[seconds.size() / 2], seconds.front()};
}

void print(const std::string& what, const Times& times) {
  fmt::print("{:<46} median {:9.3f} ms   smallest {:9.3f} ms\n", what, 1e3 * times.median, 1e3 * times.smallest);
}

/// Responses of people by class, as the streaming analysis holds them: people x cells.
struct People {
  PooledDesign pooled;
  std::vector<ClassBlock> blocks;
};

People read_people() {
  const Frame frame = meridian::tests::mfq2_frame("mfq2", "rq1");
  const std::string formula =
      "cosine ~ Chinese_ppt * Chinese_origin + (Chinese_ppt + 1 | LLM) + (Chinese_origin + 1 | participant)";
  const Design design = build_design(parse_formula(formula), frame);
  People people{pool_levels(design, random_structure(design.random)), {}};
  for (const PooledClass& one : people.pooled.classes) people.blocks.push_back(one.block);
  return people;
}

std::vector<ClassMoments> gather(const People& people) {
  std::vector<ClassMoments> moments(people.blocks.size());
  for (std::size_t k = 0; k < moments.size(); ++k) moments[k].add_block(people.pooled.responses[k]);
  return moments;
}

}  // namespace

int main(int argc, char** argv) {
  const int repeats = argc > 1 ? std::atoi(argv[1]) : 1000;
  const double peer_seconds = argc > 2 ? std::atof(argv[2]) : 0;
  const People people = read_people();
  const Design& design = people.pooled.design;
  const std::string& factor = people.pooled.factor;
  const std::vector<ClassMoments> ready = gather(people);
  Fit fit;
  print("statistics of 1 032 people x 20 cells", time_repeats(repeats, [&] { gather(people); }));
  print("fit and Satterthwaite df",
        time_repeats(repeats, [&] { fit = fit_mixed(design, factor, people.blocks, ready); }));
  const Times both = time_repeats(repeats, [&] { fit = fit_mixed(design, factor, people.blocks, gather(people)); });
  print("statistics, fit and df", both);
  fmt::print("criterion {:.6f}, {} evaluations, df of the intercept {:.4f}\n", fit.criterion, fit.evaluations,
             fit.coefficients.front().df);
  if (peer_seconds > 0) fmt::print("peer {:.3f} s: ratio {:.0f}\n", peer_seconds, peer_seconds / both.median);
}
