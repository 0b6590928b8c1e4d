#pragma once
// The parameter files of data/simulation (README.md there says where each number comes from).
#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace meridian::simulation {

/// How the people of one nation answer one survey.
struct NationParameters {
  std::string nation;
  std::int64_t people = 0;  ///< analysable people in the paper
  double incomplete = 0;    ///< rows with missing answers, per analysable person
  double non_national = 0;  ///< rows of people without the nationality, per analysable person
  double careless = 0;      ///< rows with one answer throughout, per analysable person, beside those that chance makes
  std::string country_code, country_alpha, year;
  std::vector<std::string> items;
  std::vector<std::string> factor_of_item;
  std::vector<double> loadings;             ///< on the item's factor
  std::vector<std::vector<double>> shares;  ///< [item][answer - 1], adding to 1
  std::vector<std::string> factors;
  std::vector<double> correlations;  ///< factors x factors, row-major
  /// Mean answer to each item.
  std::vector<double> item_means() const;
};

/// A model's mean answer under one condition: level + sum over nations of lean * the nation's mean + deviations.
struct ConditionParameters {
  double level = 0;
  std::vector<double> lean;  ///< per nation, in the order of SurveyParameters::nations
  double refusal_rate = 0;
};

/// Standard deviations in answer steps.
struct SpreadParameters {
  double deviation = 0;  ///< the model's own, common to its conditions
  double condition = 0;  ///< the condition's own
  double iteration = 0;  ///< between iterations
};

struct ModelDescription {
  std::string name, display_name, origin;
  std::string style;  ///< how it words answers, key into AnswerTexts
};

using ConditionKey = std::tuple<std::string, std::string, std::string>;  ///< model, language, persona

struct SurveyParameters {
  std::string name;  ///< "MFQ2", "WVS"
  std::string code;  ///< "mfq", "wvs": the column `survey`
  std::vector<NationParameters> nations;
  std::map<ConditionKey, ConditionParameters> conditions;
  std::map<std::string, SpreadParameters> spreads;              ///< by model
  std::map<std::string, std::vector<double>> common_deviation;  ///< by language, per item: what the models share
  std::set<std::pair<ConditionKey, std::string>> refused;  ///< (condition, item) never answered; "any" stands for all
  const std::vector<std::string>& items() const { return nations.front().items; }
  std::string folder() const { return "Data/" + name; }  ///< of its files, as in the public repository
  int highest() const { return static_cast<int>(nations.front().shares.front().size()); }
};

/// A wording with its share among the wordings of a style and language; "{answer}" stands for the number.
struct AnswerText {
  double weight = 1;
  std::string before, after;
};

struct Parameters {
  std::vector<ModelDescription> models;
  std::vector<SurveyParameters> surveys;
  std::map<std::pair<std::string, std::string>, std::vector<AnswerText>> texts;  ///< by style and language
  std::vector<std::string> languages, personas;                   ///< those with parameters of their own, in file order
  std::vector<std::pair<std::string, std::string>> fingerprints;  ///< file name, hash of its bytes
};

/// Reads the folder; throws InputError naming file, line and column.
Parameters read_parameters(const std::filesystem::path& folder);

/// The parts of read_parameters, one per source file.
void read_people_parameters(const std::filesystem::path& folder, std::vector<SurveyParameters>& surveys);
void read_model_parameters(const std::filesystem::path& folder, Parameters& parameters);

}  // namespace meridian::simulation
