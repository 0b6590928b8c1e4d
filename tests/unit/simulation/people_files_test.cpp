#include "simulation/people_files.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "simulated_files.hpp"

namespace meridian::tests {
namespace {

simulation::StudyOptions people_only(const std::string& survey, std::int64_t china = 0, std::int64_t usa = 0) {
  simulation::StudyOptions options;
  options.surveys = {survey};
  options.models = false;
  options.people_china = china;
  options.people_usa = usa;
  return options;
}

std::size_t varied(const std::vector<std::vector<double>>& people) {
  std::size_t count = 0;
  for (const auto& answers : people) count += !one_answer_throughout(answers);
  return count;
}

}  // namespace

TEST_CASE("the WVS file has the paper's number of analysable people among others") {
  const Study study(people_only("wvs"));
  const auto rows = records(study.file("WVS/human_wvs_responses.csv"));
  const auto china = wvs_nationals(rows, "CHN"), usa = wvs_nationals(rows, "USA");
  CHECK(varied(china) == 2808);
  CHECK(varied(usa) == 2357);
  CHECK(usa.size() > 2357);  // straight-liners
  CHECK(rows.size() > china.size() + usa.size());
  std::set<std::string> ids, missing;
  std::size_t foreign = 0;
  for (const Record& row : rows) {
    ids.insert(row.at("D_INTERVIEW"));
    foreign += row.at("Q254") == "5";
    CHECK(std::stod(row.at("W_WEIGHT")) > 0);
    for (int item = 177; item <= 195; ++item) {
      const std::string& answer = row.at("Q" + std::to_string(item));
      if (answer[0] == '-')
        missing.insert(answer);
      else
        CHECK((std::stoi(answer) >= 1 && std::stoi(answer) <= 10));
    }
  }
  CHECK(ids.size() == rows.size());
  CHECK(foreign > 10);
  CHECK(missing == std::set<std::string>{"-1", "-2", "-5"});
  CHECK(bytes_of(study.file("WVS/human_wvs_responses.csv")).find(';') != std::string::npos);
}

TEST_CASE("any number of WVS people can be had, with distinct interview numbers") {
  const Study study(people_only("wvs", 12000, 7));
  const auto rows = records(study.file("WVS/human_wvs_responses.csv"));
  CHECK(varied(wvs_nationals(rows, "CHN")) == 12000);
  CHECK(varied(wvs_nationals(rows, "USA")) == 7);
  std::set<std::string> ids;
  for (const Record& row : rows) ids.insert(row.at("D_INTERVIEW"));
  CHECK(ids.size() == rows.size());
}

TEST_CASE("the first people are the same in a small and a large study") {
  const Study small(people_only("wvs", 50, 50)), large(people_only("wvs", 500, 500));
  const std::string a = bytes_of(small.file("WVS/human_wvs_responses.csv"));
  const std::string b = bytes_of(large.file("WVS/human_wvs_responses.csv"));
  const std::size_t china = a.find("840;USA");
  CHECK(a.substr(0, china - 30) == b.substr(0, china - 30));
}

TEST_CASE("the MFQ-2 file has 36 rows per person, CRLF, and people who hang together") {
  const Study study(people_only("mfq2"));
  const auto file = study.file("MFQ2/human_mfq_responses.csv");
  const std::string bytes = bytes_of(file);
  CHECK(bytes.rfind("Item,Response,Participant,Group,Dimension\r\n1,", 0) == 0);
  CHECK(mfq_people(file, "China").size() == 517);
  CHECK(mfq_people(file, "USA").size() == 515);
  CHECK(records(file)[7].at("Dimension") == "Equality");
}

TEST_CASE("scrambling takes every participant apart and nothing else") {
  auto options = people_only("mfq2");
  const Study clean(options);
  options.scramble = true;
  const Study scrambled(options);
  const auto whole = records(clean.file("MFQ2/human_mfq_responses.csv"));
  const auto apart = records(scrambled.file("MFQ2/human_mfq_responses.csv"));
  REQUIRE(whole.size() == apart.size());
  for (std::size_t row = 0; row < whole.size(); ++row) {
    const std::string& participant = apart[row].at("Participant");
    // As in the public file: rows are counted 1, 2, ... and again after 515 (USA, first) or 517.
    CHECK(participant == std::to_string(row < 515 * 36 ? row % 515 + 1 : (row - 515 * 36) % 517 + 1));
    Record expected = whole[row];
    expected["Participant"] = participant;
    CHECK(apart[row] == expected);
  }
  const auto alpha = [](const Study& study, const std::string& group) {
    std::vector<std::vector<double>> people;
    for (const auto& [id, answers] : mfq_people(study.file("MFQ2/human_mfq_responses.csv"), group))
      people.push_back(answers);
    return cronbach_alpha(people, dimension_positions(0));
  };
  for (const std::string group : {"China", "USA"}) {
    CHECK(alpha(clean, group) > 0.75);
    CHECK(alpha(scrambled, group) < 0.3);
  }
}

TEST_CASE("a size that would give scrambled participants an item twice is refused") {
  auto options = people_only("mfq2", 516, 515);
  options.scramble = true;
  const std::string message = message_of<InputError>([&] { Study study(options); });
  CHECK_THAT(message, Catch::Contains("--scramble") && Catch::Contains("516"));
}

}  // namespace meridian::tests
