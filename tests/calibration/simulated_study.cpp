#include "simulated_study.hpp"

#include <Eigen/Cholesky>
#include <cmath>

#include "models/pooling.hpp"
#include "random/stream.hpp"

namespace calibration {

using namespace meridian;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::Vector2d;

namespace {

constexpr double kPersonSd = 0.12, kPersonSlopeSd = 0.03, kPersonCorrelation = -0.3, kModelSd = 0.04, kResidualSd = 0.1;

/// Correlated intercept and slope.
Vector2d effects(random::Stream& stream, double sd, double slope_sd, double correlation) {
  const double a = stream.normal(), b = stream.normal();
  return {sd * a, slope_sd * (correlation * a + std::sqrt(1 - correlation * correlation) * b)};
}

double code(Index i) { return i == 0 ? 0.5 : -0.5; }

/// All random parts of one data set, drawn in a fixed order.
struct Drawn {
  MatrixXd cosine[2];     ///< per nation: people x models (first origin, then second)
  MatrixXd people_mean;   ///< 2 x 2: mean person effect of the nation on models of the origin
  MatrixXd model_effect;  ///< 2 x models: effect of a model on people of the nation
};

Drawn draw(const Truth& truth, std::uint64_t seed, std::uint64_t index) {
  random::Stream stream(seed, "calibration", index);
  const Index models = 2 * truth.models;
  Drawn drawn;
  drawn.model_effect.resize(2, models);
  for (Index m = 0; m < models; ++m) {
    const Vector2d u = effects(stream, kModelSd, truth.slope_sd, truth.correlation);
    for (Index g = 0; g < 2; ++g) drawn.model_effect(g, m) = u[0] + code(g) * u[1];
  }
  drawn.people_mean = MatrixXd::Zero(2, 2);
  for (Index g = 0; g < 2; ++g) {
    drawn.cosine[g].resize(truth.people, models);
    for (Index i = 0; i < truth.people; ++i) {
      const Vector2d b = effects(stream, kPersonSd, kPersonSlopeSd, kPersonCorrelation);
      for (Index o = 0; o < 2; ++o) drawn.people_mean(g, o) += (b[0] + code(o) * b[1]) / truth.people;
      for (Index m = 0; m < models; ++m) {
        const double origin = code(m / truth.models);
        drawn.cosine[g](i, m) = truth.beta[0] + code(g) * truth.beta[1] + origin * truth.beta[2] +
                                code(g) * origin * truth.beta[3] + drawn.model_effect(g, m) + b[0] + origin * b[1] +
                                kResidualSd * stream.normal();
      }
    }
  }
  return drawn;
}

/// The balanced design's estimates are contrasts of the four cell means [nation][origin].
Eigen::Vector4d coefficients(const MatrixXd& cells) {
  return {cells.mean(), (cells.row(0) - cells.row(1)).mean(), (cells.col(0) - cells.col(1)).mean(),
          cells(0, 0) - cells(0, 1) - cells(1, 0) + cells(1, 1)};
}

models::Design design_of(const Truth& truth) {
  models::Frame frame;
  std::vector<double> nation, origin;
  std::vector<std::string> llm;
  std::vector<std::int32_t> person;
  for (Index g = 0; g < 2; ++g)
    for (Index m = 0; m < 2 * truth.models; ++m) {
      nation.push_back(code(g));
      origin.push_back(code(m / truth.models));
      llm.push_back("m" + std::to_string(m));
      person.push_back(static_cast<std::int32_t>(g));
    }
  frame.add_numeric("nation", nation);
  frame.add_numeric("origin", origin);
  frame.add_labels("llm", llm);
  frame.add_factor("participant", person, {"0", "1"});
  models::DesignOptions options;
  options.response_required = false;
  return models::build_design(
      models::parse_formula("cosine ~ nation*origin + (nation + 1 | llm) + (origin + 1 | participant)"), frame,
      options);
}

/// People in two classes, one per nation; models as columns within their origin.
uncertainty::Sample sample_of(const Truth& truth, const Drawn& drawn) {
  uncertainty::Sample sample;
  sample.design = design_of(truth);
  sample.pooled = "participant";
  sample.column_factor = "llm";
  const Index models = 2 * truth.models;
  std::vector<std::int32_t> nation, origin;
  for (Index g = 0; g < 2; ++g) {
    uncertainty::SampleClass one{
        {g * models, models}, drawn.cosine[g].colwise().mean().transpose(), drawn.cosine[g], {}};
    one.deviations.rowwise() -= one.mean.transpose();
    for (Index i = 0; i < truth.people; ++i) {
      one.members.push_back(static_cast<std::uint32_t>(g * truth.people + i));
      nation.push_back(static_cast<std::int32_t>(g));
    }
    for (Index m = 0; m < models; ++m) sample.column_of_row.push_back(static_cast<std::int32_t>(m));
    sample.classes.push_back(std::move(one));
  }
  for (Index m = 0; m < models; ++m) origin.push_back(static_cast<std::int32_t>(m / truth.models));
  sample.people = resampling::strata_of(nation);
  sample.columns = resampling::strata_of(origin);
  return sample;
}

}  // namespace

Study simulate(const Truth& truth, std::uint64_t seed, std::uint64_t index) {
  const Drawn drawn = draw(truth, seed, index);
  Study study;
  study.subject = std::make_shared<uncertainty::Subject>();
  uncertainty::Subject& subject = *study.subject;
  subject.sample = sample_of(truth, drawn);
  const auto structure = models::random_structure(subject.sample.design.random);
  const auto classes = uncertainty::full_classes(subject.sample, structure);
  subject.model =
      std::make_unique<models::MixedModel>(subject.sample.design, "participant", classes, models::FitOptions{});
  subject.refitter = std::make_unique<models::Refitter>(subject.sample.design, "participant", classes,
                                                        models::Method::reml, subject.model->fit().theta);
  subject.slopes.assign(4, true);
  subject.groups = {uncertainty::model_statistics(subject.sample, *subject.refitter, subject.functions)};
  MatrixXd models_mean(2, 2);
  for (Index g = 0; g < 2; ++g)
    for (Index o = 0; o < 2; ++o)
      models_mean(g, o) = drawn.model_effect.row(g).segment(o * truth.models, truth.models).mean();
  study.beta = truth.beta;
  study.these_models = truth.beta + coefficients(models_mean);
  study.these_people = truth.beta + coefficients(drawn.people_mean);
  const Eigen::RowVectorXd first = drawn.cosine[0].colwise().mean(), second = drawn.cosine[1].colwise().mean();
  study.contrasts.resize(2 * truth.models, 2);
  study.contrasts.col(0) = (first + second).transpose() / 2;
  study.contrasts.col(1) = (first - second).transpose();
  study.of_these_people = study.contrasts;
  for (Index m = 0; m < 2 * truth.models; ++m) {
    const Eigen::VectorXd preferred = drawn.people_mean.col(m / truth.models);
    study.of_these_people(m, 0) -= preferred.mean();
    study.of_these_people(m, 1) -= preferred[0] - preferred[1];
  }
  for (Index m = 0; m < 2 * truth.models; ++m) study.first_origin.push_back(m < truth.models ? 1 : 0);
  return study;
}

}  // namespace calibration
