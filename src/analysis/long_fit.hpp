#pragma once
// One formula fitted to a long table: what `meridian fit` does between reading the table and writing the folder.
#include <string>

#include "analysis/long_fit_request.hpp"
#include "findings/document.hpp"
#include "models/frame.hpp"

namespace meridian::analysis {

struct LongFit {
  findings::Section section;  ///< tables as in models/<analysis> of a run folder, notes, figures
  findings::Ledger exclusions;
  bool synthetic = false;
  std::string fit_json;
  std::string summary;  ///< for the terminal, in the order of R's summary()
};

/// Mixed model, or least squares when the formula has no random terms; with a family the generalized kind of both.
/// InputError for whatever the formula, the options and the columns do not allow.
LongFit fit_long_table(const models::Frame& frame, const LongFitRequest& request);

}  // namespace meridian::analysis
