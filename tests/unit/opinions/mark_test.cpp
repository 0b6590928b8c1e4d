// From files of answers to the figures of a model, on people whose answers and predictions are known.
#include <catch2/catch.hpp>
#include <cmath>

#include "audit/replicate_limits.hpp"
#include "error.hpp"
#include "opinions/mark_study.hpp"
#include "support/scratch_folder.hpp"

using namespace meridian;
using namespace meridian::opinions;

namespace {

const char* const people_text =
    "respondent,country,question,answer\n"
    "a,X,q1,1\nb,X,q1,2.0\nc,Y,q1,3\nd,Y,q1,1\na,X,q2,0\nb,X,q2,1\nc,Y,q2,-1\nd,Y,q2,1.5\na,X,q1,3\n";
const char* const predicted_text =
    "model,respondent,question,answer\n"
    "m,a,q1,1\nm,b,q1,1\nm,c,q1,none\nm,d,q1,1\nm,a,q2,0\nm,b,q2,1\nm,c,q2,1\nm,e,q1,1\nm,a,q9,1\n,a,q1,1\n"
    "n,a,q1,2\nn,b,q1,2\nn,b,q1,1\nn,c,q1,3\n";

tables::RecordMapping columns(const std::vector<audit::RecordField>& fields, const std::string& text) {
  tables::RecordMapping mapping;
  for (const auto& field : fields) {
    const bool there = text.substr(0, text.find('\n')).find(field.name) != std::string::npos;
    mapping.fields.push_back({field.name, {}, {}, {}});
    if (there) mapping.fields.back().paths.push_back({field.name, {field.name}});
  }
  return mapping;
}

struct Read {
  tests::ScratchFolder folder;
  PersonFields person = person_fields({"respondent"}, false), predicted = person_fields({"respondent"}, true);
  audit::RowFaults people_faults, faults;
  People people;
  Predictions predictions;

  explicit Read(InvalidRule rule) {
    people = read_people(files("people.csv", people_text, person), person, {}, people_faults);
    predictions = read_predictions(files("predicted.csv", predicted_text, predicted), predicted, people, rule,
                                   audit::Team(), faults);
  }
  audit::RecordFiles files(const std::string& name, const std::string& text, const PersonFields& fields) const {
    return {{{folder.write(name, text), columns(fields.fields, text)}}};
  }
};

std::int64_t count_of(const audit::RowFaults& faults, const std::string& rule) {
  findings::Ledger ledger;
  faults.into(ledger, "test", "rows");
  for (const auto& line : ledger.lines())
    if (line.rule == rule) return line.count;
  return 0;
}

}  // namespace

TEST_CASE("rows that cannot be used are counted by rule") {
  const Read read(InvalidRule::wrong);
  CHECK(read.people.size() == 4);
  CHECK(read.people.countries == std::vector<std::string>{"X", "Y"});
  CHECK(count_of(read.people_faults, "missing answer (code below 0)") == 1);
  CHECK(count_of(read.people_faults, "a person's answer that is no whole number") == 1);
  CHECK(count_of(read.people_faults, "second answer of a person to a question (the first counts)") == 1);
  CHECK(count_of(read.faults, "question that the person did not answer") == 1);
  CHECK(count_of(read.faults, "person who is not among people's answers") == 1);
  CHECK(count_of(read.faults, "question that is not among people's answers") == 1);
  CHECK(count_of(read.faults, "prediction without a model") == 1);
}

TEST_CASE("an invalid prediction misses, or is no outcome") {
  const Read wrong(InvalidRule::wrong), excluded(InvalidRule::excluded);
  CHECK(wrong.predictions.pooled(0, 0).invalid.at(3) == 1);
  const OutcomePairs pairs = outcome_pairs(wrong.predictions.outcomes[0], wrong.predictions.outcomes[1]);
  CHECK(pairs.only_first == 1);   // a: m right, n wrong; b: n was right once and wrong once
  CHECK(pairs.only_second == 1);  // c: m gave no answer
  CHECK(outcome_pairs(excluded.predictions.outcomes[0], excluded.predictions.outcomes[1]).only_second == 0);
}

TEST_CASE("means go over questions, then over countries") {
  const Read read(InvalidRule::wrong);
  const MarkStatistics statistics(read.predictions, {}, {}, read.people.questions, InvalidRule::wrong);
  const std::vector<double> ones(2, 1.0);
  // pooled: 4 of 6 answers; by country: X 3 of 4, Y 1 of 2
  CHECK(statistics.value({0, kAllTypes, Setting::pooled, Metric::accuracy}, ones) == Approx(4.0 / 6));
  CHECK(statistics.value({0, kAllTypes, Setting::countries, Metric::accuracy}, ones) ==
        Approx((3.0 / 4 + 1.0 / 2) / 2));
  CHECK(statistics.value({0, kAllTypes, Setting::pooled, Metric::accuracy}, {0, 1}) == 1);
  CHECK(std::isnan(statistics.value({0, kAllTypes, Setting::global, Metric::sim_js}, ones)));
  CHECK(statistics.list().size() == 2 * 2 * kMetrics);
}

TEST_CASE("a published distribution is compared over the codes of both sides") {
  const Read read(InvalidRule::wrong);
  const CountryShares shares{{{0, 1}, {{0, 25.0}, {1, 75.0}}}};
  const MarkStatistics statistics(read.predictions, shares, {}, read.people.questions, InvalidRule::wrong);
  const double found = statistics.value({0, kAllTypes, Setting::global, Metric::emd_ord_norm}, {1, 1});
  CHECK(found == Approx(0.25));  // people of X: .5 and .5
}

TEST_CASE("predictions of nobody are an error") {
  const tests::ScratchFolder folder;
  const Read read(InvalidRule::wrong);
  const std::string text = "model,respondent,question,answer\nm,nobody,q1,1\n";
  audit::RowFaults faults;
  CHECK_THROWS_AS(read_predictions({{{folder.write("p.csv", text), columns(read.predicted.fields, text)}}},
                                   read.predicted, read.people, InvalidRule::wrong, audit::Team(), faults),
                  InputError);
}

TEST_CASE("p of replicated differences is never 0") {
  Eigen::VectorXd all(4);
  all << 1, 2, 3, 4;
  CHECK(audit::replicate_p(all) == Approx(2.0 / 5));
  all << -1, 2, NAN, 0;
  CHECK(audit::replicate_p(all) == 1);
  CHECK(std::isnan(audit::replicate_p(Eigen::VectorXd())));
  CHECK(std::isnan(audit::replicate_limits(Eigen::VectorXd(), .95).low));
}
