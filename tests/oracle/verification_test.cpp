// A run folder made of the reference's full-precision numbers (../shared/oracle/mfq2) against the shipped printed
// tables: verification must find exactly the 39 known differences among the 1449 printed numbers of the MFQ-2, and each
// one that we spoil.
#include <catch2/catch.hpp>
#include <cmath>

#include "support/oracle_run.hpp"
#include "support/scratch_folder.hpp"
#include "verification/comparison.hpp"

using namespace meridian::verification;
using meridian::tests::bytes_of;
using meridian::tests::ScratchFolder;

namespace {

const std::filesystem::path published = "data/published";

Comparison verify(const std::filesystem::path& run, const std::filesystem::path& printed = published) {
  return compare(read_published(printed, Terms(published / "terms.csv")), runs_to_verify(run),
                 KnownDifferences(published / "known_differences.csv"));
}

std::string last_line(const std::string& text) {
  const auto end = text.find_last_not_of('\n');
  return text.substr(text.rfind('\n', end) + 1, end - text.rfind('\n', end));
}

void replace_in(const std::filesystem::path& file, const std::string& from, const std::string& to) {
  std::string text = bytes_of(file);
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  std::ofstream(file, std::ios::binary) << text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("the reference numbers match every printed number but the known differences", "[shared]") {
  const ScratchFolder run;
  meridian::tests::write_oracle_run(run.path());
  const Comparison comparison = verify(run.path());
  const std::string text = to_text(comparison);
  CAPTURE(text);
  CHECK(verified(comparison));
  CHECK(last_line(text) == "matched 1410 of 1449 printed numbers, 39 known differences");
  CHECK(text.find("MFQ2 RQ1 mixed_fixed: 12 of 20, 8 known differences\n") != std::string::npos);
  CHECK(text.find("MFQ2 RQ1 welch_t: 40 of 40\n") != std::string::npos);
}

TEST_CASE("the tables as the study's result pages give them verify as well as the shipped copy", "[shared]") {
  const ScratchFolder run;
  meridian::tests::write_oracle_run(run.path());
  const Comparison comparison = verify(run.path(), "../shared/oracle/published");
  CHECK(comparison.printed == 1449);
  CHECK(verified(comparison));
}

TEST_CASE("a run of one analysis is judged on that analysis alone", "[shared]") {
  const ScratchFolder run;
  meridian::tests::write_oracle_run(run.path(), {"RQ1"});
  const Comparison comparison = verify(run.path());
  CHECK(comparison.printed == 203);
  CHECK(comparison.known == 11);
  CHECK(verified(comparison));
}

TEST_CASE("a spoilt, a missing and a wrongly excused number are each found", "[shared]") {
  const ScratchFolder run;
  meridian::tests::write_oracle_run(run.path(), {"RQ1"});
  SECTION("a changed last printed digit") {
    replace_in(run.path() / "tables/rq1/welch_t.csv", "-15.16616", "-15.16618");
    const Comparison comparison = verify(run.path());
    REQUIRE(comparison.mismatches.size() == 1);
    CHECK(comparison.mismatches[0].cell.key == "Baichuan2-13B-Chat");
    CHECK(comparison.mismatches[0].cell.quantity == "t");
    CHECK(std::abs(last_digit_difference(comparison.mismatches[0].cell.printed, comparison.mismatches[0].ours.value)) >
          0.5);
  }
  SECTION("a table that was not computed") {
    std::filesystem::remove(run.path() / "models/rq1/variance_components.csv");
    const Comparison comparison = verify(run.path());
    CHECK(comparison.mismatches.size() == 12);
    CHECK(comparison.printed == 203);
    CHECK(to_text(comparison).find("not computed (models/rq1/variance_components.csv is not there)") !=
          std::string::npos);
  }
  SECTION("a known difference whose number is not the known one") {
    replace_in(run.path() / "models/rq1/coefficients.csv", "0.014996865986701429", "0.014997865986701429");
    const Comparison comparison = verify(run.path());
    REQUIRE(comparison.mismatches.size() == 1);
    CHECK_FALSE(comparison.mismatches[0].remark.empty());
  }
}
