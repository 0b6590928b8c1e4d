// The parser against every distinct text that the study kept. data/trials/answer_labels.csv holds SHA-256 and the answer that
// a person read in it (0: none); the texts themselves stay outside the project.
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <map>

#include "storage/digest.hpp"
#include "tables/csv.hpp"
#include "trials/answer_parser.hpp"

using namespace meridian;
using namespace meridian::trials;

namespace {

const std::filesystem::path distinct = "../shared/oracle/raw_response_distinct.csv";

using Labels = std::map<std::pair<std::string, std::string>, std::int64_t>;

Labels read_labels() {
  tables::CsvReader csv("tests/oracle/data/trials/answer_labels.csv");
  Labels labels;
  while (csv.next())
    labels[{std::string(csv.text(csv.column("survey"))), std::string(csv.text(csv.column("sha256")))}] =
        csv.integer(csv.column("answer"));
  return labels;
}

std::string with_line_breaks(std::string text) {
  for (std::size_t at = 0; (at = text.find("\\n", at)) != std::string::npos; ++at) text.replace(at, 2, "\n");
  return text;
}

struct Tally {
  std::int64_t texts = 0, trials = 0, right = 0;
};

}  // namespace

TEST_CASE("every distinct text of the study is read as its label says", "[shared]") {
  const Labels labels = read_labels();
  std::map<std::string, Tally> accuracy;  // by rule and confidence
  std::int64_t unscored = 0;
  tables::CsvReader csv(distinct);
  while (csv.next()) {
    const bool mfq = csv.text(csv.column("file")) == "mfq";
    const std::string text = with_line_breaks(std::string(csv.text(csv.column("response_escaped"))));
    const auto label = labels.find({mfq ? "MFQ2" : "WVS", storage::sha256(text)});
    REQUIRE(label != labels.end());
    const ParsedAnswer answer = parse_answer(text, {1, mfq ? 5 : 10, {}});
    const std::int64_t value = answer.outcome == Outcome::answered ? answer.value : 0;
    CHECK(value == label->second);
    const std::int64_t count = csv.integer(csv.column("count"));
    if (value == 0) unscored += count;
    Tally& tally = accuracy[fmt::format("{}, {}", name_of(answer.rule), name_of(answer.confidence))];
    ++tally.texts;
    tally.trials += count;
    tally.right += value == label->second ? count : 0;
  }
  CHECK(unscored == 8);  // seven of prose, one "NA"
  for (const auto& [rule, tally] : accuracy) {
    CHECK(tally.right == tally.trials);
    WARN(fmt::format("{}: {} rows, {} trials, {} right", rule, tally.texts, tally.trials, tally.right));
  }
}
