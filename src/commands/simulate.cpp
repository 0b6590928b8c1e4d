// meridian simulate: writes a synthetic study.
#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "commands/commands.hpp"
#include "error.hpp"
#include "runtime/log.hpp"
#include "simulation/study.hpp"

namespace meridian::commands {
namespace {

namespace po = boost::program_options;
using simulation::StudyOptions;

/// "a,b" -> {"a", "b"}.
std::vector<std::string> names(const po::variables_map& options, const std::string& option) {
  std::vector<std::string> result;
  std::istringstream stream(options[option].as<std::string>());
  for (std::string name; std::getline(stream, name, ',');) result.push_back(name);
  return result;
}

bool part(const std::vector<std::string>& parts, const std::string& name) {
  for (const std::string& given : parts)
    if (given != "people" && given != "models")
      throw InputError("--parts", "'" + given + "'", "people, models or people,models", "Separate names by commas.");
  return std::count(parts.begin(), parts.end(), name) > 0;
}

StudyOptions study_options(const po::variables_map& options) {
  StudyOptions study;
  study.seed = options["seed"].as<std::uint64_t>();
  study.surveys = names(options, "surveys");
  study.people = part(names(options, "parts"), "people");
  study.models = part(names(options, "parts"), "models");
  study.people_china = options["people-china"].as<std::int64_t>();
  study.people_usa = options["people-usa"].as<std::int64_t>();
  study.scale = options["scale"].as<double>();
  study.model_count = options["models"].as<std::int64_t>();
  study.iterations = options["iterations"].as<std::int64_t>();
  study.languages = names(options, "languages");
  study.personas = names(options, "personas");
  study.scramble = options.count("scramble") > 0;
  return study;
}

void simulate(const po::variables_map& options, const Context& context) {
  if (options.count("out") == 0) throw InputError("simulate needs --out DIR. Example: " + simulate_command().example);
  const std::filesystem::path out = options["out"].as<std::string>();
  const auto study =
      simulation::simulate_study(out, study_options(options), std::filesystem::path(context.share) / "data/simulation");
  if (study.reused)
    runtime::info(fmt::format("{} holds this very study already; nothing to do", out.string()));
  else
    runtime::info(fmt::format("synthetic study in {}: {} files, {:.1f} MB; simulation.json says what is in them",
                              out.string(), study.files.size(), static_cast<double>(study.bytes) / 1e6));
}

void add_size_options(po::options_description& options) {
  const StudyOptions usual;
  const auto value = [](const char* name) { return po::value<std::int64_t>()->value_name(name); };
  options.add_options()  //
      ("people-china", value("N")->default_value(usual.people_china),
       "analysable Chinese people per survey; 0: the paper's 2808 (WVS) and 517 (MFQ-2)")  //
      ("people-usa", value("N")->default_value(usual.people_usa),
       "analysable people from the USA per survey; 0: the paper's 2357 (WVS) and 515 (MFQ-2)")  //
      ("scale", po::value<double>()->value_name("X")->default_value(usual.scale, "1"),
       "multiplies the paper's numbers of people")  //
      ("models", value("N")->default_value(usual.model_count),
       "language models; beyond the study's 20 they get names of their own and the 20 models' parameters in turn")  //
      ("iterations", value("N")->default_value(usual.iterations),
       "times each question is put to a model under each condition");
}

void add_options(po::options_description& options) {
  const auto text = [](const char* name, const char* usual) {
    return po::value<std::string>()->value_name(name)->default_value(usual);
  };
  options.add_options()  //
      ("out", po::value<std::string>()->value_name("DIR"),
       "folder to write; new, empty, or an earlier simulation, which is replaced (required)")                  //
      ("seed", po::value<std::uint64_t>()->value_name("N")->default_value(1), "equal seeds give equal bytes")  //
      ("surveys", text("NAMES", "mfq2,wvs"), "which surveys, separated by commas")                             //
      ("parts", text("NAMES", "people,models"), "whose answers, separated by commas");
  add_size_options(options);
  options.add_options()  //
      ("languages", text("NAMES", "Chinese,English"),
       "prompt languages; other names answer as English does, with deviations of their own")  //
      ("personas", text("NAMES", "none,China,USA"),
       "personas; other names answer as none does, with deviations of their own")  //
      ("scramble", "let the MFQ-2 participant column restart every n rows, the defect of the public file");
}

}  // namespace

Command simulate_command() {
  Command command;
  command.name = "simulate";
  command.summary = "write a synthetic study of any size";
  command.description =
      "Makes up people and language models and writes their answers in the formats of the first study's public files "
      "and of the World Values Survey: people with the answer shares of their nation, models with the leanings of the "
      "study's 20 models, every trial's text, refusals and the means over valid trials. Nobody gave these answers: "
      "simulation.json in the folder says so, and every result made from it is marked synthetic.\n\n"
      "The same options give the same bytes; a folder that holds this very study is left as it is.";
  command.example = "meridian simulate --out study --seed 7 --people-china 50000 --people-usa 50000";
  add_options(command.options);
  command.run = simulate;
  return command;
}

}  // namespace meridian::commands
