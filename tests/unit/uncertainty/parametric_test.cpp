// Drawn class statistics have the moments that data drawn row by row would have.
#include "uncertainty/parametric.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "random/stream.hpp"
#include "uncertainty/table_sample.hpp"

using namespace meridian;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

/// `people` persons of one nation each meet four models of two origins; weights differ by model when asked for.
models::Design small_design(int people, bool weighted) {
  models::Frame frame;
  std::vector<double> y, origin, nation, weight;
  std::vector<std::string> persons, llms;
  random::Stream stream(9, "small", static_cast<std::uint64_t>(people));
  for (int p = 0; p < people; ++p)
    for (int m = 0; m < 4; ++m) {
      y.push_back(stream.normal() + 0.5 * (p % 5) + 0.3 * m);
      origin.push_back(m % 2 ? 0.5 : -0.5);
      nation.push_back(p % 2 ? 0.5 : -0.5);
      weight.push_back(1 + m);
      persons.push_back("p" + std::to_string(p));
      llms.push_back("m" + std::to_string(m));
    }
  frame.add_numeric("y", y);
  frame.add_numeric("origin", origin);
  frame.add_numeric("nation", nation);
  frame.add_numeric("weight", weight);
  frame.add_labels("participant", persons);
  frame.add_labels("llm", llms);
  models::DesignOptions options;
  if (weighted) options.weights = "weight";
  return models::build_design(models::parse_formula("y ~ nation + origin + (1 | llm) + (origin + 1 | participant)"),
                              frame, options);
}

struct Means {
  VectorXd mean, mean_square;
  MatrixXd projected;
  double trace = 0;
};

Means over_draws(const uncertainty::ParametricSampler& sampler, int draws, std::size_t k) {
  Means means;
  for (int d = 0; d < draws; ++d) {
    const auto one = sampler.draw(11, static_cast<std::uint64_t>(d)).classes[k];
    if (d == 0) {
      means.mean = means.mean_square = VectorXd::Zero(one.mean.size());
      means.projected = MatrixXd::Zero(one.projected.rows(), one.projected.cols());
    }
    means.mean += one.mean / draws;
    means.mean_square += one.mean.cwiseAbs2() / draws;
    means.projected += one.projected / draws;
    means.trace += one.trace / draws;
  }
  return means;
}

}  // namespace

TEST_CASE("means, projected scatters and sums of squares have the model's expectations") {
  for (const bool weighted : {false, true})
    for (const int people : {30, 5}) {  // a class of two people: their Wishart matrix has rank 1
      const auto sample = uncertainty::table_sample(small_design(people, weighted), models::Method::reml);
      const auto structure = models::random_structure(sample.design.random);
      const models::Refitter refitter(sample.design, sample.pooled, uncertainty::full_classes(sample, structure),
                                      sample.method);
      const uncertainty::ParametricSampler sampler(uncertainty::fitted_model(sample, refitter));
      constexpr int draws = 20000;
      const std::size_t k = sample.classes[0].members.size() < sample.classes[1].members.size() ? 0 : 1;
      const Means means = over_draws(sampler, draws, k);
      const auto& one = sample.classes[k];
      const double n = static_cast<double>(one.members.size()), s2 = std::pow(refitter.full().sigma, 2);
      std::vector<MatrixXd> templates;
      refitter.structure().fill_templates(refitter.full().theta, templates);
      MatrixXd own, shared;  // sqrt(w) Zp and L of people; variance of models
      for (std::size_t f = 0; f < structure.factors.size(); ++f)
        if (refitter.structure().factors[f].name == "participant")
          own = models::weighted_columns(sample.design, refitter.structure().factors[f], one.block) * templates[f];
        else
          shared = templates[f];
      const VectorXd root = models::root_weights(sample.design, one.block);
      const MatrixXd covariance = s2 * (MatrixXd::Identity(4, 4) + own * own.transpose());
      MatrixXd z;
      for (const auto& factor : refitter.structure().factors)
        if (factor.name == "participant") z = models::weighted_columns(sample.design, factor, one.block);
      const MatrixXd expected = (n - 1) * z.transpose() * covariance * z;
      CHECK((means.projected - expected).norm() < 0.05 * expected.norm());
      CHECK(means.trace == Approx((n - 1) * covariance.trace()).epsilon(0.03));
      const VectorXd fixed = sample.design.x.middleRows(one.block.first_row, 4) * refitter.full().beta;
      for (Index cell = 0; cell < 4; ++cell) {
        const double variance = covariance(cell, cell) / std::pow(root[cell], 2) / n + s2 * std::pow(shared(0, 0), 2);
        CHECK(std::abs(means.mean[cell] - fixed[cell]) < 5 * std::sqrt(variance / draws));
        CHECK(means.mean_square[cell] - std::pow(means.mean[cell], 2) == Approx(variance).epsilon(0.06));
      }
    }
}
