#pragma once
// Does a model give the same answer however it is asked? Agreement ratios (Yuan et al. 2024), Fleiss' kappa over
// templates, and how often the action listed first is taken.
#include <Eigen/Core>
#include <vector>

#include "dilemmas/choices.hpp"
#include "dilemmas/scope.hpp"

namespace meridian::dilemmas {

enum class InvalidRule {
  disagrees,  ///< a dilemma with an invalid answer does not agree
  excluded    ///< ... is not counted
};

struct Agreement {
  std::size_t model = 0, scope = 0;
  std::size_t templates = 0;  ///< the first so many
  InvalidRule rule = InvalidRule::disagrees;
  std::int64_t agreeing = 0, dilemmas = 0;  ///< of the dilemmas asked under all these templates
  double ratio = 0, low = 0, high = 0;      ///< Wilson; NaN without dilemmas
};

/// For the first two templates and for all, by both rules, by model and scope. Nothing for a single template.
std::vector<Agreement> agreements(const Choices& choices, const Corpus& corpus, double confidence);

/// Statistics that are resampled over dilemmas, of one model and scope.
struct TemplateStatistics {
  double kappa = 0;         ///< Fleiss (1971, Psychol. Bull. 76) over the dilemmas whose answers are all valid
  double first_listed = 0;  ///< share of valid answers that take the action listed first
  double adherence = 0;     ///< share of valid answers to a requested value that follow it
  double kappa_dilemmas = 0, first_listed_answers = 0, adherence_answers = 0;  ///< weighted counts behind them
};

class TemplateAnswers {
 public:
  TemplateAnswers(const Choices& choices, const Corpus& corpus);
  /// models x scopes, scope by scope within a model; `weights`: one per dilemma.
  std::vector<TemplateStatistics> statistics(const std::vector<double>& weights) const;
  /// kappa, first_listed and adherence of all of them, in that order: for the bootstrap.
  Eigen::VectorXd resampled(const std::vector<double>& weights) const;

 private:
  struct Cell {
    int valid = 0, first = 0, first_listed = 0, guided = 0, followed = 0;
  };
  TemplateStatistics of(std::size_t model, std::size_t scope, const std::vector<double>& weights) const;
  Corpus corpus_;
  std::size_t models_ = 0;
  int templates_ = 0;
  std::vector<Cell> cells_;  // models x dilemmas
};

}  // namespace meridian::dilemmas
