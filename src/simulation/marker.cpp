#include "simulation/marker.hpp"

#include <fstream>

namespace meridian::simulation {
namespace {

constexpr int drawing_version = 1;  ///< raise when equal options would give other bytes

nlohmann::ordered_json as_json(const PeopleCounts& counts, const std::string& survey) {
  return {{"survey", survey},
          {"nation", counts.nation},
          {"people", counts.people},
          {"analysable", counts.analysable},
          {"straight_liners", counts.straight_liners},
          {"incomplete", counts.incomplete},
          {"non_nationals", counts.non_nationals}};
}

bool files_are_whole(const std::filesystem::path& out, const nlohmann::ordered_json& marker) {
  for (const auto& file : marker.at("files")) {
    std::error_code error;
    const auto size = std::filesystem::file_size(out / file.at("path").get<std::string>(), error);
    if (error || size != file.at("bytes").get<std::uintmax_t>()) return false;
  }
  return true;
}

}  // namespace

nlohmann::ordered_json recipe(const StudyOptions& options, const Parameters& parameters) {
  nlohmann::ordered_json hashes = nlohmann::ordered_json::object();
  for (const auto& [file, hash] : parameters.fingerprints) hashes[file] = hash;
  return {
      {"drawing_version", drawing_version}, {"seed", options.seed},           {"surveys", options.surveys},
      {"people", options.people},           {"models", options.models},       {"people_china", options.people_china},
      {"people_usa", options.people_usa},   {"scale", options.scale},         {"model_count", options.model_count},
      {"iterations", options.iterations},   {"languages", options.languages}, {"personas", options.personas},
      {"scramble", options.scramble},       {"parameter_files", hashes}};
}

nlohmann::ordered_json marker(const nlohmann::ordered_json& recipe, const Contents* contents) {
  nlohmann::ordered_json json = {{"synthetic", true},
                                 {"complete", contents != nullptr},
                                 {"note",
                                  "Made by meridian simulate: no person and no language model gave these answers. Say "
                                  "so wherever results are shown."},
                                 {"recipe", recipe}};
  if (!contents) return json;
  for (const char* list : {"people", "left_out", "files"}) json[list] = nlohmann::ordered_json::array();
  for (const auto& [survey, counts] : contents->people) json["people"].push_back(as_json(counts, survey));
  for (const auto& [file, model, cell] : contents->left_out)
    json["left_out"].push_back({{"file", file}, {"model", model}, {"all_refused", cell}});
  for (const auto& [path, bytes] : contents->files) json["files"].push_back({{"path", path}, {"bytes", bytes}});
  return json;
}

std::vector<std::filesystem::path> listed_files(const nlohmann::ordered_json& marker) {
  std::vector<std::filesystem::path> files;
  if (!marker.contains("files")) return files;
  for (const auto& file : marker["files"]) {
    const std::filesystem::path path = file.at("path").get<std::string>();
    bool inside = path.is_relative();
    for (const auto& step : path) inside = inside && step != "..";
    if (inside) files.push_back(path);
  }
  return files;
}

Occupant inspect(const std::filesystem::path& out, const nlohmann::ordered_json& recipe,
                 nlohmann::ordered_json& existing) try {
  std::error_code error;
  if (!std::filesystem::exists(out, error)) return Occupant::nothing;
  if (!std::filesystem::is_directory(out, error)) return Occupant::foreign;
  std::ifstream file(out / marker_name);
  if (!file) return std::filesystem::is_empty(out, error) ? Occupant::nothing : Occupant::foreign;
  existing = nlohmann::ordered_json::parse(file);
  if (!existing.at("synthetic").get<bool>()) return Occupant::foreign;
  listed_files(existing);  // throws if the list is not one of ours
  const bool same = existing.at("complete").get<bool>() && existing.at("recipe") == recipe;
  return same && files_are_whole(out, existing) ? Occupant::same_study : Occupant::other_study;
} catch (const nlohmann::json::exception&) {
  return Occupant::foreign;
}

}  // namespace meridian::simulation
