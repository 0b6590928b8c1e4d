// Parametric replicates have the distribution of lme4's bootMer (stored quantiles:
// tests/oracle/make_bootmer_reference.R).
#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "support/stored_tables.hpp"
#include "uncertainty/parametric.hpp"
#include "uncertainty/table_sample.hpp"

using namespace meridian;

namespace {

models::Design sleepstudy() {
  return models::build_design(models::parse_formula("Reaction ~ Days + (Days | Subject)"),
                              tests::read_frame("tests/oracle/data/public/sleepstudy.csv", {"Subject"}));
}

std::map<std::string, std::vector<double>> our_replicates(std::uint64_t replicates) {
  const auto sample = uncertainty::table_sample(sleepstudy(), models::Method::reml);
  const auto structure = models::random_structure(sample.design.random);
  const models::Refitter refitter(sample.design, sample.pooled, uncertainty::full_classes(sample, structure),
                                  sample.method);
  const uncertainty::ParametricSampler sampler(uncertainty::fitted_model(sample, refitter));
  std::map<std::string, std::vector<double>> values;
  for (std::uint64_t r = 0; r < replicates; ++r) {
    const auto drawn = sampler.draw(5, r);
    const models::Fit fit = refitter.refit(drawn.design, drawn.classes);
    for (std::size_t i = 0; i < sample.design.names.size(); ++i)
      values["fixed effect: " + sample.design.names[i]].push_back(fit.beta[static_cast<Eigen::Index>(i)]);
    for (const auto& c : fit.variance_components)
      if (c.term2.empty())
        values["variance: " + c.group + (c.term1.empty() ? "" : " " + c.term1)].push_back(c.variance);
  }
  return values;
}

}  // namespace

TEST_CASE("parametric replicates are distributed as bootMer's") {
  constexpr double ours = 4000, theirs = 2000;
  const double bound = 1.95 * std::sqrt(1 / ours + 1 / theirs);  // Kolmogorov and Smirnov's, at one in a thousand
  const auto values = our_replicates(4000);
  tables::CsvReader reader("tests/oracle/data/boot/bootmer.csv");
  int compared = 0;
  while (reader.next()) {
    double probability = 0, quantile = 0;
    REQUIRE(tables::parse_number(std::string(reader.text(1)), probability));
    REQUIRE(tables::parse_number(std::string(reader.text(2)), quantile));
    const auto& own = values.at(std::string(reader.text(0)));
    double below = 0;
    for (const double value : own) below += (value <= quantile ? 1 : 0) / ours;
    INFO(reader.text(0) << " at " << probability);
    CHECK(std::abs(below - probability) < bound);
    ++compared;
  }
  CHECK(compared == 95);
}
