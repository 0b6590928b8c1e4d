#pragma once
// A synthetic study of any size, as files in the formats of the first study's public repository and of the WVS.
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace meridian::simulation {

/// What to simulate. Equal options, parameters and seed give equal bytes on any machine, at any rank count.
struct StudyOptions {
  std::uint64_t seed = 1;
  std::vector<std::string> surveys = {"mfq2", "wvs"};
  bool people = true;             ///< write the people's files
  bool models = true;             ///< write the models' files (trials, means, registry)
  std::int64_t people_china = 0;  ///< analysable people per survey; 0: the paper's size (people.csv)
  std::int64_t people_usa = 0;    ///< same
  double scale = 1;               ///< multiplies the paper's sizes
  std::int64_t model_count = 20;  ///< beyond the 20 of the study: made-up names, parameters of the 20 in turn
  std::int64_t iterations = 20;   ///< times each question is put to each model under each condition
  std::vector<std::string> languages = {"Chinese", "English"};
  std::vector<std::string> personas = {"none", "China", "USA"};
  bool scramble = false;  ///< MFQ-2 participant column restarts every n rows, the defect of the public file
};

/// What was done; the same numbers are in simulation.json.
struct SimulatedStudy {
  bool reused = false;             ///< the folder held this very study already
  std::int64_t bytes = 0;          ///< of all files
  std::vector<std::string> files;  ///< relative to the folder
};

/// Writes the study into `out` (created if need be) and simulation.json last. A folder that holds the same study is
/// left as it is; one that holds another simulation is replaced; one that holds anything else is refused.
/// `parameter_folder` is data/simulation. Throws InputError for options out of range and for an `out` that is not ours.
SimulatedStudy simulate_study(const std::filesystem::path& out, const StudyOptions& options,
                              const std::filesystem::path& parameter_folder);

}  // namespace meridian::simulation
