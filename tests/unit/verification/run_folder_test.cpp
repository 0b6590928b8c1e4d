#include "verification/run_folder.hpp"

#include <catch2/catch.hpp>

#include "error.hpp"
#include "support/scratch_folder.hpp"

using namespace meridian::verification;
using meridian::tests::message_of;
using meridian::tests::ScratchFolder;

namespace {

std::string run_json(const std::string& analysis = "RQ1", const std::string& synthetic = "false") {
  return R"({"synthetic": )" + synthetic + R"(, "declared": [{"survey": "S", "analysis": ")" + analysis +
         R"(", "folder": "rq1"}]})";
}

Place coefficient(const std::string& term) {
  return {"models", "-lm", "coefficients.csv", {{"term", term}}, "estimate"};
}

}  // namespace

TEST_CASE("a number is found by its row, its column or its pointer", "[verification]") {
  const ScratchFolder folder;
  folder.write("run.json", run_json());
  folder.write("models/rq1-lm/coefficients.csv", "term,estimate\n(Intercept),0.25\nnation:origin,-2e-3\nodd,NA\n");
  folder.write("models/rq1/fit.json", R"({"nobs": 12, "groups": {"llm": 20}, "sigma": null})");
  folder.write("models/rq1/fixed_correlations.csv", "term1,term2,correlation\nnation,origin,0.5\n");
  const RunFolder run(folder.path());
  CHECK_FALSE(run.synthetic());
  REQUIRE(run.declared().size() == 1);
  CHECK(run.declared()[0].folder == "rq1");

  CHECK(run.find(coefficient("(Intercept)"), "rq1").value == 0.25);
  CHECK(run.find(coefficient("origin:nation"), "rq1").value == -2e-3);
  CHECK(run.find({"models", "", "fit.json", {}, "/groups/llm"}, "rq1").value == 20);
  const Place mirrored{
      "models", "", "fixed_correlations.csv", {{"term1", "origin"}, {"term2", "nation"}}, "correlation"};
  CHECK(run.find(mirrored, "rq1").value == 0.5);
}

TEST_CASE("a number that is not there says what is missing", "[verification]") {
  const ScratchFolder folder;
  folder.write("run.json", run_json());
  folder.write("models/rq1-lm/coefficients.csv", "term,estimate\na,1\na,2\nodd,NA\n");
  folder.write("models/rq1/fit.json", R"({"sigma": null})");
  const RunFolder run(folder.path());
  const auto missing = [&](const Place& place) { return run.find(place, "rq1").missing; };
  CHECK(missing(coefficient("b")) == "models/rq1-lm/coefficients.csv has no row with term = 'b'");
  CHECK(missing(coefficient("a")) == "models/rq1-lm/coefficients.csv has several rows with term = 'a'");
  CHECK(missing(coefficient("odd")).find("holds 'NA' for estimate") != std::string::npos);
  CHECK(missing({"models", "-lm", "coefficients.csv", {{"term", "a"}}, "df"}).find("no column df") !=
        std::string::npos);
  CHECK(missing({"models", "-lm", "coefficients.csv", {{"llm", "a"}}, "estimate"}).find("no column llm") !=
        std::string::npos);
  CHECK(missing({"models", "", "fit.json", {}, "/sigma"}).find("no number at /sigma") != std::string::npos);
  CHECK(missing({"models", "", "fit.json", {}, "/nobs"}).find("no /nobs") != std::string::npos);
  CHECK(missing({"tables", "", "by_llm.csv", {}, "mean"}) == "tables/rq1/by_llm.csv is not there");
}

TEST_CASE("a folder may hold several runs", "[verification]") {
  const ScratchFolder folder;
  folder.write("wvs/run.json", run_json("RQ2"));
  folder.write("mfq2/run.json", run_json("RQ1"));
  folder.write("other/notes.txt", "no run");
  const auto runs = runs_to_verify(folder.path());
  REQUIRE(runs.size() == 2);
  CHECK(runs[0].path().filename() == "mfq2");
  folder.write("again/run.json", run_json("RQ1"));
  CHECK_THROWS_AS(runs_to_verify(folder.path()), meridian::InputError);
}

TEST_CASE("what is no run, a broken one or a synthetic one is refused", "[verification]") {
  const ScratchFolder folder;
  const auto message = [&] { return message_of<meridian::InputError>([&] { runs_to_verify(folder.path()); }); };
  CHECK(message().find("run.json") != std::string::npos);
  folder.write("run.json", "{\"synthetic\": fal");
  CHECK(message().find("broken JSON") != std::string::npos);
  for (const char* incomplete :
       {"[]", "{}", R"({"synthetic": false})", R"({"synthetic": false, "declared": [{"survey": "S"}]})",
        R"({"synthetic": "no", "declared": []})"}) {
    folder.write("run.json", incomplete);
    CHECK(message().find("Run the job again") != std::string::npos);
  }
  folder.write("run.json", run_json("RQ1", "true"));
  CHECK(message().find("synthetic answers") != std::string::npos);
}
