#include "inference/intervals.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "tables/csv.hpp"

using namespace meridian;
using inference::Interval;
using inference::Scale;

namespace {

/// Origin: tests/oracle/make_boot_reference.R.
const std::string kFolder = "tests/oracle/data/boot/";

std::vector<double> column_of(const std::string& file, const std::string& name) {
  tables::CsvReader reader(kFolder + file);
  const auto& header = reader.header();
  const auto column = static_cast<std::size_t>(std::find(header.begin(), header.end(), name) - header.begin());
  std::vector<double> values;
  while (reader.next()) {
    double value = std::nan("");
    REQUIRE(tables::parse_number(std::string(reader.text(column)), value));
    values.push_back(value);
  }
  return values;
}

std::map<std::string, Interval> reference() {
  tables::CsvReader reader(kFolder + "intervals.csv");
  const auto low = column_of("intervals.csv", "low"), high = column_of("intervals.csv", "high");
  std::map<std::string, Interval> intervals;
  for (std::size_t row = 0; reader.next(); ++row) intervals[std::string(reader.text(0))] = {low[row], high[row]};
  return intervals;
}

void check_same(const Interval& ours, const Interval& theirs) {
  CHECK(ours.low == Approx(theirs.low).epsilon(1e-10));
  CHECK(ours.high == Approx(theirs.high).epsilon(1e-10));
}

}  // namespace

TEST_CASE("intervals are those of R's boot.ci on the same replicates") {
  const auto expected = reference();
  const auto replicates = column_of("replicates.csv", "replicate"), errors = column_of("replicates.csv", "error");
  REQUIRE(replicates.size() == 999);
  std::vector<double> sorted = replicates;
  std::sort(sorted.begin(), sorted.end());
  const double estimate = expected.at("estimate").low, error = expected.at("estimate").high;
  check_same(inference::percentile_interval(sorted, 0.95), expected.at("percentile"));
  check_same(inference::basic_interval(estimate, sorted, Scale::plain, 0.95), expected.at("basic"));
  check_same(inference::basic_interval(estimate, sorted, Scale::log, 0.95), expected.at("basic log"));
  check_same(inference::studentized_interval(estimate, error, replicates, errors, Scale::plain, 0.95),
             expected.at("studentized"));
  const auto stratum = column_of("jackknife.csv", "stratum"), value = column_of("jackknife.csv", "jackknife");
  inference::JackknifeStrata strata(2);
  for (std::size_t i = 0; i < value.size(); ++i) strata[stratum[i] == 1 ? 0 : 1].push_back(value[i]);
  check_same(inference::bca_interval(estimate, sorted, inference::acceleration(strata), 0.95), expected.at("bca"));
}

TEST_CASE("quantiles of replicates stand at whole ranks where (n + 1) alpha is whole") {
  std::vector<double> sorted(999);
  for (std::size_t i = 0; i < sorted.size(); ++i) sorted[i] = static_cast<double>(i + 1);
  CHECK(inference::replicate_quantile(sorted, 0.025) == 25);
  CHECK(inference::replicate_quantile(sorted, 0.975) == 975);
  CHECK(inference::replicate_quantile(sorted, 0.0001) == 1);
  CHECK(inference::replicate_quantile(sorted, 0.9999) == 999);
  CHECK(std::isnan(inference::replicate_quantile({}, 0.5)));
}

TEST_CASE("intervals on a scale keep inside it") {
  const std::vector<double> correlations = {0.7, 0.8, 0.9, 0.95, 0.97, 0.98, 0.99};
  const Interval plain = inference::basic_interval(0.9, correlations, Scale::plain, 0.5);
  const Interval turned = inference::basic_interval(0.9, correlations, Scale::fisher_z, 0.5);
  CHECK(turned.high < 1);
  CHECK(plain.low != Approx(turned.low));
  CHECK(inference::basic_interval(2, {1, 1, 2, 4, 4}, Scale::log, 0.2).low > 0);
}

TEST_CASE("no interval where there can be none") {
  CHECK(std::isnan(inference::bca_interval(0, {1, 2, 3}, 0, 0.95).low));
  CHECK(std::isnan(inference::bca_interval(9, {1, 2, 3}, 0, 0.95).high));
  CHECK(inference::acceleration({{1, 1, 1}}) == 0);
  CHECK(std::isnan(inference::studentized_interval(1, 1, {1, 2}, {0, std::nan("")}, Scale::plain, 0.95).low));
}

TEST_CASE("leaving one value out of a mean gives back Student's interval") {
  // 4, 8, 6, 5, 7: mean 6, variance 2.5; t(4) at .975 is 2.776445
  const inference::JackknifeSummary mean = inference::jackknife_summary(6, {6.5, 5.5, 6, 6.25, 5.75}, 0.95);
  CHECK(mean.bias == Approx(0).margin(1e-14));
  CHECK(mean.std_error == Approx(std::sqrt(2.5 / 5)));
  CHECK(mean.limits.low == Approx(6 - 2.776445 * std::sqrt(0.5)));
  CHECK(std::isnan(inference::jackknife_summary(6, {6}, 0.95).std_error));
}

TEST_CASE("the jackknife takes the bias off the variance with divisor n") {
  // values 1, 2, 6: divisor-n variance 14/3; without each: 4, 25/4, 1/4. Corrected it is the unbiased 7.
  const inference::JackknifeSummary variance = inference::jackknife_summary(14.0 / 3, {4, 6.25, 0.25}, 0.95);
  CHECK(14.0 / 3 - variance.bias == Approx(7));
}
