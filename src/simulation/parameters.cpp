#include "simulation/parameters.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

#include "error.hpp"

namespace meridian::simulation {
namespace {

constexpr const char* files[] = {
    "people.csv",           "people_marginals.csv", "people_loadings.csv", "people_factors.csv", "models.csv",
    "model_conditions.csv", "model_spread.csv",     "model_common.csv",    "refused_items.csv",  "answer_texts.csv"};

/// 64-bit FNV-1a: tells an edited parameter file from the one a simulation was made with.
std::string fingerprint(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream)
    throw InputError(file.string(), "no readable file", "a parameter file of the synthetic study",
                     "Point to the folder data/simulation of the installation.");
  std::uint64_t value = 14695981039346656037ULL;
  for (std::istreambuf_iterator<char> byte(stream), end; byte != end; ++byte)
    value = (value ^ static_cast<unsigned char>(*byte)) * 1099511628211ULL;
  return fmt::format("{:016x}", value);
}

}  // namespace

std::vector<double> NationParameters::item_means() const {
  std::vector<double> means;
  for (const auto& share : shares) {
    double mean = 0;
    for (std::size_t answer = 0; answer < share.size(); ++answer)
      mean += static_cast<double>(answer + 1) * share[answer];
    means.push_back(mean);
  }
  return means;
}

Parameters read_parameters(const std::filesystem::path& folder) {
  Parameters parameters;
  for (const char* name : files) parameters.fingerprints.emplace_back(name, fingerprint(folder / name));
  read_people_parameters(folder, parameters.surveys);
  read_model_parameters(folder, parameters);
  return parameters;
}

}  // namespace meridian::simulation
