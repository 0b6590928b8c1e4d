#include "simulation/study.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "simulated_files.hpp"

namespace meridian::tests {
namespace {

simulation::StudyOptions small() {
  simulation::StudyOptions options;
  options.people_china = 40;
  options.people_usa = 30;
  options.model_count = 4;
  options.iterations = 3;
  return options;
}

std::map<std::string, std::string> contents(const std::filesystem::path& folder) {
  std::map<std::string, std::string> result;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file())
      result[std::filesystem::relative(entry.path(), folder).string()] = bytes_of(entry.path());
  return result;
}

}  // namespace

TEST_CASE("equal options give equal bytes, another seed gives others") {
  auto options = small();
  const Study one(options), two(options);
  options.seed = 2;
  const Study other(options);
  const auto a = contents(one.folder.path()), b = contents(two.folder.path()), c = contents(other.folder.path());
  CHECK(a.size() == 9);
  CHECK(a == b);
  for (const auto& [name, bytes] : a)
    if (name.find("llm_info") == std::string::npos) CHECK(c.at(name) != bytes);
}

TEST_CASE("the marker says that the study is synthetic and what is in it") {
  const Study study(small());
  const auto marker = nlohmann::json::parse(bytes_of(study.folder.path() / "study/simulation.json"));
  CHECK(marker.at("synthetic") == true);
  CHECK(marker.at("complete") == true);
  CHECK(marker.at("recipe").at("seed") == 1);
  CHECK(marker.at("files").size() == study.result.files.size());
  for (const auto& file : marker.at("files"))
    CHECK(std::filesystem::file_size(study.folder.path() / "study" / file.at("path").get<std::string>()) ==
          file.at("bytes"));
  for (const auto& people : marker.at("people"))
    CHECK(people.at("people") == people.at("analysable").get<int>() + people.at("straight_liners").get<int>() +
                                     people.at("incomplete").get<int>() + people.at("non_nationals").get<int>());
}

TEST_CASE("a finished study is reused, a damaged or other one made again") {
  const ScratchFolder folder;
  const auto out = folder.path() / "study";
  CHECK_FALSE(simulation::simulate_study(out, small(), parameter_folder).reused);
  const auto before = contents(out);
  CHECK(simulation::simulate_study(out, small(), parameter_folder).reused);
  std::filesystem::resize_file(out / "Data/MFQ2/llm_mfq_trials.csv", 100);
  CHECK_FALSE(simulation::simulate_study(out, small(), parameter_folder).reused);
  CHECK(contents(out) == before);
  auto options = small();
  options.surveys = {"mfq2"};
  CHECK_FALSE(simulation::simulate_study(out, options, parameter_folder).reused);
  CHECK_FALSE(std::filesystem::exists(out / "Data/WVS/human_wvs_responses.csv"));
}

TEST_CASE("an interrupted simulation is made again") {
  const ScratchFolder folder;
  folder.write("study/simulation.json", R"({"synthetic": true, "complete": false, "recipe": {}})");
  folder.write("study/Data/MFQ2/human_mfq_responses.csv.part", "Item");
  CHECK_FALSE(simulation::simulate_study(folder.path() / "study", small(), parameter_folder).reused);
  CHECK(records(folder.path() / "study/Data/MFQ2/human_mfq_responses.csv").size() == 70 * 36);
}

TEST_CASE("a marker that lists files elsewhere removes none of them") {
  const ScratchFolder folder;
  const auto kept = folder.write("kept.csv", "precious");
  folder.write(
      "study/simulation.json",
      R"({"synthetic": true, "complete": true, "recipe": {}, "files": [{"path": "../kept.csv", "bytes": 8}]})");
  CHECK_FALSE(simulation::simulate_study(folder.path() / "study", small(), parameter_folder).reused);
  CHECK(bytes_of(kept) == "precious");
}

TEST_CASE("a folder with anything else is refused and left alone") {
  const ScratchFolder folder;
  folder.write("real/Data/MFQ2/human_mfq_responses.csv", "precious");
  folder.write("fake/simulation.json", "{}");
  folder.write("odd/simulation.json", R"({"synthetic": "yes", "files": 3})");
  folder.write("torn/simulation.json", R"({"synthetic": tr)");
  for (const std::string name : {"real", "fake", "odd", "torn"}) {
    const auto before = contents(folder.path() / name);
    const std::string message =
        message_of<InputError>([&] { simulation::simulate_study(folder.path() / name, small(), parameter_folder); });
    CHECK_THAT(message, Catch::Contains(name) && Catch::Contains("nothing was changed"));
    CHECK(contents(folder.path() / name) == before);
  }
}

TEST_CASE("options out of range are named") {
  const ScratchFolder folder;
  const auto message = [&](const auto& change) {
    auto options = small();
    change(options);
    return message_of<InputError>([&] { simulation::simulate_study(folder.path() / "x", options, parameter_folder); });
  };
  using Options = simulation::StudyOptions;
  CHECK_THAT(message([](Options& o) { o.surveys = {"ess"}; }), Catch::Contains("--surveys") && Catch::Contains("ess"));
  CHECK_THAT(message([](Options& o) { o.surveys = {}; }), Catch::Contains("--surveys"));
  CHECK_THAT(message([](Options& o) { o.personas = {"USA", "USA"}; }), Catch::Contains("--personas"));
  CHECK_THAT(message([](Options& o) { o.languages = {""}; }), Catch::Contains("--languages"));
  CHECK_THAT(message([](Options& o) { o.people_usa = -1; }), Catch::Contains("--people-usa") && Catch::Contains("-1"));
  CHECK_THAT(message([](Options& o) { o.model_count = 0; }), Catch::Contains("--models"));
  CHECK_THAT(message([](Options& o) { o.iterations = 0; }), Catch::Contains("--iterations"));
  CHECK_THAT(message([](Options& o) { o.scale = 0; }), Catch::Contains("--scale"));
  CHECK_THAT(message([](Options& o) { o.people = o.models = false; }), Catch::Contains("--parts"));
  CHECK_FALSE(std::filesystem::exists(folder.path() / "x"));
}

TEST_CASE("a missing parameter file is named") {
  const ScratchFolder folder;
  const std::string message =
      message_of<InputError>([&] { simulation::simulate_study(folder.path() / "x", small(), folder.path()); });
  CHECK_THAT(message, Catch::Contains("people.csv"));
}

}  // namespace meridian::tests
