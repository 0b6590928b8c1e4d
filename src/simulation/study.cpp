#include "simulation/study.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "error.hpp"
#include "findings/files.hpp"
#include "simulation/marker.hpp"
#include "simulation/model_files.hpp"
#include "simulation/parameters.hpp"
#include "simulation/people_files.hpp"

namespace meridian::simulation {
namespace {

constexpr std::int64_t most_people = 1'000'000'000, most_models = 100'000, most_iterations = 1'000'000;

void check_range(const std::string& option, std::int64_t value, std::int64_t lowest, std::int64_t highest) {
  if (value < lowest || value > highest)
    throw InputError(option, std::to_string(value), fmt::format("a number from {} to {}", lowest, highest),
                     "Change the option.");
}

/// Distinct, non-empty, from `allowed` if that is not empty.
void check_names(const std::string& option, const std::vector<std::string>& names,
                 const std::vector<std::string>& allowed) {
  if (names.empty()) throw InputError(option, "nothing", "at least one name", "Leave the option out for the default.");
  for (const std::string& name : names) {
    const bool known =
        allowed.empty() ? !name.empty() : std::find(allowed.begin(), allowed.end(), name) != allowed.end();
    if (!known || std::count(names.begin(), names.end(), name) != 1)
      throw InputError(
          option, "'" + name + "'",
          allowed.empty() ? "distinct names" : fmt::format("each of {} once at most", fmt::join(allowed, ", ")),
          "Separate names by commas.");
  }
}

void check(const StudyOptions& options) {
  check_names("--surveys", options.surveys, {"mfq2", "wvs"});
  check_names("--languages", options.languages, {});
  check_names("--personas", options.personas, {});
  check_range("--people-china", options.people_china, 0, most_people);
  check_range("--people-usa", options.people_usa, 0, most_people);
  check_range("--models", options.model_count, 1, most_models);
  check_range("--iterations", options.iterations, 1, most_iterations);
  if (!(options.scale > 0 && options.scale <= 1e6))
    throw InputError("--scale", fmt::format("{}", options.scale), "a number above 0, at most 1e6",
                     "Change the option.");
  if (!options.people && !options.models)
    throw InputError("--parts", "nothing", "people, models or both", "Leave the option out for both.");
}

/// The defect of the public file gives every "participant" each item once only if people and items share no factor.
void check_scramble(const std::vector<SurveyParameters>& surveys, const StudyOptions& options) {
  if (!options.scramble) return;
  for (const auto& survey : surveys)
    for (const auto& nation : survey.nations) {
      const auto people = people_wanted(nation, options), items = static_cast<std::int64_t>(survey.items().size());
      if (survey.code == "mfq" && std::gcd(people, items) != 1)
        throw InputError("--scramble", fmt::format("{} MFQ-2 people of {}", people, nation.nation),
                         fmt::format("a number without a common factor with {}", items),
                         "515 and 517 are such numbers.");
    }
}

std::string text_of(const nlohmann::ordered_json& json) { return json.dump(1, ' ') + "\n"; }

/// Removes the files that an earlier simulation lists, and nothing else.
void remove_old_files(const std::filesystem::path& out, const nlohmann::ordered_json& existing) {
  for (const auto& file : listed_files(existing)) {
    std::error_code ignored;
    std::filesystem::remove(out / file, ignored);
  }
}

void write_people(const std::filesystem::path& out, const SurveyParameters& survey, const StudyOptions& options,
                  Contents& contents) {
  const std::string name = survey.folder() + "/human_" + survey.code + "_responses.csv";
  const auto write = survey.code == "mfq" ? write_mfq_people : write_wvs_people;
  const PeopleFile file = write(out / name, survey, options);
  contents.files.emplace_back(name, file.bytes);
  for (const PeopleCounts& counts : file.counts) contents.people.emplace_back(survey.name, counts);
}

Contents write_study(const std::filesystem::path& out, const StudyOptions& options, const Parameters& parameters) {
  Contents contents;
  for (const SurveyParameters& survey : parameters.surveys) {
    const std::string option = survey.code == "mfq" ? "mfq2" : "wvs";
    if (std::find(options.surveys.begin(), options.surveys.end(), option) == options.surveys.end()) continue;
    if (options.people) write_people(out, survey, options, contents);
    if (!options.models) continue;
    ModelFiles files = write_model_files(out, parameters, survey, options);
    contents.files.insert(contents.files.end(), files.bytes.begin(), files.bytes.end());
    contents.left_out.insert(contents.left_out.end(), files.left_out.begin(), files.left_out.end());
  }
  if (options.models)
    contents.files.emplace_back("Data/llm_info.csv", write_registry(out / "Data/llm_info.csv",
                                                                    simulated_models(parameters, options.model_count)));
  return contents;
}

SimulatedStudy summary(const nlohmann::ordered_json& marker, bool reused) {
  SimulatedStudy study;
  study.reused = reused;
  for (const auto& file : marker.at("files")) {
    study.files.push_back(file.at("path"));
    study.bytes += file.at("bytes").get<std::int64_t>();
  }
  return study;
}

}  // namespace

SimulatedStudy simulate_study(const std::filesystem::path& out, const StudyOptions& options,
                              const std::filesystem::path& parameter_folder) {
  check(options);
  const Parameters parameters = read_parameters(parameter_folder);
  check_scramble(parameters.surveys, options);
  const nlohmann::ordered_json wanted = recipe(options, parameters);
  nlohmann::ordered_json existing;
  const Occupant occupant = inspect(out, wanted, existing);
  if (occupant == Occupant::same_study) return summary(existing, true);
  if (occupant == Occupant::foreign)
    throw InputError(out.string(), "something that is not a synthetic study",
                     "a new or empty folder, or one made by meridian simulate",
                     "Choose another --out; nothing was changed.");
  remove_old_files(out, existing);
  std::error_code error;
  std::filesystem::create_directories(out, error);
  // From here on the folder is ours, also if the writing is interrupted.
  findings::write_text(out / marker_name, text_of(marker(wanted, nullptr)));
  const Contents contents = write_study(out, options, parameters);
  const nlohmann::ordered_json finished = marker(wanted, &contents);
  findings::write_text(out / marker_name, text_of(finished));
  return summary(finished, false);
}

}  // namespace meridian::simulation
