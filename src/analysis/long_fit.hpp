#pragma once
// One formula fitted to a long table: what `meridian fit` does between reading the table and writing the folder.
#include <string>
#include <vector>

#include "analysis/fit_tables.hpp"
#include "analysis/questions.hpp"
#include "findings/document.hpp"
#include "models/design.hpp"
#include "models/frame.hpp"

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

struct LongFit {
  findings::Section section;  ///< tables as in models/<analysis> of a run folder, notes, figures
  findings::Ledger exclusions;
  bool synthetic = false;
  std::string fit_json;
  std::string summary;  ///< for the terminal, in the order of R's summary()
};

/// Section "model" with what add_fit() shows of a fit, its tables and `sentence`.
findings::Section fit_section(const models::Fit& fit, const std::string& sentence, std::vector<findings::Table> tables);

/// Weights and codings of factors. InputError for a contrast that cannot be read.
models::DesignOptions design_options(const LongFitRequest& request);

/// Mixed model, or least squares when the formula has no random terms; with a family the generalized kind of both.
/// InputError for whatever the formula, the options and the columns do not allow.
LongFit fit_long_table(const models::Frame& frame, const LongFitRequest& request);

}  // namespace meridian::analysis
