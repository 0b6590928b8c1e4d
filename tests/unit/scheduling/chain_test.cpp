#include "scheduling/chain.hpp"

#include <catch2/catch.hpp>

using namespace meridian::scheduling;
using Catch::Contains;

namespace {

Request request(int array, bool resampling) {
  Request r{{"--config", "/j/mfq2.ini", "--data", "/my data"}, "/runs/a", 10, {}, array, 4};
  if (resampling)
    r.resampling = {{"bootstrap", "/runs/a", "resampling/rq1-people", {"--analysis", "rq1"}, 7},
                    {"permute", "/runs/a", "resampling/rq1-permute-origin", {"--test", "origin"}, 1848}};
  return r;
}

std::vector<std::string> names(const std::vector<Link>& links) {
  std::vector<std::string> result;
  for (const Link& link : links) result.push_back(link.name);
  return result;
}

}  // namespace

TEST_CASE("only the links that are needed") {
  using Names = std::vector<std::string>;
  CHECK(names(chain(request(1, true), {})) == Names{"replicate"});
  CHECK(names(chain(request(4, false), {})) == Names{"similarity", "models"});
  CHECK(names(chain(request(4, true), {})) == Names{"similarity", "models", "resampling", "report"});
}

TEST_CASE("tasks of an array cover all units, in ranges of equal length") {
  const std::vector<Link> links = chain(request(4, true), {});
  CHECK_THAT(links[0].lines[0], Contains("--units $((SLURM_ARRAY_TASK_ID * 3)):$((SLURM_ARRAY_TASK_ID * 3 + 3))"));
  CHECK_THAT(links[0].lines[0], Contains("--data '/my data'") && Contains("--out /runs/a/parts/similarity/$SLURM"));
  CHECK_THAT(links[2].lines[0], Contains("SLURM_ARRAY_TASK_ID * 2 + 2"));
  CHECK_THAT(links[2].lines[1], Contains("meridian_step permute --run /runs/a --test origin --units"));
  CHECK_THAT(links[3].lines[0],
             Contains("meridian_merge /runs/a/parts/resampling/rq1-people /runs/a/resampling/rq1-people"));
  CHECK_THAT(links[1].lines.back(), Contains("--skip-resampling"));
}

TEST_CASE("a script asks for what the link needs") {
  Estimate estimate;
  estimate.memory_bytes = 100e6;
  const std::vector<Link> links = chain(request(4, false), estimate);
  const std::string script = batch_script(links[0], {"/home/m", "/bin/meridian", "/runs/a/slurm"}, estimate);
  for (const char* text :
       {"#SBATCH --array=0-3\n", "#SBATCH --ntasks=1\n", "#SBATCH --mem-per-cpu=400M\n", "#SBATCH --time=00:10:00\n",
        "#SBATCH --requeue\n", "#SBATCH --signal=B:USR1@120\n", "${MERIDIAN_EXECUTABLE:-/bin/meridian}"})
    CHECK_THAT(script, Contains(text));
}

TEST_CASE("words of a shell") {
  CHECK(shell_word("/a/b-c_1.ini") == "/a/b-c_1.ini");
  CHECK(shell_word("two words") == "'two words'");
  CHECK(shell_word("it's $HOME") == "'it'\\''s $HOME'");
  CHECK(shell_word("") == "''");
}
