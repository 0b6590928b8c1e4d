#include "verification/comparison.hpp"

#include <catch2/catch.hpp>

#include "support/scratch_folder.hpp"

using namespace meridian::verification;
using meridian::tests::ScratchFolder;

namespace {

// A run with one analysis of four coefficients of which one number is 0.5 off in the last printed digit.
struct Study {
  ScratchFolder folder;
  std::string printed =
      "survey,analysis,formula,term,estimate,std_error,t,p\n"
      "S,RQ1,f,(Intercept),0.25,0.010,25.0,<2e-16\n"
      "S,RQ1,f,Chinese_ppt,-0.10,0.020,-5.0,6e-07\n"
      "S,RQ2,f,(Intercept),0.1,,,\n";
  std::string ours =
      "term,estimate,std_error,statistic,p_value\n"
      "(Intercept),0.2489,0.0101,24.96,1e-90\n"
      "nation,-0.104,0.0204,-5.01,5.7e-07\n";
  std::string known =
      "survey,analysis,table,key,quantity,printed,reference_value,tolerance,reason\n"
      "S,RQ1,lm_coef,Chinese_ppt,estimate,-0.10,-0.1065,1e-6,misprint\n";

  Comparison compare(const std::string& declared = R"({"survey": "S", "analysis": "RQ1", "folder": "rq1"})") const {
    folder.write("run/run.json", R"({"synthetic": false, "declared": [)" + declared + "]}");
    folder.write("run/models/rq1-lm/coefficients.csv", ours);
    const auto cells = read_published(folder.write("printed.csv", printed), Terms("data/published/terms.csv"));
    const KnownDifferences differences(folder.write("known.csv", known));
    return meridian::verification::compare(cells, runs_to_verify(folder.path() / "run"), differences);
  }
  void spoil(const std::string& from, const std::string& to) { ours.replace(ours.find(from), from.size(), to); }
};

}  // namespace

TEST_CASE("a run that gives every printed number is verified", "[verification]") {
  const Comparison comparison = Study().compare();
  CHECK(verified(comparison));
  CHECK(to_text(comparison) == "S RQ1 lm_coef: 8 of 8\nmatched 8 of 8 printed numbers, 0 known differences\n");
}

TEST_CASE("a known difference is excused by the number known for it, and only by that", "[verification]") {
  Study study;
  study.spoil("-0.104,", "-0.1065,");
  const Comparison excused = study.compare();
  CHECK(verified(excused));
  CHECK(to_text(excused) ==
        "S RQ1 lm_coef: 7 of 8, 1 known difference\nmatched 7 of 8 printed numbers, 1 known differences\n");
  study.spoil("-0.1065,", "-0.1066,");
  const Comparison other = study.compare();
  CHECK_FALSE(verified(other));
  CHECK(to_text(other).find("-0.10, -0.1066, -0.66 (a known difference, but") != std::string::npos);
}

TEST_CASE("each spoilt number is listed with its distance", "[verification]") {
  Study study;
  study.spoil("24.96", "25.06");
  study.spoil("1e-90", "1e-9");
  study.spoil("0.0204", "");
  const Comparison comparison = study.compare();
  CHECK(comparison.mismatches.size() == 3);
  CHECK(comparison.matched == 5);
  const std::string text = to_text(comparison);
  CHECK(text.find("  S, RQ1, lm_coef, (Intercept), t, 25.0, 25.06, 0.60\n") != std::string::npos);
  CHECK(text.find("(Intercept), p, <2e-16, 1e-09, not below the printed bound\n") != std::string::npos);
  CHECK(text.find("Chinese_ppt, std_error, 0.020, not computed (models/rq1-lm/coefficients.csv holds ''") !=
        std::string::npos);
  CHECK(text.find("matched 5 of 8 printed numbers, 0 known differences\n") != std::string::npos);
}

TEST_CASE("a declared analysis that was not computed counts in full", "[verification]") {
  const Comparison comparison = Study().compare(
      R"({"survey": "S", "analysis": "RQ1", "folder": "rq1"}, {"survey": "S", "analysis": "RQ2", "folder": "rq2"})");
  CHECK(comparison.printed == 9);
  CHECK(comparison.matched == 8);
  CHECK_FALSE(verified(comparison));
}

TEST_CASE("nothing printed about what is declared is no success", "[verification]") {
  const Comparison comparison = Study().compare(R"({"survey": "S", "analysis": "S2", "folder": "s2"})");
  CHECK(comparison.printed == 0);
  CHECK_FALSE(verified(comparison));
  CHECK(to_text(comparison) ==
        "S S2: nothing about it in these printed tables\nmatched 0 of 0 printed numbers, 0 known differences\n");
  CHECK_FALSE(verified(Study().compare("")));
}
