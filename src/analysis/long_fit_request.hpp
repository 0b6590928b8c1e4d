#pragma once
// What may be asked of a fit to a long table, and what would be left unused.
#include <string>
#include <vector>

#include "analysis/questions.hpp"
#include "models/design.hpp"
#include "models/formula.hpp"

namespace meridian::analysis {

struct LongFitRequest {
  std::string formula;
  bool maximum_likelihood = false;  ///< else REML; of no effect without random terms
  bool likelihood_ratio = false;    ///< of single fixed terms of a linear mixed model, by ML
  bool kenward_roger = false;       ///< else Satterthwaite; mixed models by REML only
  std::string weights;              ///< numeric column of prior weights; empty: all 1
  std::string family;               ///< binomial or poisson; empty: normal
  std::string trials;               ///< binomial: column of the numbers of trials; empty: the response is 0 or 1
  int quadrature = 1;               ///< nodes; 1: Laplace
  /// NAME=treatment, NAME=treatment:REFERENCE, NAME=sum or NAME=centred[:REFERENCE].
  std::vector<std::string> contrasts;
  FitQuestions questions;
};

/// InputError for options that do not go together or do not suit the model of the formula.
void check_request(const LongFitRequest& request, const models::Formula& formula);

/// Weights and codings of factors. InputError for a contrast that cannot be read.
models::DesignOptions design_options(const LongFitRequest& request);

}  // namespace meridian::analysis
