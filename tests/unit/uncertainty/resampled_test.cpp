// Replicates from sufficient statistics against the slow, obvious way: the resampled long table written out with
// relabelled copies and fitted like any other table.
#include "uncertainty/resampled.hpp"

#include <catch2/catch.hpp>

#include "models/mixed_model.hpp"
#include "models/refit.hpp"
#include "random/stream.hpp"
#include "resampling/weights.hpp"
#include "uncertainty/table_sample.hpp"

using namespace meridian;
using Eigen::Index;
using Eigen::VectorXd;

namespace {

constexpr int kPeople = 40, kModels = 9;

struct Row {
  int person, model, variant;
  double y;
};

double nation_of(int person) { return person % 3 == 0 ? 0.5 : -0.5; }
double origin_of(int model) { return model % 2 == 0 ? 0.5 : -0.5; }

/// Crossed people and models with slopes on both sides, two variants; a few people lack the second variant.
std::vector<Row> rows_of(std::uint64_t seed) {
  random::Stream stream(seed, "test rows", 0);
  std::vector<double> level(kPeople), slope(kPeople), model(kModels), model_slope(kModels);
  for (auto* effects : {&level, &slope, &model, &model_slope})
    for (double& effect : *effects) effect = 0.3 * stream.normal();
  std::vector<Row> rows;
  for (int p = 0; p < kPeople; ++p)
    for (int v = 0; v < (p % 7 == 0 ? 1 : 2); ++v)
      for (int m = 0; m < kModels; ++m)
        rows.push_back({p, m, v,
                        1 + 0.4 * nation_of(p) + 0.1 * v + level[p] + slope[p] * origin_of(m) + model[m] +
                            model_slope[m] * nation_of(p) + 0.5 * stream.normal()});
  return rows;
}

models::Design design_of(const std::vector<Row>& rows, const std::vector<std::string>& people,
                         const std::vector<std::string>& llms, const std::string& formula) {
  models::Frame frame;
  std::vector<double> y, nation, origin;
  std::vector<std::string> removed;
  for (const Row& row : rows) {
    y.push_back(row.y);
    nation.push_back(nation_of(row.person));
    origin.push_back(origin_of(row.model));
    removed.push_back(row.variant ? "yes" : "no");
  }
  frame.add_numeric("y", y);
  frame.add_numeric("nation", nation);
  frame.add_numeric("origin", origin);
  frame.add_labels("removed", removed);
  frame.add_labels("participant", people);
  frame.add_labels("llm", llms);
  return models::build_design(models::parse_formula(formula), frame);
}

models::Design design_of(const std::vector<Row>& rows, const std::string& formula) {
  std::vector<std::string> people, llms;
  for (const Row& row : rows) {
    people.push_back("p" + std::to_string(100 + row.person));
    llms.push_back("m" + std::to_string(row.model));
  }
  return design_of(rows, people, llms, formula);
}

/// Every row as often as its person and its model were drawn, each copy under a name of its own.
models::Design materialised(const std::vector<Row>& rows, const std::vector<double>& people,
                            const std::vector<double>& columns, const std::string& formula) {
  std::vector<Row> copies;
  std::vector<std::string> person_names, model_names;
  for (const Row& row : rows)
    for (int p = 0; p < people[static_cast<std::size_t>(row.person)]; ++p)
      for (int m = 0; m < columns[static_cast<std::size_t>(row.model)]; ++m) {
        copies.push_back(row);
        person_names.push_back(std::to_string(row.person) + "." + std::to_string(p));
        model_names.push_back(std::to_string(row.model) + "." + std::to_string(m));
      }
  return design_of(copies, person_names, model_names, formula);
}

void check_same(const models::Fit& fast, const models::Fit& slow) {
  REQUIRE(slow.converged);
  CHECK(fast.converged);
  CHECK(fast.criterion == Approx(slow.criterion).epsilon(1e-9));
  CHECK(fast.sigma == Approx(slow.sigma).epsilon(1e-8));
  for (Index i = 0; i < slow.beta.size(); ++i) {
    CHECK(fast.beta[i] == Approx(slow.beta[i]).epsilon(1e-8).margin(1e-9));
    CHECK(fast.vcov(i, i) == Approx(slow.vcov(i, i)).epsilon(1e-7));
  }
  REQUIRE(fast.variance_components.size() == slow.variance_components.size());
  for (std::size_t i = 0; i < slow.variance_components.size(); ++i) {
    CHECK(fast.variance_components[i].group == slow.variance_components[i].group);
    CHECK(fast.variance_components[i].variance ==
          Approx(slow.variance_components[i].variance).epsilon(1e-6).margin(1e-9));
  }
}

const char* const kFormulas[] = {"y ~ nation*origin + (nation + 1 | llm) + (origin + 1 | participant)",
                                 "y ~ nation*removed + (1 | llm) + (1 | llm:removed) + (1 | participant)"};

}  // namespace

TEST_CASE("people resampled by their weights give the fit of the resampled long table") {
  const std::vector<Row> rows = rows_of(1);
  for (const char* formula : kFormulas) {
    const auto sample = uncertainty::table_sample(design_of(rows, formula), models::Method::reml, "llm");
    const auto structure = models::random_structure(sample.design.random);
    const models::Refitter refitter(sample.design, sample.pooled, uncertainty::full_classes(sample, structure),
                                    sample.method);
    const uncertainty::PeopleResampler resampler(sample, refitter.structure());
    const auto weights = resampling::weight_rows(0, 5, kPeople, [&](std::size_t replicate) {
      return resampling::multinomial_weights(sample.people, resampling::DrawSize::all, 3, "people", replicate);
    });
    const auto replicates = resampler.resample(weights);
    for (Index r = 0; r < 5; ++r) {
      const VectorXd own = weights.row(r).transpose();
      const auto& fast = replicates[static_cast<std::size_t>(r)];
      const auto slow =
          models::fit_mixed(materialised(rows, {own.begin(), own.end()}, std::vector<double>(kModels, 1.0), formula));
      check_same(refitter.refit(fast.design, fast.classes), slow);
    }
  }
}

TEST_CASE("models and people resampled give the fit of the long table with relabelled copies") {
  const std::vector<Row> rows = rows_of(2);
  for (const char* formula : kFormulas) {
    const auto sample = uncertainty::table_sample(design_of(rows, formula), models::Method::reml, "llm");
    const auto structure = models::random_structure(sample.design.random);
    const models::Refitter refitter(sample.design, sample.pooled, uncertainty::full_classes(sample, structure),
                                    sample.method);
    const uncertainty::TwoWayResampler resampler(sample, refitter.structure());
    for (std::uint64_t replicate = 0; replicate < 5; ++replicate) {
      const auto people = replicate == 0 ? std::vector<double>(kPeople, 1.0)
                                         : resampling::multinomial_weights(sample.people, resampling::DrawSize::all, 3,
                                                                           "people", replicate);
      const auto columns =
          resampling::multinomial_weights(sample.columns, resampling::DrawSize::one_less, 3, "models", replicate);
      const auto fast = resampler.resample(Eigen::Map<const VectorXd>(people.data(), kPeople),
                                           Eigen::Map<const VectorXd>(columns.data(), kModels));
      check_same(refitter.refit(fast.design, fast.classes),
                 models::fit_mixed(materialised(rows, people, columns, formula)));
    }
  }
}

TEST_CASE("everybody once is the full sample, by either way") {
  const std::vector<Row> rows = rows_of(4);
  const auto design = design_of(rows, kFormulas[0]);
  const auto sample = uncertainty::table_sample(design, models::Method::ml, "llm");
  const auto structure = models::random_structure(sample.design.random);
  const models::Refitter refitter(sample.design, sample.pooled, uncertainty::full_classes(sample, structure),
                                  sample.method);
  models::FitOptions options;
  options.method = models::Method::ml;
  const models::Fit slow = models::fit_mixed(design, options);
  check_same(refitter.full(), slow);
  const uncertainty::PeopleResampler people(sample, refitter.structure());
  const auto all = people.resample(Eigen::MatrixXd::Ones(1, kPeople));
  check_same(refitter.refit(all.front().design, all.front().classes), slow);
  const uncertainty::TwoWayResampler both(sample, refitter.structure());
  const auto twice = both.resample(VectorXd::Ones(kPeople), VectorXd::Ones(kModels));
  check_same(refitter.refit(twice.design, twice.classes), slow);
}

TEST_CASE("a refit leaves a boundary on which the full sample lies") {
  // Full sample: people without variance of their own. The replicate's data have it.
  std::vector<Row> flat = rows_of(5), rough = flat;
  random::Stream stream(6, "people", 0);
  std::vector<double> level(kPeople);
  for (double& value : level) value = stream.normal();
  for (std::size_t i = 0; i < flat.size(); ++i) {
    flat[i].y = 1 + 0.5 * stream.normal();
    rough[i].y = flat[i].y + level[static_cast<std::size_t>(flat[i].person)];
  }
  const char* formula = "y ~ nation + (1 | participant)";
  const auto sample = uncertainty::table_sample(design_of(flat, formula), models::Method::reml);
  const auto structure = models::random_structure(sample.design.random);
  const models::Refitter refitter(sample.design, sample.pooled, uncertainty::full_classes(sample, structure),
                                  sample.method);
  const auto other = uncertainty::table_sample(design_of(rough, formula), models::Method::reml);
  check_same(refitter.refit(other.design, uncertainty::full_classes(other, structure)),
             models::fit_mixed(design_of(rough, formula)));
}
