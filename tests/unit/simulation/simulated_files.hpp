#pragma once
// Reads a synthetic study back the plain way.
#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "error.hpp"
#include "simulation/parameters.hpp"
#include "simulation/study.hpp"
#include "support/scratch_folder.hpp"
#include "tables/csv.hpp"

namespace meridian::tests {

inline const std::filesystem::path parameter_folder = "data/simulation";

/// A study in a folder of its own.
struct Study {
  ScratchFolder folder;
  simulation::SimulatedStudy result;
  explicit Study(const simulation::StudyOptions& options = {})
      : result(simulation::simulate_study(folder.path() / "study", options, parameter_folder)) {}
  std::filesystem::path file(const std::string& name) const { return folder.path() / "study/Data" / name; }
};

using Record = std::map<std::string, std::string>;

inline std::vector<Record> records(const std::filesystem::path& file) {
  std::vector<Record> result;
  for (tables::CsvReader csv(file); csv.next();) {
    Record& record = result.emplace_back();
    for (std::size_t k = 0; k < csv.header().size(); ++k) record[csv.header()[k]] = std::string(csv.text(k));
  }
  return result;
}

/// Complete nationals of a WVS file, straight-liners among them.
inline std::vector<std::vector<double>> wvs_nationals(const std::vector<Record>& rows, const std::string& country) {
  std::vector<std::vector<double>> people;
  for (const Record& row : rows) {
    if (row.at("B_COUNTRY_ALPHA") != country || row.at("Q254") == "5") continue;
    std::vector<double> answers;
    for (int item = 177; item <= 195; ++item) answers.push_back(std::stod(row.at("Q" + std::to_string(item))));
    bool complete = true;
    for (const double answer : answers) complete = complete && answer > 0;
    if (complete) people.push_back(answers);
  }
  return people;
}

inline bool one_answer_throughout(const std::vector<double>& answers) {
  for (const double answer : answers)
    if (answer != answers.front()) return false;
  return true;
}

/// MFQ-2 people by the participant column, answers in item order.
inline std::map<std::string, std::vector<double>> mfq_people(const std::filesystem::path& file,
                                                             const std::string& group) {
  std::map<std::string, std::vector<double>> people;
  for (const Record& row : records(file))
    if (row.at("Group") == group) {
      auto& answers = people[row.at("Participant")];
      answers.resize(36);
      double& answer = answers.at(std::stoul(row.at("Item")) - 1);
      REQUIRE(answer == 0);  // each item once
      answer = std::stod(row.at("Response"));
    }
  return people;
}

/// Cronbach's alpha of the items at `positions`.
template <class People>
double cronbach_alpha(const People& people, const std::vector<std::size_t>& positions) {
  const auto variance = [&](const auto& value) {
    double sum = 0, squares = 0, n = 0;
    for (const auto& person : people) {
      const double x = value(person);
      sum += x, squares += x * x, n += 1;
    }
    return (squares - sum * sum / n) / (n - 1);
  };
  double items = 0;
  for (const std::size_t k : positions)
    items += variance([k](const auto& person) { return static_cast<double>(person[k]); });
  const double total = variance([&](const auto& person) {
    double sum = 0;
    for (const std::size_t k : positions) sum += static_cast<double>(person[k]);
    return sum;
  });
  const auto n = static_cast<double>(positions.size());
  return n / (n - 1) * (1 - items / total);
}

/// Positions of the MFQ-2 items of a dimension (0 ... 5): items come in the order of dimensions, six times.
inline std::vector<std::size_t> dimension_positions(std::size_t dimension) {
  return {dimension, dimension + 6, dimension + 12, dimension + 18, dimension + 24, dimension + 30};
}

}  // namespace meridian::tests
