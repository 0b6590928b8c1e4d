// From files of answers to scores, map, families and checks of texts, on answers whose truth is known.
#include <catch2/catch.hpp>
#include <cmath>

#include "error.hpp"
#include "opinions/answer_checks.hpp"
#include "opinions/def_tables.hpp"
#include "support/scratch_folder.hpp"

using namespace meridian;
using namespace meridian::opinions;

namespace {

const char* const types_text = "question,type\nq1,A\nq2,A\nq3,B\n";
// Survey U asks all questions, C only q1 and q3. Code 3 stands for failed answers.
const char* const people_text =
    "country,question,answer,count,sex\n"
    "U,q1,0,3,m\nU,q1,1,1,f\nU,q2,1,2,m\nU,q2,2,2,f\nU,q3,2,4,m\nC,q1,2,4,f\nC,q3,0,4,f\n"
    "U,q1,7,1,m\nU,q9,1,1,m\nX,q1,1,1,m\nU,q1,1,-1,m\n";
// "same" answers as people do; "other" fails in q1 and gives an answer of nobody in q2.
const char* const models_text =
    "model,country,question,answer,count,text\n"
    "same,U,q1,0,3,a\nsame,U,q1,1,1,b\nsame,U,q2,1,1,a\nsame,U,q2,2,1,a\nsame,U,q3,2,1,a\nsame,C,q1,2,1,a\n"
    "same,C,q3,0,1,a\nother,U,q1,sorry,2,s\nother,U,q1,0,2,a\nother,U,q2,0,5,a\nother,U,q3,2,1,a\n"
    "other,C,q1,2,1,a\nother,C,q2,0,9,a\nother,C,q3,0,1,a\n,U,q1,0,1,a\n";

tables::RecordMapping columns(const std::vector<audit::RecordField>& fields, const std::string& text) {
  tables::RecordMapping mapping;
  const std::string header = "," + text.substr(0, text.find('\n')) + ",";
  for (const auto& field : fields) {
    mapping.fields.push_back({field.name, {}, {}, {}});
    if (header.find("," + field.name + ",") != std::string::npos)
      mapping.fields.back().paths.push_back({field.name, {field.name}});
  }
  return mapping;
}

struct Files {
  tests::ScratchFolder folder;
  audit::RecordFiles answers, people, types;
  Files() {
    answers = make("models.csv", models_text, opinion_fields({"sex"}, true));
    people = make("people.csv", people_text, opinion_fields({"sex"}, false));
    types = make("types.csv", types_text, question_type_fields());
  }
  audit::RecordFiles make(const std::string& name, const std::string& text,
                          const std::vector<audit::RecordField>& fields) const {
    return {{{folder.write(name, text), columns(fields, text)}}};
  }
};

audit::Settings few_replicates() {
  audit::Settings settings;
  settings.replicates = 20;
  return settings;
}

DefStudy study_of(const Files& files, InfinityRule rule, findings::Ledger& ledger) {
  DefOptions options;
  options.opinions = {3, {"sex"}, {"U", "C"}};
  options.infinite = rule;
  const QuestionTypes types = read_question_types(files.types);
  OpinionCounts counts =
      read_opinions(files.answers, files.people, types, options.opinions, audit::Team(), ledger, "test");
  DefScores scores(counts, options);
  const std::vector<double> ones(3, 1.0);
  Eigen::MatrixXd replicates = def_replicates(scores, types, few_replicates(), audit::Team());
  return {counts, options, scores, scores.map(ones), scores.values(ones), replicates, 0.95};
}

const std::vector<findings::Cell>& row_with(const findings::Table& table, const std::vector<std::string>& cells) {
  for (const auto& row : table.rows) {
    bool fits = true;
    for (std::size_t i = 0; i < cells.size(); ++i) fits = fits && findings::to_text(row[i]) == cells[i];
    if (fits) return row;
  }
  throw std::runtime_error("no such row in " + table.name);
}

}  // namespace

TEST_CASE("answers are counted by survey; what cannot be used is counted by rule") {
  const Files files;
  findings::Ledger ledger;
  const DefStudy study = study_of(files, InfinityRule::dmax_plus_1, ledger);
  const OpinionCounts& counts = study.counts;
  CHECK(counts.models == std::vector<std::string>{"other", "same"});
  CHECK(counts.model(0, 0, 0) == Counts{2, 0, 0, 2});
  CHECK(counts.human(0, 0) == Counts{3, 1, 0, 0});
  CHECK(counts.asked(1) == std::vector<std::size_t>{0, 2});
  REQUIRE(counts.attributes.size() == 1);
  CHECK(counts.attributes[0].groups == std::vector<std::string>{"f", "m"});
  CHECK(counts.groups(counts.attributes[0], 0, 0)[1] == Counts{3, 0, 0, 0});
  std::int64_t left_out = 0;
  for (const auto& line : ledger.lines()) left_out += line.count;
  CHECK(left_out == 5);
}

TEST_CASE("who answers as people do has divergence 0 and keeps their variation") {
  const Files files;
  findings::Ledger ledger;
  const DefStudy study = study_of(files, InfinityRule::dmax_plus_1, ledger);
  CHECK(study.values[study.scores.overall_place(1, 0)] == Approx(0).margin(1e-15));
  CHECK(study.values[study.scores.overall_place(1, 1)] == Approx(0).margin(1e-15));
  // other in U: q1 fails where nobody does, q2 an answer of nobody: both infinite; q3 is 0, so dmax + 1 = 1.
  CHECK(study.scores.divergence(0, 0).replaced == 2);
  CHECK(study.values[study.scores.overall_place(0, 0)] == Approx(0.5));
  CHECK(matches(study, 1, 0, QuestionTypes::npos).matches == 3);
  CHECK(matches(study, 0, 0, QuestionTypes::npos).matches == 2);
  const auto preserved = preserved_distances(study);
  REQUIRE(preserved.size() == 3);
  CHECK(std::isnan(preserved[0].ratio));
  CHECK(preserved[2].ratio == Approx(1));
  CHECK(preserved[2].ratio_low == Approx(1));
  CHECK(study.map.distance(study.map.find(Rater::people, 0), study.map.find(1, 0)) == Approx(0).margin(1e-12));
  // U: types' mean codes .875 and 2; C: 2 and 0.
  CHECK(preserved[0].distance == Approx(std::hypot(2 - .875, 2.0)));
  CHECK(std::isnan(type_limits(study, 0, 0, 1).low));
}

TEST_CASE("shapes: shares below one half, deviation, distance on the map") {
  const Files files;
  findings::Ledger ledger;
  const DefStudy study = study_of(files, InfinityRule::dmax_plus_1, ledger);
  CHECK(shape_of(study, 1, 0, Shape::below_half).value == 1);
  CHECK(shape_of(study, 0, 0, Shape::below_half).value == Approx(1.0 / 3));  // q3 alone
  // same in U: shares (3/4, 1/4, 0, 0), (0, 1/2, 1/2, 0), (0, 0, 1, 0) over three codes and the failed.
  const double q1 = std::sqrt((.5 * .5 + 2 * .25 * .25) / 4), q3 = std::sqrt((.75 * .75 + 3 * .25 * .25) / 4);
  CHECK(shape_of(study, 1, 0, Shape::deviation).value == Approx((q1 + .25 + q3) / 3));
  CHECK(shape_of(study, 1, 0, Shape::distance).value == Approx(0).margin(1e-12));
  CHECK(shape_of(study, 1, 0, Shape::distance).high == Approx(0).margin(1e-12));
}

TEST_CASE("infinite divergences can be left out or smoothed") {
  const Files files;
  findings::Ledger ledger;
  const DefStudy skipped = study_of(files, InfinityRule::skip, ledger);
  CHECK(skipped.values[skipped.scores.overall_place(0, 0)] == Approx(0).margin(1e-15));
  CHECK(questions_with_divergence(skipped, 0, 0, QuestionTypes::npos) == 1);
  const DefStudy smooth = study_of(files, InfinityRule::smooth, ledger);
  CHECK(smooth.values[smooth.scores.overall_place(0, 0)] > 0);
  CHECK(questions_with_divergence(smooth, 0, 0, QuestionTypes::npos) == 3);
}

TEST_CASE("families are compared by type, and by type and model") {
  const Files files;
  findings::Ledger ledger;
  const DefStudy study = study_of(files, InfinityRule::dmax_plus_1, ledger);
  audit::ModelRegistry registry{{"other", "same"}, {"family"}, {{"F"}, {"G"}}, {}, {}, "family"};
  const findings::Table table = family_table(study, registry);
  const auto& row = row_with(table, {"U", "F", "G", "type x model"});
  CHECK(std::get<double>(row[table.column("estimate")]) == Approx(0.5));
  CHECK(std::get<double>(row[table.column("df")]) == 2);
  CHECK(std::get<std::int64_t>(row[table.column("pairs")]) == 2);
  registry.family = "";
  CHECK(family_table(study, registry).rows.empty());
}

TEST_CASE("texts are told apart, verdicts counted by aspect, numbered aspects refused") {
  const Files files;
  findings::Ledger ledger;
  const DefStudy study = study_of(files, InfinityRule::dmax_plus_1, ledger);
  const auto diversity = diversity_table(files.answers, study, 2, few_replicates(), audit::Team());
  const std::size_t column = diversity.column("diversity");
  const auto& same = row_with(diversity, {"same", "U"});
  CHECK(std::get<std::int64_t>(same[column]) == 1);                                 // q1: a, b; q2: a
  CHECK(std::get<std::int64_t>(row_with(diversity, {"other", "C"})[column]) == 0);  // q1 and q3; q2 is not asked
  CHECK(std::get<double>(same[column + 1]) == 0);                                   // q2 drawn twice
  CHECK(std::get<double>(same[column + 2]) == 2);                                   // q1 drawn twice
  CHECK(std::get<std::int64_t>(row_with(diversity, {"other", "U"})[diversity.column("answers")]) == 9);
  const std::string verdicts = "model,aspect,verdict\nm,FF,No\nm,FF,Yes\nm,FF,maybe\nm,FF,\"No, Yes\"\nm,IU,Yes\n";
  const auto found =
      insensitivity_table(files.make("v.csv", verdicts, verdict_fields()), .95, audit::Team(), ledger, "t");
  const auto& row = row_with(found, {"judge", "m", "all", "FF"});
  CHECK(std::get<std::int64_t>(row[5]) == 2);
  CHECK(std::get<std::int64_t>(row[6]) == 3);
  CHECK(std::get<std::int64_t>(row[7]) == 1);
  const auto numbered = files.make("n.csv", "model,aspect,verdict\nm,3,No\n", verdict_fields());
  CHECK_THROWS_AS(insensitivity_table(numbered, .95, audit::Team(), ledger, "t"), InputError);
}

TEST_CASE("a table of types with a question twice or without type is refused") {
  const Files files;
  CHECK_THROWS_AS(read_question_types(files.make("t.csv", "question,type\nq1,A\nq1.0,\n", question_type_fields())),
                  InputError);
  CHECK_THROWS_AS(read_question_types(files.make("t.csv", "question,type\n7,A\n7.0,B\n", question_type_fields())),
                  InputError);
  CHECK_THROWS_AS(read_question_types(files.make("t.csv", "question,type\n", question_type_fields())), InputError);
}
