#include <boost/program_options/parsers.hpp>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>

#include "commands/common_options.hpp"
#include "commands/share.hpp"
#include "commands/version.hpp"
#include "error.hpp"
#include "runtime/machine.hpp"

using namespace meridian;
using namespace meridian::commands;
using Catch::Contains;

namespace {

namespace po = boost::program_options;

int threads_from(const std::vector<std::string>& words) {
  po::options_description options;
  add_common_options(options);
  po::variables_map values;
  po::store(po::command_line_parser(words).options(options).run(), values);
  const auto world = parallel::Communicator::alone();
  return threads(values, {world, ""});
}

}  // namespace

TEST_CASE("threads are what was asked for, within the processors of the process") {
  CHECK(threads_for(0, 8, 1) == 8);
  CHECK(threads_for(0, 8, 3) == 2);
  CHECK(threads_for(0, 2, 5) == 1);
  CHECK(threads_for(3, 8, 4) == 3);
  CHECK(threads_for(99, 8, 1) == 8);
}

TEST_CASE("--threads comes before the environment, which comes before the machine") {
  unsetenv("SLURM_CPUS_PER_TASK");
  unsetenv("OMP_NUM_THREADS");
  CHECK(threads_from({}) == runtime::usable_cpus());
  setenv("OMP_NUM_THREADS", "1", 1);
  CHECK(threads_from({}) == 1);
  setenv("OMP_NUM_THREADS", "many", 1);
  CHECK(threads_from({}) == runtime::usable_cpus());
  unsetenv("OMP_NUM_THREADS");
  CHECK(threads_from({"--threads", "1"}) == 1);
  CHECK(threads_from({"--threads", "100000"}) == runtime::usable_cpus());
  CHECK_THROWS_AS(threads_from({"--threads", "0"}), InputError);
}

TEST_CASE("the shipped data are found, or the one who named them wrongly is told") {
  unsetenv("MERIDIAN_SHARE");
  CHECK(std::filesystem::is_directory(std::filesystem::path(share_folder()) / "data"));
  setenv("MERIDIAN_SHARE", "tests", 1);
  CHECK(share_folder() == "tests");
  setenv("MERIDIAN_SHARE", "no/such/folder", 1);
  CHECK_THROWS_WITH(share_folder(), Contains("MERIDIAN_SHARE") && Contains("no/such/folder"));
  unsetenv("MERIDIAN_SHARE");
}

TEST_CASE("the version names what decides the numbers") {
  const std::string text = version_text();
  const Build b = build();
  for (const std::string& part : {b.version, b.commit, b.compiler, b.instruction_set, b.mpi, b.hdf5, b.eigen}) {
    CHECK_FALSE(part.empty());
    CHECK_THAT(text, Contains(part));
  }
}
