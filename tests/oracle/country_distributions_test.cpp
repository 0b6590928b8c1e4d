// The public records of country distributions as Cao et al. 2025 give them: what is read, what is left out, and the
// distance between two countries (golden values of full precision).
#include <catch2/catch.hpp>

#include "alignment/human_answers.hpp"
#include "audit/divergences.hpp"

using namespace meridian::alignment;

namespace {

const std::string folder = "../shared/data/yongcaoplus_SimLLMCultureDist/";

std::int64_t left_out(const meridian::audit::RowFaults& faults, const std::string& rule) {
  meridian::findings::Ledger ledger;
  faults.into(ledger, "people", "records");
  for (const auto& line : ledger.lines())
    if (line.rule == rule) return line.count;
  return 0;
}

}  // namespace

TEST_CASE("records of the World Values Survey are percents, all usable, with the known distances") {
  HumanAnswers humans;
  meridian::audit::RowFaults faults;
  read_distribution_records(folder + "sft_wvs_valid.json", humans, faults);
  CHECK(humans.records.size() == 1586);
  CHECK(humans.percents == 1586);
  CHECK(humans.countries.size() == 46);
  CHECK(humans.questions.size() == 35);
  const auto shares = [&](const char* country, const char* question) {
    return humans.records.at(humans.find(country, question)).shares;
  };
  const auto god = meridian::audit::divergences(shares("United States", "164"), shares("China", "164"));
  CHECK(god.jsd == Approx(0.1654442416).epsilon(1e-9));
  CHECK(god.emd_ord == Approx(3.9143047657).epsilon(1e-9));
  CHECK(god.emd_vec == Approx(0.0264646436).epsilon(1e-8));
  CHECK(meridian::audit::divergences(shares("United States", "196"), shares("China", "196")).tv ==
        Approx(0.2096356188).epsilon(1e-9));
}

TEST_CASE("records of GlobalOpinionQA are fractions; eight have no answers, one sums to 1.072") {
  HumanAnswers humans;
  meridian::audit::RowFaults faults;
  read_distribution_records(folder + "global_pew_test.json", humans, faults);
  CHECK(faults.rows() == 3991);
  CHECK(humans.percents == 0);
  CHECK(humans.off == 1);
  CHECK(left_out(faults, "shares sum to 0") == 8);
}
