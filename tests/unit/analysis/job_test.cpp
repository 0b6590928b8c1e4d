#include "analysis/job.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "error.hpp"

namespace meridian::analysis {
namespace {

namespace fs = std::filesystem;

class JobFile {
 public:
  explicit JobFile(const std::string& text) : path_(fs::temp_directory_path() / "meridian-job-test.ini") {
    std::ofstream(path_) << text;
  }
  ~JobFile() { fs::remove(path_); }
  Job read(const std::vector<std::string>& overrides = {}) const {
    return read_job(path_, "/data", "/share", overrides);
  }
  std::string error(const std::vector<std::string>& overrides = {}) const {
    try {
      read(overrides);
    } catch (const InputError& problem) {
      return problem.what();
    }
    return "no error";
  }

 private:
  fs::path path_;
};

const std::string kHead =
    "[study]\nsurvey = MFQ2\nitems = items.csv\n[people]\nfile = people.csv\n[models]\nmodels = models.csv\n";

}  // namespace

TEST_CASE("the shipped jobs can be read") {
  for (const char* name : {"mfq2-rq1.ini", "mfq2.ini", "wvs.ini"}) {
    const Job job = read_job(fs::path("jobs") / name, "data", ".", {});
    CHECK_FALSE(job.analyses.empty());
    CHECK_FALSE(job.models.empty());
  }
  CHECK(read_job("jobs/replicate.ini", "data", ".", {}).jobs.size() == 2);
}

TEST_CASE("an analysis inherits what it does not say, but not its printed counterpart") {
  const Job job = JobFile(kHead +
                          "[rq1]\npublished = RQ1\npairing = own\nformula = cosine ~ nation\n"
                          "[twin]\nlike = rq1\nparticipant_id = blocks:6\ncompare_with = rq1\n")
                      .read();
  REQUIRE(job.analyses.size() == 2);
  const AnalysisJob& twin = job.analyses[1];
  CHECK(twin.own_language);
  CHECK(twin.formula == "cosine ~ nation");
  CHECK(twin.published.empty());
  CHECK(twin.participant_id == "blocks:6");
}

TEST_CASE("an override wins over the file") {
  const Job job =
      JobFile(kHead + "[rq1]\npairing = own\n").read({"people.file=/elsewhere/a.csv b.csv", "similarity.block=64"});
  CHECK(job.people.files == std::vector<fs::path>{"/elsewhere/a.csv", "/data/b.csv"});
  CHECK(job.block == 64);
}

TEST_CASE("every mistake in a job is named with its line, its value and what is allowed") {
  const auto names = [](const std::string& message, std::initializer_list<const char*> parts) {
    for (const char* part : parts) {
      INFO(message);
      CHECK(message.find(part) != std::string::npos);
    }
  };
  names(JobFile(kHead + "[rq1]\npairng = own\n").error(), {":9", "pairng", "unknown key", "pairing"});
  names(JobFile(kHead + "[rq1]\npairing = mine\n").error(), {":9", "'mine'", "own, all"});
  names(JobFile(kHead + "[rq1]\ntables = by_llm cake\n").error(), {"'cake'", "by_origin"});
  names(JobFile(kHead + "[similarity]\nblock = many\n").error(), {"'many'", "whole number"});
  names(JobFile(kHead + "[rq1]\nlike = rq0\n").error(), {"'rq0'", "another analysis"});
  names(JobFile(kHead + "[rq1]\ncompare_with = rq0\n").error(), {"'rq0'", "compare_with"});
  names(JobFile(kHead + "[rq1]\nllm_center = pooled-personas\n").error(), {"pooled"});
  names(JobFile(kHead + "[rq1]\npairing = own\npairing = all\n").error(), {"twice"});
  names(JobFile("[study]\nsurvey = A\nitems = i\n[models]\nmodels = m\n").error(), {"[people]"});
  names(JobFile("survey = A\n").error(), {"before any [section]"});
  names(JobFile(kHead + "this is no setting\n").error(), {"key = value"});
  names(JobFile(std::string("\x00\x01\x02", 3)).error(), {"binary"});
  names(JobFile(kHead).error({"people.file"}), {"section.key=value"});
}

TEST_CASE("a file that is not there is named") {
  CHECK_THROWS_WITH(read_job("no-such.ini", "", "", {}), Catch::Contains("no-such.ini"));
}

TEST_CASE("a job may ask for refusals") {
  const std::string section =
      "[refusals]\nkind = refusals\ntrials = raw.csv\niterations = 10\nformula = refused ~ 1 + (1|llm)\n";
  const Job job = JobFile(kHead + section + "[more]\nlike = refusals\nrates = no\ncompare_with = refusals\n").read();
  CHECK(job.analyses.empty());
  REQUIRE(job.refusals.size() == 2);
  CHECK(job.refusals[0].trials == "/data/raw.csv");
  CHECK(job.refusals[0].iterations == 10);
  CHECK(job.refusals[0].tables);
  CHECK(job.refusals[1].formula == job.refusals[0].formula);
  CHECK_FALSE(job.refusals[1].tables);
  CHECK(job.refusals[1].compare_with == "refusals");
  CHECK_THAT(JobFile(kHead + section + "personas = none\n").error(), Catch::Contains("personas"));
  CHECK_THAT(JobFile(kHead + section + "compare_with = rq1\n[rq1]\n").error(), Catch::Contains("of this kind"));
  CHECK_THAT(JobFile(kHead + "[refusals]\nkind = refusal\n").error(), Catch::Contains("similarity, refusals"));
}

}  // namespace meridian::analysis
