#pragma once
// The bootstrap of one fitted analysis: which schemes there are, what they resample, and the study of replicates that
// the resampling engine computes. What each scheme covers: docs/statistics.md, "Resampling".
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "findings/table.hpp"
#include "models/design.hpp"
#include "models/mixed_model.hpp"
#include "resampling/replicate_study.hpp"
#include "resampling/weights.hpp"
#include "uncertainty/iterations.hpp"
#include "uncertainty/model_statistics.hpp"
#include "uncertainty/sample.hpp"

namespace meridian::uncertainty {

enum class Scheme {
  people,      ///< people within their nation; these models
  models,      ///< models within their origin; these people
  two_way,     ///< both (pigeonhole, Owen 2007)
  product,     ///< independent Poisson weights of people and models (Owen & Eckles 2012)
  parametric,  ///< everything drawn from the fitted model
  iterations,  ///< the models' answers within every cell; these people, models and items (iterations.hpp)
  items,       ///< nothing drawn: the removal variants, left out in turn (item_jackknife.hpp)
};
/// "people", "models", "two-way", "product", "parametric", "iterations", "items"; InputError otherwise.
Scheme parse_scheme(const std::string& name);
std::string scheme_name(Scheme scheme);
/// People, models or both: units that can be left out one by one.
bool draws_units(Scheme scheme);

struct BootstrapOptions {
  Scheme scheme = Scheme::people;
  std::uint64_t seed = 1;
  resampling::DrawSize people_draws = resampling::DrawSize::all, model_draws = resampling::DrawSize::all;
  int threads = 1;  ///< replicates of a batch at a time; results do not depend on it
};

/// What is resampled and which statistics are taken of it. Keeps alive whatever the groups read.
struct Subject {
  Sample sample;
  std::unique_ptr<models::Refitter> refitter;
  std::unique_ptr<models::MixedModel> model;  ///< for the model-based limits
  std::vector<NamedFunction> functions;
  std::vector<StatisticGroup> groups;
  std::vector<StatisticGroup> left_out;  ///< scheme items: the groups' statistics without each part
  std::vector<bool>
      slopes;  ///< per coefficient: the model has the slopes by which it varies, so its errors can be used
  std::shared_ptr<const IterationSampler> iterations;            ///< scheme iterations
  std::string remark;                                            ///< for the caption of the estimates; may be empty
  std::vector<std::pair<std::string, std::string>> fingerprint;  ///< inputs and formula
  std::shared_ptr<const void> data;                              ///< what else the groups read
};

/// Values of these groups with everybody's weight 1, by the arithmetic of a replicate.
Eigen::VectorXd full_values(const Subject& subject, const std::vector<StatisticGroup>& groups);

/// Replicates of all statistics, in the order of the groups.
resampling::ReplicateStudy bootstrap_study(std::shared_ptr<const Subject> subject, const BootstrapOptions& options);

/// Leave-one-out values for BCa intervals: people, models, or people and then models, as the scheme resamples them; one
/// more column, "stratum", says to which stratum the unit left out belongs (interval_table.hpp). InputError for schemes
/// without units (parametric, items).
resampling::ReplicateStudy jackknife_study(std::shared_ptr<const Subject> subject, const BootstrapOptions& options);

/// Table `estimates`: quantity, name, estimate, std_error, df, model_low, model_high (95 % limits of the model, where
/// it has them), scale, error (label of the statistic that is its standard error in a replicate; empty where
/// studentized intervals would be wrong).
findings::Table estimates_table(const Subject& subject);

}  // namespace meridian::uncertainty
