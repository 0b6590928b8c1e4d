// Simulated power against theory, where theory has it.
#include <boost/math/distributions/non_central_t.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "error.hpp"
#include "inference/proportion.hpp"
#include "power/power_table.hpp"
#include "power/power_words.hpp"

using namespace meridian;

namespace {

/// Without people's slopes of origin the test of origin is Student's on the means of the models, exactly.
constexpr const char* kModel = R"([design]
formula = cosine ~ origin + (1 | llm) + (1 | participant)
nations = A B
origins = C D
people = 40
models = 7
[fixed]
(Intercept) = 0.3
origin = 0.06
[sd]
llm.(Intercept) = 0.05
participant.(Intercept) = 0.1
residual = 0.1
)";

power::PlannedStudy stated(const std::vector<std::string>& overrides = {}) {
  const auto file = std::filesystem::temp_directory_path() / "meridian-power-test.ini";
  std::ofstream(file) << kModel;
  return power::stated_in(file, overrides);
}

findings::Table power_of(const power::PlannedStudy& study, std::size_t models, std::size_t replicates) {
  power::PlannedPoint point = power::planned_point(study, {{0, models}, 0}, {{"origin"}, false, 3, 1});
  Eigen::MatrixXd values = point.replicates.compute(0, replicates);
  std::vector<power::PointResult> results;
  results.push_back({std::move(point), std::move(values)});
  return power::power_section(results, 0.05).tables.front();
}

double real(const findings::Table& table, const char* column) {
  return std::get<double>(table.rows[0][table.column(column)]);
}

}  // namespace

TEST_CASE("power of a test between models is that of the noncentral t distribution") {
  for (const double truth : {0.0, 0.06}) {
    power::PlannedStudy study = stated();
    study.truth.beta[1] = truth;
    for (const std::size_t models : {7, 10}) {
      const auto table = power_of(study, models, 1500);
      const double n = static_cast<double>(models), df = 2 * n - 2;
      const double error = std::sqrt((0.05 * 0.05 + 0.1 * 0.1 / 80) * 2 / n);
      const double critical = boost::math::quantile(boost::math::students_t(df), 0.975);
      double expected = 0.05;
      if (truth > 0) {
        const boost::math::non_central_t shifted(df, truth / error);
        expected = boost::math::cdf(boost::math::complement(shifted, critical)) + boost::math::cdf(shifted, -critical);
      }
      const auto hits = static_cast<std::int64_t>(std::lround(real(table, "power") * 1500));
      const auto limits = inference::clopper_pearson_interval(hits, 1500, 0.999);
      INFO(models << " models, truth " << truth << ", power " << real(table, "power") << ", theory " << expected);
      CHECK(limits.low <= expected);
      CHECK(expected <= limits.high);
      CHECK(real(table, "df") == Approx(df).epsilon(0.02));
      CHECK(real(table, "std_error") == Approx(error).epsilon(0.05));
      CHECK(real(table, "sd") == Approx(error).epsilon(0.1));
      CHECK(std::abs(real(table, "coverage") - 0.95) < 0.02);
    }
  }
}

TEST_CASE("a replicate depends on seed and number alone") {
  const power::PlannedStudy study = stated();
  const auto point = power::planned_point(study, {{100, 0}, 0}, {{}, false, 3, 2});
  const Eigen::MatrixXd all = point.replicates.compute(0, 20), later = point.replicates.compute(10, 10);
  CHECK(all.bottomRows(10) == later);
  const auto other = power::planned_point(study, {{100, 0}, 0}, {{}, false, 4, 1});
  CHECK(other.replicates.compute(0, 20) != all);
  CHECK(point.people == 200);
}

TEST_CASE("what a model file lacks or has too much is named with its line") {
  const auto message = [](const std::string& override) -> std::string {
    try {
      stated({override});
    } catch (const InputError& error) {
      return error.what();
    }
    return "no error";
  };
  CHECK_THAT(message("fixed.nation=1"), Catch::Contains("nation") && Catch::Contains("(Intercept), origin"));
  CHECK_THAT(message("sd.llm.origin=1"), Catch::Contains("llm.(Intercept), participant.(Intercept), residual"));
  CHECK_THAT(message("sd.residual=x"), Catch::Contains("a number"));
  CHECK_THAT(message("correlation.llm.origin,(Intercept)=0.5"), Catch::Contains("GROUP.COLUMN,COLUMN"));
  CHECK_THAT(message("design.nations=A"), Catch::Contains("at least 2"));
  CHECK_THAT(message("design.formula=cosine ~ nation + (1|llm)"), Catch::Contains("nation"));
  CHECK_THAT(message("design.colour=red"), Catch::Contains("colour"));
  CHECK_THAT(message("elsewhere.a=1"), Catch::Contains("[elsewhere]"));
  CHECK_THROWS_AS(power::planned_point(stated(), {}, {{"nobody"}, false, 1, 1}), InputError);
}

TEST_CASE("words tell the smallest study with power, and limits that hold the truth too seldom") {
  findings::Table table = power_of(stated(), 7, 100);
  table.rows.clear();
  const auto add = [&](const char* term, std::int64_t models, double power, double coverage) {
    table.add({std::string(term), std::int64_t{500}, models, 20.0, 0.1, power, 0.0, 1.0, 0.1, coverage, coverage - 0.01,
               coverage + 0.01, 0.0, 0.1, 0.1, 10.0, std::int64_t{1000}, std::int64_t{0}, std::int64_t{0}});
  };
  add("origin", 20, 0.95, 0.94);
  add("origin", 10, 0.85, 0.95);
  add("nation", 10, 0.30, 0.80);
  add("nation", 20, 0.60, 0.95);
  const auto sentences = power::power_sentences(table);
  REQUIRE(sentences.size() == 2);
  CHECK(sentences[0].find("origin: power 0.85 with 10 models") == 0);
  CHECK(sentences[1].find("nation: no simulated study reaches power 0.80; the most is 0.60 with 20") == 0);
  const auto notes = power::coverage_notes(table, 0.05);
  REQUIRE(notes.size() == 1);
  CHECK(notes[0].text.find("In 1 of 4 rows limits of 95 %") == 0);
  CHECK(power::coverage_notes(table, 0.25).empty());
}
